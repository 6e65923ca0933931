import { useExpectedVersion, type VersionedEdit } from '../../apollo/use-expected-version.ts';
import { useSubmit } from '../../apollo/use-submit.ts';
import { graphql } from '../../gql/index.ts';
import type { MemberPartsFragment, UpdateUserInput } from '../../gql/graphql.ts';

const UpdateMemberDocument = graphql(/* GraphQL */ `
  mutation UpdateMember($input: UpdateUserInput!) {
    updateUser(input: $input) {
      __typename
      ... on UpdateUserSuccess {
        user {
          ...MemberParts
        }
      }
      ... on VersionConflictError {
        currentVersion
      }
      ...MutationErrorParts
    }
  }
`);

/** What a form changes of a member. */
export type MemberChange = Omit<UpdateUserInput, 'userId' | 'expectedVersion'>;

/** A change of a member that notices when somebody else was quicker. */
export interface MemberEdit extends VersionedEdit {
  readonly save: (change: MemberChange) => Promise<boolean>;
}

/** A change of the member as they were when the form was opened. */
export function useMemberEdit({ id, version }: Pick<MemberPartsFragment, 'id' | 'version'>): MemberEdit {
  const { submit, busy, ...last } = useSubmit(UpdateMemberDocument, 'updateUser');
  const { next, conflict, error } = useExpectedVersion(version, last.error);
  const save: MemberEdit['save'] = async (change) =>
    (await submit({ input: { ...change, userId: id, expectedVersion: next() } })) !== undefined;
  return { save, busy, conflict, error };
}
