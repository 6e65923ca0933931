import { Skeleton, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import type { MemberRowPartsFragment } from '../../gql/graphql.ts';
import type { ListAddress } from '../../parts/list-address.ts';
import classes from '../../parts/list-table.module.css';
import { ManagedByMark } from '../../parts/managed-by.tsx';
import { Person } from '../../parts/person.tsx';
import { RelativeTime } from '../../parts/relative-time.tsx';
import { UserStatusBadge } from '../../parts/user-status.tsx';
import { roleNames } from '../../parts/words.ts';
import { memberPath } from '../../shell/places.ts';
import { orderOf } from './list-query.ts';
import columns from './member-table.module.css';

interface MemberTableProps {
  readonly address: ListAddress;
  /** Undefined while nothing has been read yet. */
  readonly users: readonly MemberRowPartsFragment[] | undefined;
  /** Whether these are still the rows of the last filter. */
  readonly pending: boolean;
}

/** The list as a table, whose columns give way as the screen gets narrow. */
export function MemberTable({ address, users, pending }: MemberTableProps) {
  return (
    <table className={classes.table} aria-busy={pending || users === undefined} aria-label="Members">
      <thead>
        <tr>
          <Sorted address={address} by="name" className={columns.person}>
            Member
          </Sorted>
          <th className={columns.status} scope="col">
            Status
          </th>
          <th className={`${columns.role} ${classes.medium}`} scope="col">
            Role
          </th>
          <th className={`${columns.managed} ${classes.wide}`} scope="col">
            Managed by
          </th>
          <Sorted address={address} by="active" className={`${columns.time} ${classes.medium}`}>
            Last active
          </Sorted>
          <Sorted address={address} by="synced" className={`${columns.time} ${classes.wide}`}>
            Last synced
          </Sorted>
        </tr>
      </thead>
      <tbody>{users?.map((user) => <Row key={user.id} user={user} />) ?? <SkeletonRows />}</tbody>
    </table>
  );
}

// Paging renders the old rows once more, dimmed, while the new ones are read.
const Row = memo(function Row({ user }: { readonly user: MemberRowPartsFragment }) {
  return (
    <tr className={classes.row}>
      <td>
        <Person name={user.displayName} detail={user.userName} to={memberPath(user.id)} />
      </td>
      <td>
        <UserStatusBadge status={user.status} />
      </td>
      <td className={`${classes.medium} ${columns.small}`}>{roleNames[user.role]}</td>
      <td className={classes.wide}>
        <ManagedByMark by={user.managedBy} />
      </td>
      <td className={`${classes.medium} ${columns.quiet}`}>
        <RelativeTime at={user.lastActiveAt} none="Never" />
      </td>
      <td className={`${classes.wide} ${columns.quiet}`}>
        <RelativeTime at={user.provisioningLink?.lastSyncedAt} none="—" />
      </td>
    </tr>
  );
});

interface SortedProps {
  readonly address: ListAddress;
  readonly by: 'name' | 'active' | 'synced';
  readonly className: string | undefined;
  readonly children: ReactNode;
}

/** A column's head that sorts by it; names, a second time, the other way round. */
function Sorted({ address, by, className, children }: SortedProps) {
  const order = orderOf(address);
  const isActive = order === by || order === `-${by}`;
  const isUp = order === 'name';
  const next = order === 'name' && by === 'name' ? '-name' : by;
  const Arrow = isUp || (!isActive && by === 'name') ? IconArrowUp : IconArrowDown;
  return (
    <th
      className={className}
      scope="col"
      {...(isActive ? { 'aria-sort': isUp ? ('ascending' as const) : ('descending' as const) } : {})}
    >
      <UnstyledButton
        className={classes.sort ?? ''}
        data-active={isActive || undefined}
        onClick={() => address.set({ sort: next === 'name' ? null : next })}
      >
        {children}
        <Arrow size={14} aria-hidden />
      </UnstyledButton>
    </th>
  );
}

const SKELETONS = Array.from({ length: 10 }, (_, index) => index);

function SkeletonRows() {
  return SKELETONS.map((index) => (
    <tr key={index}>
      <td colSpan={6}>
        {index === 0 && <VisuallyHidden role="status">Loading members</VisuallyHidden>}
        <div className={columns.skeleton}>
          <Skeleton h={34} w={34} circle />
          <Skeleton h={12} w={`${28 + ((index * 7) % 20)}%`} />
        </div>
      </td>
    </tr>
  ));
}
