import type { Criteria, Page, PageOf, Slice } from '../domain/criteria.ts';
import type { FieldOrder } from '../domain/criteria.ts';
import type { Member, TeamListFilter, TeamOfUser, TeamReader } from '../domain/team-repository.ts';
import type { TeamField } from '../domain/team-fields.ts';
import type { Team } from '../domain/team.ts';
import { compareKey, sortKey, type Instant } from '../domain/values.ts';
import { totalsOf } from './counters.ts';
import { pageOf } from './paging.ts';
import { firstRow, type Session, type SqlValue } from './session.ts';
import { findSlice, type SliceMemory, type SlicedTable } from './slices.ts';
import { TEAM_COLUMNS, TEAM_PLACES, teamOf, type TeamRow } from './team-rows.ts';
import { teamById } from './teams.ts';

const SELECT = `select ${TEAM_COLUMNS} from teams where workspace_id = ?`;
const MANY = `${SELECT} and id in (select value from json_each(?))`;
const BY_NAME = `${SELECT} and name_key = ?`;
const BY_EXTERNAL_ID = `${SELECT} and external_id = ?`;
const COUNT_MEMBERS = `select count(*) as count from
  (select 1 from memberships where workspace_id = ? and team_id = ? limit ?) as found`;
const MEMBER_COUNTS = `select team_id, count(*) as count from memberships
  where workspace_id = ? and team_id in (select value from json_each(?)) group by team_id`;
const MEMBERS = `select memberships.team_id, memberships.user_id, users.display_name from memberships
  join users on users.workspace_id = memberships.workspace_id and users.id = memberships.user_id
  where memberships.workspace_id = ? and memberships.team_id in (select value from json_each(?))
  order by memberships.seq`;
const OF_USERS = `select memberships.user_id as "userId", teams.id as "teamId", teams.name from memberships
  join teams on teams.workspace_id = memberships.workspace_id and teams.id = memberships.team_id
  where memberships.workspace_id = ? and memberships.user_id in (select value from json_each(?))
  order by teams.name_sort_key, teams.id`;
const FIRST_LINKED = `select linked_at from teams
  where workspace_id = ? and linked_at is not null order by seq limit 1`;

const TABLE: SlicedTable<TeamRow, Team, TeamField> = {
  name: 'teams',
  columns: TEAM_COLUMNS,
  places: TEAM_PLACES,
  itemOf: teamOf,
};

interface MemberRow {
  readonly team_id: string;
  readonly user_id: string;
  readonly display_name: string;
}

/** Reads of the teams of one workspace. */
export class StoredTeams implements TeamReader {
  readonly #session: Session;
  readonly #workspaceId: string;
  readonly #memory: SliceMemory;

  constructor(session: Session, workspaceId: string, memory: SliceMemory) {
    this.#session = session;
    this.#workspaceId = workspaceId;
    this.#memory = memory;
  }

  get(id: string): Promise<Team | undefined> {
    return teamById(this.#session, this.#workspaceId, id);
  }

  async many(ids: readonly string[]): Promise<Team[]> {
    const rows = await this.#session.rows<TeamRow>(MANY, [this.#workspaceId, JSON.stringify(ids)]);
    return rows.map((row) => teamOf(row));
  }

  async byName(name: string): Promise<Team | undefined> {
    return teamOf(await firstRow<TeamRow>(this.#session, BY_NAME, [this.#workspaceId, compareKey(name)]));
  }

  async byExternalId(externalId: string): Promise<Team | undefined> {
    return teamOf(await firstRow<TeamRow>(this.#session, BY_EXTERNAL_ID, [this.#workspaceId, externalId]));
  }

  async find(
    criteria: Criteria<TeamField> | undefined,
    slice: Slice,
    order?: FieldOrder<TeamField>,
  ): Promise<{ teams: Team[]; total: number; next?: number }> {
    const source = { session: this.#session, workspaceId: this.#workspaceId, memory: this.#memory };
    const { items, ...found } = await findSlice(source, TABLE, { criteria, slice, order });
    return { teams: items, ...found };
  }

  page(filter: TeamListFilter, page: Page): Promise<PageOf<Team>> {
    const rows = { columns: TEAM_COLUMNS, table: 'teams', itemOf: teamOf };
    const key = { key: ['name_sort_key', 'id'], descending: false };
    return pageOf<TeamRow, Team>(this.#session, { ...rows, ...key, ...this.#narrowed(filter) }, page);
  }

  async count(filter: TeamListFilter): Promise<number> {
    const { where, parameters } = this.#narrowed(filter);
    if (parameters.length === 1) return (await totalsOf(this.#session, this.#workspaceId, 'teams'))?.count ?? 0;
    const sql = `select count(*) as count from teams where ${where}`;
    return (await firstRow<{ count: number }>(this.#session, sql, parameters))?.count ?? 0;
  }

  async members(teamId: string): Promise<Member[]> {
    return (await this.membersOf([teamId])).get(teamId)!;
  }

  async countMembers(teamId: string, most: number): Promise<number> {
    const values = [this.#workspaceId, teamId, most];
    return (await firstRow<{ count: number }>(this.#session, COUNT_MEMBERS, values))!.count;
  }

  async memberCounts(teamIds: readonly string[]): Promise<Map<string, number>> {
    const values = [this.#workspaceId, JSON.stringify(teamIds)];
    const rows = await this.#session.rows<{ team_id: string; count: number }>(MEMBER_COUNTS, values);
    return new Map(rows.map(({ team_id, count }) => [team_id, count]));
  }

  async membersOf(teamIds: readonly string[]): Promise<Map<string, Member[]>> {
    const members = new Map<string, Member[]>(teamIds.map((id) => [id, []]));
    const rows = await this.#session.rows<MemberRow>(MEMBERS, [this.#workspaceId, JSON.stringify(teamIds)]);
    for (const { team_id, user_id, display_name } of rows)
      members.get(team_id)!.push({ userId: user_id, name: display_name });
    return members;
  }

  ofUsers(userIds: readonly string[]): Promise<TeamOfUser[]> {
    return this.#session.rows<TeamOfUser>(OF_USERS, [this.#workspaceId, JSON.stringify(userIds)]);
  }

  async firstLinkedAt(): Promise<Instant | null> {
    return (await firstRow<{ linked_at: string }>(this.#session, FIRST_LINKED, [this.#workspaceId]))?.linked_at ?? null;
  }

  #narrowed({ search, managedBy, memberId }: TeamListFilter) {
    const parts: string[] = ['workspace_id = ?'];
    const parameters: SqlValue[] = [this.#workspaceId];
    if (search !== undefined && search !== '') {
      parts.push('instr(name_sort_key, ?) > 0');
      parameters.push(sortKey(search));
    }
    if (managedBy !== undefined) {
      parts.push('managed_by = ?');
      parameters.push(managedBy);
    }
    if (memberId !== undefined) {
      parts.push('id in (select team_id from memberships where workspace_id = ? and user_id = ?)');
      parameters.push(this.#workspaceId, memberId);
    }
    return { where: parts.join(' and '), parameters };
  }
}
