import { graphql } from '../../gql/index.ts';
import type { ManagedBy, MembersQueryVariables, Role, UserOrder, UserStatus } from '../../gql/graphql.ts';
import { oneOf, type ListAddress } from '../../parts/list-address.ts';

/** A page of the list. */
export const MembersQueryDocument = graphql(/* GraphQL */ `
  query Members($filter: UserFilter, $orderBy: UserOrder!, $first: Int, $after: String, $last: Int, $before: String) {
    workspace {
      id
      members(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
        totalCount
        nodes {
          ...MemberRowParts
        }
        pageInfo {
          startCursor
          endCursor
          hasPreviousPage
          hasNextPage
        }
      }
    }
  }
`);

/** What a row shows of a user. */
export const MemberRowParts = graphql(/* GraphQL */ `
  fragment MemberRowParts on User {
    id
    displayName
    userName
    status
    role
    managedBy
    lastActiveAt
    provisioningLink {
      lastSyncedAt
    }
  }
`);

/** Where users stand, in the order of the menu. */
export const STATUSES: readonly UserStatus[] = ['ACTIVE', 'INVITED', 'DEACTIVATED'];
/** Roles, the highest first. */
export const ROLES: readonly Role[] = ['OWNER', 'ADMIN', 'MEMBER'];
/** Who manages users, in the order of the menu. */
export const MANAGERS: readonly ManagedBy[] = ['DIRECTORY', 'WORKSPACE'];

/** Orders by their name in the address; the first is the one of an address that names none. */
export const ORDERS: Readonly<Record<string, { readonly orderBy: UserOrder; readonly label: string }>> = {
  name: { orderBy: 'DISPLAY_NAME_ASC', label: 'Name, A to Z' },
  '-name': { orderBy: 'DISPLAY_NAME_DESC', label: 'Name, Z to A' },
  active: { orderBy: 'LAST_ACTIVE_AT_DESC', label: 'Last active first' },
  synced: { orderBy: 'LAST_SYNCED_AT_DESC', label: 'Last synced first' },
  newest: { orderBy: 'CREATED_AT_DESC', label: 'Newest first' },
};

/** The conditions that the address may name. */
const CONDITIONS = ['q', 'status', 'role', 'managed', 'team'] as const;

/** One of them. */
export type Condition = (typeof CONDITIONS)[number];

/** None of them. */
export const NO_CONDITIONS = Object.fromEntries(CONDITIONS.map((name) => [name, null]));

/** The order that the address names, else the usual one. */
export function orderOf({ get }: ListAddress): string {
  const named = get('sort');
  return named !== null && Object.hasOwn(ORDERS, named) ? named : 'name';
}

/** Whether the list is narrowed by anything. */
export function isNarrowed({ get }: ListAddress): boolean {
  return CONDITIONS.some((name) => get(name) !== null);
}

/** The query of an address. Values that the address has wrong narrow nothing. */
export function variablesOf(address: ListAddress): MembersQueryVariables {
  const { get, page } = address;
  const [status, role] = [oneOf(get('status'), STATUSES), oneOf(get('role'), ROLES)];
  return {
    ...page,
    orderBy: ORDERS[orderOf(address)]!.orderBy,
    filter: {
      search: get('q')?.slice(0, 100) ?? null,
      statuses: status === undefined ? null : [status],
      roles: role === undefined ? null : [role],
      managedBy: oneOf(get('managed'), MANAGERS) ?? null,
      teamId: get('team'),
    },
  };
}
