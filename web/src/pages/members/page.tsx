import { Button } from '@mantine/core';
import { IconUserPlus, IconUsers, IconUserSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useLiveQuery } from '../../apollo/use-live-query.ts';
import type { MembersQuery } from '../../gql/graphql.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { useListAddress, type ListAddress } from '../../parts/list-address.ts';
import tableClasses from '../../parts/list-table.module.css';
import { ListSummary } from '../../parts/list-summary.tsx';
import { Pager } from '../../parts/pager.tsx';
import { useMay } from '../../shell/me.tsx';
import { Page } from '../../shell/page.tsx';
import { InviteModal } from './invite-modal.tsx';
import { isNarrowed, NO_CONDITIONS, MembersQueryDocument, variablesOf } from './list-query.ts';
import { MemberFilters } from './member-filters.tsx';
import { MemberTable } from './member-table.tsx';

type Members = NonNullable<MembersQuery['workspace']>['members'];

/** `/members` */
export function Component() {
  const address = useListAddress();
  const { data, error, pending, refetch } = useLiveQuery(MembersQueryDocument, variablesOf(address), { poll: false });
  const members = data?.workspace?.members;
  const [inviting, setInviting] = useState(false);
  const mayInvite = useMay('MANAGE_USERS_AND_TEAMS');
  const invite = mayInvite && (
    <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setInviting(true)}>
      Invite member
    </Button>
  );
  return (
    <Page title="Members" description="Everyone who has, or had, access to this workspace." actions={invite} wide>
      <MemberFilters address={address} />
      <ListSummary
        total={members?.totalCount}
        one="member"
        onClear={isNarrowed(address) ? () => address.set(NO_CONDITIONS) : undefined}
      />
      {error !== undefined ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <MemberList address={address} members={members} pending={pending} />
      )}
      <InviteModal opened={inviting} onClosed={() => setInviting(false)} onInvited={refetch} />
    </Page>
  );
}

interface MemberListProps {
  readonly address: ListAddress;
  /** Undefined while nothing has been read yet. */
  readonly members: Members | undefined;
  readonly pending: boolean;
}

function MemberList({ address, members, pending }: MemberListProps) {
  if (members?.nodes.length === 0) return <NobodyFound address={address} />;
  return (
    <>
      <div className={tableClasses.frame}>
        <MemberTable address={address} users={members?.nodes} pending={pending} />
        {members !== undefined && (
          <Pager
            address={address}
            shown={members.nodes.length}
            total={members.totalCount}
            ends={members.pageInfo}
            one="member"
          />
        )}
      </div>
      {members?.totalCount === 1 && !isNarrowed(address) && <NobodyElse />}
    </>
  );
}

function NobodyFound({ address }: { readonly address: ListAddress }) {
  const search = address.get('q');
  return (
    <div className={tableClasses.frame}>
      <EmptyState
        icon={IconUserSearch}
        title={search === null ? 'No member is like that' : `No member found for “${search}”`}
        action={
          <Button variant="default" mt="xs" onClick={() => address.set(NO_CONDITIONS)}>
            Clear filters
          </Button>
        }
      >
        {search === null
          ? 'Nobody in this workspace meets all of these filters.'
          : 'The search looks in names, user names and email addresses. Check the spelling, or take away other filters.'}
      </EmptyState>
    </div>
  );
}

function NobodyElse() {
  return (
    <EmptyState icon={IconUsers} title="You are the only member so far">
      People come in two ways: your identity provider (Okta, for example) brings in everyone who is assigned to Rollcall
      there, or you invite them one by one.
    </EmptyState>
  );
}
