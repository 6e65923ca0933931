import { Avatar, Button } from '@mantine/core';
import { IconUserOff } from '@tabler/icons-react';
import { Link, useParams } from 'react-router';
import { useLiveQuery } from '../../apollo/use-live-query.ts';
import type { MemberPartsFragment } from '../../gql/graphql.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { PageSkeleton } from '../../parts/page-skeleton.tsx';
import { TINTS } from '../../parts/person.tsx';
import { Columns } from '../../parts/columns.tsx';
import { useMay } from '../../shell/me.tsx';
import { Page } from '../../shell/page.tsx';
import { AccessCard } from './access-card.tsx';
import { DirectoryCard } from './directory-card.tsx';
import { MemberActivity } from './member-activity.tsx';
import { MemberQueryDocument } from './member-query.ts';
import { MemberTeams } from './member-teams.tsx';
import { ProfileCard } from './profile-card.tsx';

const BACK = { to: '/members', label: 'Members' };

/** `/members/:userId` */
export function Component() {
  const { userId = '' } = useParams();
  const { data, error, refetch } = useLiveQuery(MemberQueryDocument, { id: userId });
  if (error !== undefined)
    return (
      <Page title="Member" back={BACK}>
        <ErrorState error={error} onRetry={refetch} />
      </Page>
    );
  if (data === undefined) return <PageSkeleton />;
  if (data.node?.__typename !== 'User') return <Nobody />;
  return <Member user={data.node} onRefetch={refetch} />;
}

function Member({ user, onRefetch }: { readonly user: MemberPartsFragment; readonly onRefetch: () => unknown }) {
  const seesActivity = useMay('MANAGE_SECURITY_AND_IDENTITY');
  return (
    <Page
      title={user.displayName}
      description={user.userName}
      back={BACK}
      picture={
        <Avatar
          name={user.displayName}
          size={52}
          radius={26}
          color="initials"
          allowedInitialsColors={[...TINTS]}
          aria-hidden
        />
      }
    >
      <Columns
        main={
          <>
            <ProfileCard user={user} onRefetch={onRefetch} />
            {seesActivity && <MemberActivity userId={user.id} managedBy={user.managedBy} />}
          </>
        }
        side={
          <>
            <AccessCard user={user} />
            <MemberTeams teams={user.teams} />
            <DirectoryCard user={user} />
          </>
        }
      />
    </Page>
  );
}

function Nobody() {
  return (
    <Page title="Member not found" back={BACK}>
      <EmptyState
        icon={IconUserOff}
        title="There is no such member"
        action={
          <Button component={Link} to="/members" variant="default" mt="xs">
            All members
          </Button>
        }
      >
        They may have been deleted since the link was made.
      </EmptyState>
    </Page>
  );
}
