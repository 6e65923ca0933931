import type { Criteria, FieldOrder, Page, PageOf, Slice } from './criteria.ts';
import type { TeamField } from './team-fields.ts';
import type { MemberChange, Team } from './team.ts';
import type { ManagedBy } from './user.ts';
import type { Instant } from './values.ts';

/** How a list of teams is narrowed; conditions are joined by AND. */
export interface TeamListFilter {
  /** Text anywhere in the name, without regard to case and marks. */
  readonly search?: string;
  readonly managedBy?: ManagedBy;
  /** Teams that this user is in. */
  readonly memberId?: string;
}

/** A member as a SCIM group names it. */
export interface Member {
  readonly userId: string;
  /** The user's display name now. */
  readonly name: string;
}

/** A team as a SCIM user names it. */
export interface TeamOfUser {
  readonly userId: string;
  readonly teamId: string;
  readonly name: string;
}

export interface TeamReader {
  get(id: string): Promise<Team | undefined>;
  /** The teams with these ids, in any order; unknown ids are left out. */
  many(ids: readonly string[]): Promise<Team[]>;
  byName(name: string): Promise<Team | undefined>;
  byExternalId(externalId: string): Promise<Team | undefined>;
  /** As for users. */
  find(
    criteria: Criteria<TeamField> | undefined,
    slice: Slice,
    order?: FieldOrder<TeamField>,
  ): Promise<{ teams: Team[]; total: number; next?: number }>;
  /** By name. */
  page(filter: TeamListFilter, page: Page): Promise<PageOf<Team>>;
  count(filter: TeamListFilter): Promise<number>;
  /** Everyone in a team, in the order in which they came. */
  members(teamId: string): Promise<Member[]>;
  /** How many are in a team, counted no further than `most`, so that a big team costs no more than a small one. */
  countMembers(teamId: string, most: number): Promise<number>;
  /** How many are in each of these teams, by the team's id. */
  memberCounts(teamIds: readonly string[]): Promise<Map<string, number>>;
  /** Everyone in each of these teams, by the team's id. */
  membersOf(teamIds: readonly string[]): Promise<Map<string, Member[]>>;
  /** The teams of these users, by name. */
  ofUsers(userIds: readonly string[]): Promise<TeamOfUser[]>;
  /** When the oldest of the teams that the directory manages was linked. */
  firstLinkedAt(): Promise<Instant | null>;
}

/** What a change of members did. Nothing was done where `unknown` names anyone. */
export interface MembersChanged {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Those of the ids to add that are no users of the workspace. */
  readonly unknown: readonly string[];
}

export interface TeamRepository {
  /** The team, locked against other writers until the transaction ends. */
  get(id: string): Promise<Team | undefined>;
  /** Fails with: AlreadyExists(name, externalId). */
  add(team: Team): Promise<void>;
  /** Saves all fields of a team. Fails with: AlreadyExists(name, externalId). */
  save(team: Team): Promise<void>;
  touchSynced(id: string, at: Instant): Promise<void>;
  /** Removes a team and its memberships, and re-evaluates the roles it gave. */
  remove(id: string, at: Instant): Promise<void>;
  /** Changes who is in a team, at a cost that does not depend on how many are. */
  changeMembers(teamId: string, change: MemberChange, at: Instant): Promise<MembersChanged>;
  /** Re-evaluates the role of these users: the highest of their own and their teams' mappings. */
  applyRoles(userIds: readonly string[], at: Instant): Promise<void>;
  /** The same for everyone in a team. */
  applyRolesOfTeam(teamId: string, at: Instant): Promise<void>;
}
