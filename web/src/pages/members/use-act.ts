import { useSubmit } from '../../apollo/use-submit.ts';
import { graphql } from '../../gql/index.ts';
import type { MutationErrorPartsFragment } from '../../gql/graphql.ts';
import type { ActName } from './acts.ts';

const DeactivateDocument = graphql(/* GraphQL */ `
  mutation DeactivateMember($userId: ID!) {
    deactivateUser(input: { userId: $userId }) {
      __typename
      ... on DeactivateUserSuccess {
        user {
          ...MemberParts
        }
      }
      ...MutationErrorParts
    }
  }
`);

const ReactivateDocument = graphql(/* GraphQL */ `
  mutation ReactivateMember($userId: ID!) {
    reactivateUser(input: { userId: $userId }) {
      __typename
      ... on ReactivateUserSuccess {
        user {
          ...MemberParts
        }
      }
      ...MutationErrorParts
    }
  }
`);

const DeleteDocument = graphql(/* GraphQL */ `
  mutation DeleteMember($userId: ID!) {
    deleteUser(input: { userId: $userId }) {
      __typename
      ... on DeleteUserSuccess {
        deletedUserId
      }
      ...MutationErrorParts
    }
  }
`);

const UnlinkDocument = graphql(/* GraphQL */ `
  mutation UnlinkMember($userId: ID!) {
    unlinkUser(input: { userId: $userId }) {
      __typename
      ... on UnlinkUserSuccess {
        user {
          ...MemberParts
        }
      }
      ...MutationErrorParts
    }
  }
`);

interface ActRun {
  readonly run: (act: ActName) => Promise<boolean>;
  readonly busy: boolean;
  readonly error: MutationErrorPartsFragment | undefined;
}

/** Does one of the acts to a member, and says whether it was done. */
export function useAct(userId: string): ActRun {
  const acts = {
    deactivate: useSubmit(DeactivateDocument, 'deactivateUser'),
    reactivate: useSubmit(ReactivateDocument, 'reactivateUser'),
    delete: useSubmit(DeleteDocument, 'deleteUser'),
    unlink: useSubmit(UnlinkDocument, 'unlinkUser'),
  };
  const all = Object.values(acts);
  return {
    run: async (act) => (await acts[act].submit({ userId })) !== undefined,
    busy: all.some(({ busy }) => busy),
    error: all.find(({ error }) => error !== undefined)?.error,
  };
}
