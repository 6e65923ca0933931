import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { MemberPartsFragment } from '../../gql/graphql.ts';
import { AbilityButton } from '../../parts/ability-button.tsx';
import { Fact, Facts } from '../../parts/facts.tsx';
import { RelativeTime } from '../../parts/relative-time.tsx';
import { Section } from '../../parts/section.tsx';
import { UserStatusBadge } from '../../parts/user-status.tsx';
import { roleNames } from '../../parts/words.ts';
import { useMay } from '../../shell/me.tsx';
import { teamPath } from '../../shell/places.ts';
import { ActModal } from './act-modal.tsx';
import type { ActName } from './acts.ts';
import { RoleModal } from './role-modal.tsx';

/** Whether and as what a member may come in, and the ways to change it. */
export function AccessCard({ user }: { readonly user: MemberPartsFragment }) {
  const mayManage = useMay('MANAGE_USERS_AND_TEAMS');
  return (
    <Section title="Access">
      <Facts>
        <Fact name="Status">
          <UserStatusBadge status={user.status} />
        </Fact>
        {user.deactivatedAt !== null && (
          <Fact name="Deactivated">
            <RelativeTime at={user.deactivatedAt} />
            {user.deactivatedBy === 'DIRECTORY' ? ', by the directory' : ', by the workspace'}
          </Fact>
        )}
        <Fact name="Role">{roleNames[user.role]}</Fact>
        <Fact name="Last active">
          <RelativeTime at={user.lastActiveAt} none="Never" />
        </Fact>
        <Fact name="Member since">
          <RelativeTime at={user.createdAt} />
        </Fact>
      </Facts>
      <Text size="sm" c="dimmed" mt="sm">
        <RoleReason user={user} />
      </Text>
      {mayManage && <Acts user={user} />}
    </Section>
  );
}

function RoleReason({ user }: { readonly user: MemberPartsFragment }) {
  const role = roleNames[user.role];
  if (user.roleSource === 'DEFAULT') return `${role} is the default role; nobody has given another one.`;
  if (user.roleSource === 'ASSIGNED' || user.roleTeam === null) return 'Somebody in this workspace gave this role.';
  return (
    <>
      The team{' '}
      <Anchor component={Link} to={teamPath(user.roleTeam.id)} inherit underline="always">
        {user.roleTeam.name}
      </Anchor>{' '}
      gives the role {role} to its members.
    </>
  );
}

function Acts({ user }: { readonly user: MemberPartsFragment }) {
  const [act, setAct] = useState<ActName | 'role'>();
  const close = () => setAct(undefined);
  return (
    <Stack gap="xs" mt="md">
      <AbilityButton ability={user.viewerCanChangeRole} variant="default" onClick={() => setAct('role')}>
        Change role
      </AbilityButton>
      <Group grow gap="xs">
        {user.status === 'DEACTIVATED' ? (
          <AbilityButton ability={user.viewerCanReactivate} variant="default" onClick={() => setAct('reactivate')}>
            Reactivate
          </AbilityButton>
        ) : (
          <AbilityButton ability={user.viewerCanDeactivate} variant="default" onClick={() => setAct('deactivate')}>
            Deactivate
          </AbilityButton>
        )}
        <AbilityButton ability={user.viewerCanDelete} variant="light" color="red" onClick={() => setAct('delete')}>
          Delete
        </AbilityButton>
      </Group>
      {act === 'role' && <RoleModal user={user} onClose={close} />}
      {act !== undefined && act !== 'role' && <ActModal act={act} user={user} onClose={close} />}
    </Stack>
  );
}
