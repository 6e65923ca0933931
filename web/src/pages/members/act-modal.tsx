import { List, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { MemberPartsFragment } from '../../gql/graphql.ts';
import { ConfirmModal } from '../../parts/confirm-modal.tsx';
import { MutationErrorAlert } from '../../parts/mutation-error.tsx';
import { notifyDone } from '../../parts/notify.tsx';
import { ACTS, type ActName } from './acts.ts';
import { useAct } from './use-act.ts';

interface ActModalProps {
  readonly act: ActName;
  readonly user: MemberPartsFragment;
  readonly onClose: () => void;
}

/** Asks before something is done to a member, saying what it means for them, and does it. */
export function ActModal({ act, user, onClose }: ActModalProps) {
  const { run, busy, error } = useAct(user.id);
  const navigate = useNavigate();
  const { title, verb, danger, done } = ACTS[act];
  const go = async () => {
    if (!(await run(act))) return;
    notifyDone(done(user.displayName));
    onClose();
    if (act === 'delete') await navigate('/members', { replace: true });
  };
  return (
    <ConfirmModal
      opened
      title={title(user.displayName)}
      confirm={verb}
      danger={danger}
      busy={busy}
      onConfirm={() => void go()}
      onClose={onClose}
    >
      <Stack gap="md">
        {MEANINGS[act]}
        <MutationErrorAlert error={error} />
      </Stack>
    </ConfirmModal>
  );
}

const MEANINGS: Readonly<Record<ActName, ReactNode>> = {
  deactivate: (
    <List size="sm" spacing={6}>
      <List.Item>They are signed out everywhere at once, and their access tokens stop working.</List.Item>
      <List.Item>Role, teams and history are kept. You can reactivate them at any time.</List.Item>
    </List>
  ),
  reactivate: <Text size="sm">They can sign in again, with the role and the teams that they had.</Text>,
  delete: (
    <List size="sm" spacing={6}>
      <List.Item>Profile, role and team memberships are gone, and cannot be brought back.</List.Item>
      <List.Item>To end their access alone, deactivate them instead.</List.Item>
    </List>
  ),
  unlink: (
    <List size="sm" spacing={6}>
      <List.Item>
        Unassign them in Okta first. Otherwise its next write, of a changed profile for example, links them again.
      </List.Item>
      <List.Item>They keep their access. Nobody but you and the other admins can take it away from then on.</List.Item>
    </List>
  ),
};
