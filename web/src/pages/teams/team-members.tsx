import { ActionIcon, Text, Tooltip } from '@mantine/core';
import { IconUserMinus } from '@tabler/icons-react';
import { useState } from 'react';
import { useLiveQuery } from '../../apollo/use-live-query.ts';
import type { MemberRowPartsFragment, TeamPartsFragment } from '../../gql/graphql.ts';
import { AbilityButton } from '../../parts/ability-button.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { useListAddress } from '../../parts/list-address.ts';
import table from '../../parts/list-table.module.css';
import { Pager } from '../../parts/pager.tsx';
import { Person } from '../../parts/person.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { Section } from '../../parts/section.tsx';
import { UserStatusBadge } from '../../parts/user-status.tsx';
import { roleNames } from '../../parts/words.ts';
import { useMay } from '../../shell/me.tsx';
import { memberPath } from '../../shell/places.ts';
import { MembersQueryDocument } from '../members/list-query.ts';
import { AddModal } from './add-modal.tsx';
import classes from './teams.module.css';
import { useMembership } from './use-membership.ts';

/** Who is in a team: searched, paged, added and removed. */
export function TeamMembers({ team }: { readonly team: TeamPartsFragment }) {
  const address = useListAddress();
  const [adding, setAdding] = useState(false);
  const mayManage = useMay('MANAGE_USERS_AND_TEAMS');
  const search = address.get('q')?.slice(0, 100) ?? null;
  const { data, error, pending, refetch } = useLiveQuery(MembersQueryDocument, {
    ...address.page,
    orderBy: 'DISPLAY_NAME_ASC',
    filter: { teamId: team.id, search },
  });
  const membership = useMembership(team.id, refetch);
  const members = data?.workspace?.members;
  return (
    <Section title="Members">
      <div className={classes.bar}>
        <SearchField
          label="Search this team"
          placeholder="Search this team"
          value={search ?? ''}
          onSearch={(q) => address.set({ q })}
        />
        {mayManage && (
          <AbilityButton ability={team.viewerCanEdit} onClick={() => setAdding(true)}>
            Add members
          </AbilityButton>
        )}
      </div>
      {error !== undefined && <ErrorState error={error} onRetry={refetch} />}
      {members?.totalCount === 0 && (
        <Text size="sm" c="dimmed" py="md">
          {search === null ? 'Nobody is in this team yet.' : 'Nobody in this team is like that.'}
        </Text>
      )}
      {members !== undefined && members.totalCount > 0 && (
        <div className={table.plain}>
          <MemberRows
            users={members.nodes}
            pending={pending}
            onRemove={mayManage && team.viewerCanEdit.allowed ? membership.remove : undefined}
          />
          <Pager
            address={address}
            shown={members.nodes.length}
            total={members.totalCount}
            ends={members.pageInfo}
            one="member"
          />
        </div>
      )}
      {adding && <AddModal membership={membership} onClose={() => setAdding(false)} />}
    </Section>
  );
}

interface MemberRowsProps {
  readonly users: readonly MemberRowPartsFragment[];
  readonly pending: boolean;
  /** Undefined where the viewer may not. */
  readonly onRemove: ((user: MemberRowPartsFragment) => Promise<void>) | undefined;
}

function MemberRows({ users, pending, onRemove }: MemberRowsProps) {
  return (
    <table className={table.table} aria-busy={pending} aria-label="Members">
      <thead>
        <tr>
          <th scope="col">Member</th>
          <th scope="col" className={classes.status}>
            Status
          </th>
          <th scope="col" className={`${classes.role} ${table.medium}`}>
            Role
          </th>
          {onRemove !== undefined && <th scope="col" className={classes.end} aria-label="Remove" />}
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <tr key={user.id} className={table.row}>
            <td>
              <Person name={user.displayName} detail={user.userName} to={memberPath(user.id)} />
            </td>
            <td>
              <UserStatusBadge status={user.status} />
            </td>
            <td className={`${table.medium} ${classes.small}`}>{roleNames[user.role]}</td>
            {onRemove !== undefined && (
              <td className={classes.end}>
                <Tooltip label="Remove from this team">
                  <ActionIcon
                    size={32}
                    aria-label={`Remove ${user.displayName} from this team`}
                    onClick={() => void onRemove(user)}
                  >
                    <IconUserMinus size={17} stroke={1.7} aria-hidden />
                  </ActionIcon>
                </Tooltip>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
