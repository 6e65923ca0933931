import { Skeleton, VisuallyHidden } from '@mantine/core';
import { Link } from 'react-router';
import type { TeamsQuery } from '../../gql/graphql.ts';
import table from '../../parts/list-table.module.css';
import { ManagedByMark } from '../../parts/managed-by.tsx';
import { RelativeTime } from '../../parts/relative-time.tsx';
import { count, roleNames } from '../../parts/words.ts';
import { teamPath } from '../../shell/places.ts';
import classes from './teams.module.css';

type Team = NonNullable<TeamsQuery['workspace']>['teams']['nodes'][number];

interface TeamTableProps {
  /** Undefined while nothing has been read yet. */
  readonly teams: readonly Team[] | undefined;
  readonly pending: boolean;
}

/** The list of teams as a table. */
export function TeamTable({ teams, pending }: TeamTableProps) {
  return (
    <table className={table.table} aria-busy={pending || teams === undefined} aria-label="Teams">
      <thead>
        <tr>
          <th scope="col">Team</th>
          <th scope="col" className={classes.count}>
            Members
          </th>
          <th scope="col" className={`${classes.managed} ${table.medium}`}>
            Managed by
          </th>
          <th scope="col" className={`${classes.role} ${table.medium}`}>
            Gives the role
          </th>
          <th scope="col" className={`${classes.time} ${table.wide}`}>
            Changed
          </th>
        </tr>
      </thead>
      <tbody>{teams?.map((team) => <Row key={team.id} team={team} />) ?? <SkeletonRows />}</tbody>
    </table>
  );
}

function Row({ team }: { readonly team: Team }) {
  return (
    <tr className={table.row}>
      <td>
        <Link to={teamPath(team.id)} className={classes.name}>
          {team.name}
        </Link>
      </td>
      <td className={`${classes.small} tabular`}>{count(team.members.totalCount)}</td>
      <td className={table.medium}>
        <ManagedByMark by={team.managedBy} />
      </td>
      <td className={`${table.medium} ${classes.small}`}>
        {team.roleMapping === null ? <span className={classes.quiet}>—</span> : roleNames[team.roleMapping]}
      </td>
      <td className={`${table.wide} ${classes.quiet}`}>
        <RelativeTime at={team.updatedAt} />
      </td>
    </tr>
  );
}

const SKELETONS = [38, 26, 44, 31, 40, 28];

function SkeletonRows() {
  return SKELETONS.map((width, index) => (
    <tr key={width}>
      <td colSpan={5}>
        {index === 0 && <VisuallyHidden role="status">Loading teams</VisuallyHidden>}
        <Skeleton h={12} w={`${width}%`} />
      </td>
    </tr>
  ));
}
