import { Button, Select } from '@mantine/core';
import { IconPlus, IconUsersGroup, IconZoomQuestion } from '@tabler/icons-react';
import { useState } from 'react';
import { useLiveQuery } from '../../apollo/use-live-query.ts';
import type { ManagedBy, TeamsQuery } from '../../gql/graphql.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { oneOf, useListAddress, type ListAddress } from '../../parts/list-address.ts';
import { ListSummary } from '../../parts/list-summary.tsx';
import tableClasses from '../../parts/list-table.module.css';
import { managedByNames } from '../../parts/managed-by.tsx';
import { Pager } from '../../parts/pager.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { useMay } from '../../shell/me.tsx';
import { Page } from '../../shell/page.tsx';
import { CreateModal } from './create-modal.tsx';
import classes from './teams.module.css';
import { TeamsQueryDocument } from './team-query.ts';
import { TeamTable } from './team-table.tsx';

const MANAGERS: readonly ManagedBy[] = ['DIRECTORY', 'WORKSPACE'];
const NO_CONDITIONS = { q: null, managed: null };

type Teams = NonNullable<TeamsQuery['workspace']>['teams'];

/** `/teams` */
export function Component() {
  const address = useListAddress();
  const [creating, setCreating] = useState(false);
  const mayCreate = useMay('MANAGE_USERS_AND_TEAMS');
  const managedBy = oneOf(address.get('managed'), MANAGERS) ?? null;
  const filter = { search: address.get('q')?.slice(0, 100) ?? null, managedBy };
  const { data, error, pending, refetch } = useLiveQuery(TeamsQueryDocument, { ...address.page, filter });
  const teams = data?.workspace?.teams;
  const isNarrowed = filter.search !== null || managedBy !== null;
  const create = mayCreate && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
      Create team
    </Button>
  );
  return (
    <Page title="Teams" description="Groups of members. A team can give its members a role." actions={create} wide>
      <Filters address={address} />
      <ListSummary
        total={teams?.totalCount}
        one="team"
        onClear={isNarrowed ? () => address.set(NO_CONDITIONS) : undefined}
      />
      {error !== undefined ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <TeamList address={address} teams={teams} pending={pending} isNarrowed={isNarrowed} />
      )}
      {creating && <CreateModal onClose={() => setCreating(false)} />}
    </Page>
  );
}

function Filters({ address }: { readonly address: ListAddress }) {
  return (
    <search className={classes.filters} aria-label="Teams">
      <SearchField
        label="Search teams"
        placeholder="Search by name"
        value={address.get('q') ?? ''}
        onSearch={(q) => address.set({ q })}
      />
      <Select
        aria-label="Managed by"
        placeholder="Managed by"
        data={MANAGERS.map((value) => ({ value, label: managedByNames[value] }))}
        value={address.get('managed')}
        clearable
        clearButtonProps={{ 'aria-label': 'Managed by: any' }}
        onChange={(managed) => address.set({ managed })}
      />
    </search>
  );
}

interface TeamListProps {
  readonly address: ListAddress;
  /** Undefined while nothing has been read yet. */
  readonly teams: Teams | undefined;
  readonly pending: boolean;
  readonly isNarrowed: boolean;
}

function TeamList({ address, teams, pending, isNarrowed }: TeamListProps) {
  return (
    <div className={tableClasses.frame}>
      {teams?.nodes.length === 0 ? (
        isNarrowed ? (
          <EmptyState icon={IconZoomQuestion} title="No team found">
            No team meets these filters. Check the spelling, or clear them.
          </EmptyState>
        ) : (
          <EmptyState icon={IconUsersGroup} title="No teams yet">
            Your directory creates them when it pushes groups (in Okta: Push Groups), or you create them here.
          </EmptyState>
        )
      ) : (
        <>
          <TeamTable teams={teams?.nodes} pending={pending} />
          {teams !== undefined && (
            <Pager
              address={address}
              shown={teams.nodes.length}
              total={teams.totalCount}
              ends={teams.pageInfo}
              one="team"
            />
          )}
        </>
      )}
    </div>
  );
}
