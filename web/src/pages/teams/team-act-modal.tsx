import { List, Stack } from '@mantine/core';
import { useNavigate } from 'react-router';
import { useSubmit } from '../../apollo/use-submit.ts';
import { graphql } from '../../gql/index.ts';
import type { TeamPartsFragment } from '../../gql/graphql.ts';
import { ConfirmModal } from '../../parts/confirm-modal.tsx';
import { MutationErrorAlert } from '../../parts/mutation-error.tsx';
import { notifyDone } from '../../parts/notify.tsx';

const DeleteTeamDocument = graphql(/* GraphQL */ `
  mutation DeleteTeam($teamId: ID!) {
    deleteTeam(input: { teamId: $teamId }) {
      __typename
      ... on DeleteTeamSuccess {
        deletedTeamId
      }
      ...MutationErrorParts
    }
  }
`);

const UnlinkTeamDocument = graphql(/* GraphQL */ `
  mutation UnlinkTeam($teamId: ID!) {
    unlinkTeam(input: { teamId: $teamId }) {
      __typename
      ... on UnlinkTeamSuccess {
        team {
          ...TeamParts
        }
      }
      ...MutationErrorParts
    }
  }
`);

interface TeamActModalProps {
  readonly act: 'delete' | 'unlink';
  readonly team: TeamPartsFragment;
  readonly onClose: () => void;
}

/** Asks before a team is deleted or unlinked, saying what it means, and does it. */
export function TeamActModal({ act, team, onClose }: TeamActModalProps) {
  const deletion = useSubmit(DeleteTeamDocument, 'deleteTeam');
  const unlink = useSubmit(UnlinkTeamDocument, 'unlinkTeam');
  const navigate = useNavigate();
  const isDelete = act === 'delete';
  const { submit, busy, error } = isDelete ? deletion : unlink;
  const go = async () => {
    if ((await submit({ teamId: team.id })) === undefined) return;
    notifyDone(isDelete ? `The team ${team.name} is deleted.` : `This workspace manages ${team.name} from now on.`);
    onClose();
    if (isDelete) await navigate('/teams', { replace: true });
  };
  return (
    <ConfirmModal
      opened
      title={isDelete ? `Delete ${team.name} for good?` : `Unlink ${team.name} from the directory?`}
      confirm={isDelete ? 'Delete for good' : 'Unlink'}
      busy={busy}
      onConfirm={() => void go()}
      onClose={onClose}
    >
      <Stack gap="md">
        <List size="sm" spacing={6}>
          {(isDelete ? DELETION : UNLINKING).map((meaning) => (
            <List.Item key={meaning}>{meaning}</List.Item>
          ))}
        </List>
        <MutationErrorAlert error={error} />
      </Stack>
    </ConfirmModal>
  );
}

const DELETION = [
  'Its members stay members of the workspace, but lose the role that the team gave them.',
  'It cannot be brought back.',
];
const UNLINKING = [
  'Unlink the group in Okta first (Push Groups, then Unlink pushed group and Leave the group in the target app). Otherwise its next push links the team again.',
  'Its members stay as they are.',
];
