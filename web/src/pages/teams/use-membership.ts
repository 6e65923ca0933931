import { notifications } from '@mantine/notifications';
import { useSubmit } from '../../apollo/use-submit.ts';
import { graphql } from '../../gql/index.ts';
import type { MutationErrorPartsFragment } from '../../gql/graphql.ts';
import { notifyUndoable } from '../../parts/notify.tsx';

const AddMembersDocument = graphql(/* GraphQL */ `
  mutation AddMembers($input: AddTeamMembersInput!) {
    addTeamMembers(input: $input) {
      __typename
      ... on AddTeamMembersSuccess {
        team {
          ...TeamParts
        }
      }
      ...MutationErrorParts
    }
  }
`);

const RemoveMembersDocument = graphql(/* GraphQL */ `
  mutation RemoveMembers($input: RemoveTeamMembersInput!) {
    removeTeamMembers(input: $input) {
      __typename
      ... on RemoveTeamMembersSuccess {
        team {
          ...TeamParts
        }
      }
      ...MutationErrorParts
    }
  }
`);

/** The ways into and out of a team. */
export interface Membership {
  readonly add: (userIds: readonly string[]) => Promise<boolean>;
  /** Takes one out, and offers to take that back. */
  readonly remove: (user: { readonly id: string; readonly displayName: string }) => Promise<void>;
  readonly busy: boolean;
  readonly error: MutationErrorPartsFragment | undefined;
}

/** The ways into and out of this team; `onChanged` reads the list anew. */
export function useMembership(teamId: string, onChanged: () => unknown): Membership {
  const addition = useSubmit(AddMembersDocument, 'addTeamMembers');
  const removal = useSubmit(RemoveMembersDocument, 'removeTeamMembers');
  const add = async (userIds: readonly string[]) => {
    const isDone = (await addition.submit({ input: { teamId, userIds: [...userIds] } })) !== undefined;
    await onChanged();
    return isDone;
  };
  const remove: Membership['remove'] = async ({ id, displayName }) => {
    const done = await removal.submit({ input: { teamId, userIds: [id] } });
    await onChanged();
    if (done === undefined) return;
    const notice = notifyUndoable(`${displayName} is no longer in this team.`, () => {
      notifications.hide(notice);
      void add([id]);
    });
  };
  return { add, remove, busy: addition.busy, error: addition.error };
}
