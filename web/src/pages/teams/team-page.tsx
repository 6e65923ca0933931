import { Anchor, Button, Text } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useLiveQuery } from '../../apollo/use-live-query.ts';
import type { TeamPartsFragment } from '../../gql/graphql.ts';
import { AbilityButton } from '../../parts/ability-button.tsx';
import { Columns } from '../../parts/columns.tsx';
import { DirectoryTie } from '../../parts/directory-tie.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { PageSkeleton } from '../../parts/page-skeleton.tsx';
import { Section } from '../../parts/section.tsx';
import { counted, roleNames } from '../../parts/words.ts';
import { useMay } from '../../shell/me.tsx';
import { Page } from '../../shell/page.tsx';
import { MappingModal } from './mapping-modal.tsx';
import { RenameModal } from './rename-modal.tsx';
import { TeamActModal } from './team-act-modal.tsx';
import { TeamMembers } from './team-members.tsx';
import { TeamQueryDocument } from './team-query.ts';

const BACK = { to: '/teams', label: 'Teams' };

/** `/teams/:teamId` */
export function Component() {
  const { teamId = '' } = useParams();
  const { data, error, refetch } = useLiveQuery(TeamQueryDocument, { id: teamId });
  if (error !== undefined)
    return (
      <Page title="Team" back={BACK}>
        <ErrorState error={error} onRetry={refetch} />
      </Page>
    );
  if (data === undefined) return <PageSkeleton />;
  if (data.node?.__typename !== 'Team') return <NoTeam />;
  return <Team team={data.node} />;
}

function Team({ team }: { readonly team: TeamPartsFragment }) {
  const [act, setAct] = useState<'rename' | 'delete'>();
  const close = () => setAct(undefined);
  const mayManage = useMay('MANAGE_USERS_AND_TEAMS');
  return (
    <Page
      title={team.name}
      description={counted(team.members.totalCount, 'member')}
      back={BACK}
      actions={
        mayManage && (
          <>
            <AbilityButton ability={team.viewerCanEdit} variant="default" onClick={() => setAct('rename')}>
              Rename
            </AbilityButton>
            <AbilityButton ability={team.viewerCanEdit} variant="light" color="red" onClick={() => setAct('delete')}>
              Delete
            </AbilityButton>
          </>
        )
      }
    >
      <Columns
        main={<TeamMembers team={team} />}
        side={
          <>
            <RoleCard team={team} />
            <DirectoryCard team={team} />
          </>
        }
      />
      {act === 'rename' && <RenameModal team={team} onClose={close} />}
      {act === 'delete' && <TeamActModal act="delete" team={team} onClose={close} />}
    </Page>
  );
}

function RoleCard({ team }: { readonly team: TeamPartsFragment }) {
  const [choosing, setChoosing] = useState(false);
  const mayManage = useMay('MANAGE_USERS_AND_TEAMS');
  const { roleMapping } = team;
  return (
    <Section title="Role">
      <Text size="sm">
        {roleMapping === null ? (
          'Being in this team gives no role.'
        ) : (
          <>
            Members of this team have at least the role <strong>{roleNames[roleMapping]}</strong>.
          </>
        )}
      </Text>
      <Text size="sm" c="dimmed" mt="xs">
        Everyone has the highest of their own role and those of their teams. Who leaves the team loses what it gave.
      </Text>
      {mayManage && (
        <Button variant="default" fullWidth mt="md" onClick={() => setChoosing(true)}>
          Change role
        </Button>
      )}
      {choosing && <MappingModal team={team} onClose={() => setChoosing(false)} />}
    </Section>
  );
}

function DirectoryCard({ team }: { readonly team: TeamPartsFragment }) {
  const [unlinking, setUnlinking] = useState(false);
  const mayUnlink = useMay('MANAGE_SECURITY_AND_IDENTITY');
  return (
    <Section title="Directory">
      <DirectoryTie by={team.managedBy} link={team.provisioningLink} what="team" />
      {mayUnlink && team.managedBy === 'DIRECTORY' && (
        <Button variant="default" fullWidth mt="md" onClick={() => setUnlinking(true)}>
          Unlink from the directory
        </Button>
      )}
      {unlinking && <TeamActModal act="unlink" team={team} onClose={() => setUnlinking(false)} />}
    </Section>
  );
}

function NoTeam() {
  return (
    <Page title="Team not found" back={BACK}>
      <EmptyState
        icon={IconUsersGroup}
        title="There is no such team"
        action={
          <Anchor component={Link} to="/teams">
            All teams
          </Anchor>
        }
      >
        It may have been deleted since the link was made.
      </EmptyState>
    </Page>
  );
}
