import { ROLES } from '../domain/actor.ts';
import type { RoleFromTeam } from '../domain/user-role.ts';
import type { Instant } from '../domain/values.ts';
import { count } from './counters.ts';
import { firstRow, type Session, type SqlValue } from './session.ts';

// A user's role is the highest of their own and their teams' mappings; between equals their own wins, then the oldest
// team. One statement works it out for any number of users, and writes only those whose role changes.

const THESE = 'id in (select value from json_each(?))';
const IN_TEAM = 'id in (select user_id from memberships where workspace_id = ? and team_id = ?)';
const BY_TEAM = 'role_team_id = ?';
const ONE = 'id = ?';

const NEXT_VERSION = ', version = users.version + 1, updated_at = ?';

const APPLY_THESE = applying(THESE, NEXT_VERSION);
const APPLY_IN_TEAM = applying(IN_TEAM, NEXT_VERSION);
const APPLY_BY_TEAM = applying(BY_TEAM, NEXT_VERSION);
// Part of a save, which counts as the one change.
const KEEP = applying(ONE, '');

/** Re-evaluates the role of some users. */
export function applyRoles(session: Session, workspaceId: string, ids: readonly string[], at: Instant): Promise<void> {
  return apply(session, APPLY_THESE, { workspaceId, whom: [JSON.stringify(ids)], at });
}

/** Re-evaluates the role of everyone in a team. */
export function applyRolesOfTeam(session: Session, workspaceId: string, teamId: string, at: Instant): Promise<void> {
  return apply(session, APPLY_IN_TEAM, { workspaceId, whom: [workspaceId, teamId], at });
}

/** Re-evaluates the role of everyone who has it from a team, which may be gone. */
export function applyRolesByTeam(session: Session, workspaceId: string, teamId: string, at: Instant): Promise<void> {
  return apply(session, APPLY_BY_TEAM, { workspaceId, whom: [teamId], at });
}

/** Keeps the role of a user who was just saved in step with their own role and their teams. */
export async function keepRole(session: Session, workspaceId: string, id: string): Promise<void> {
  await session.run(KEEP.apply, [workspaceId, id, workspaceId]);
}

const FROM_TEAMS = `select teams.role_mapping as role, teams.name as "teamName" from memberships join teams
    on teams.workspace_id = memberships.workspace_id and teams.id = memberships.team_id
  where memberships.workspace_id = ? and memberships.user_id = ? and teams.role_mapping is not null
  order by ${rankOf('teams.role_mapping')} desc, teams.seq limit 1`;

/** The highest role that the teams of a user give. */
export function highestTeamRole(session: Session, workspaceId: string, id: string): Promise<RoleFromTeam | undefined> {
  return firstRow<RoleFromTeam>(session, FROM_TEAMS, [workspaceId, id]);
}

/** Who is re-evaluated, by the values of the condition, and when. */
interface Occasion {
  readonly workspaceId: string;
  readonly whom: readonly SqlValue[];
  readonly at: Instant;
}

/** The statement, and the one before it that lets nobody else change the same users until the end. */
interface Application {
  readonly hold: string;
  readonly apply: string;
}

async function apply(session: Session, { hold, apply }: Application, occasion: Occasion): Promise<void> {
  const { workspaceId, whom, at } = occasion;
  if (session.holds) await session.rows(hold, [workspaceId, ...whom]);
  const changed = await session.run(apply, [at, workspaceId, ...whom, workspaceId]);
  if (changed > 0) await count(session, workspaceId, 'userSaved');
}

function applying(whom: string, stamp: string): Application {
  const giving = `select teams.id from memberships join teams
      on teams.workspace_id = memberships.workspace_id and teams.id = memberships.team_id
    where memberships.workspace_id = users.workspace_id and memberships.user_id = users.id
      and ${rankOf('teams.role_mapping')} > ${rankOf('users.own_role')}
    order by ${rankOf('teams.role_mapping')} desc, teams.seq limit 1`;
  const role = 'coalesce(giving.role_mapping, users.own_role)';
  const source = "case when giving.id is null then users.own_role_source else 'TEAM' end";
  const apply = `update users set role = ${role}, role_source = ${source}, role_team_id = giving.id${stamp}
    from (select workspace_id, id, (${giving}) as team_id from users where workspace_id = ? and ${whom}) as person
    left join teams as giving on giving.workspace_id = person.workspace_id and giving.id = person.team_id
    where users.workspace_id = ? and users.id = person.id
      and (users.role <> ${role} or users.role_source <> ${source} or users.role_team_id is distinct from giving.id)`;
  // In one order, so that two who hold some of the same do not wait for each other.
  return { hold: `select id from users where workspace_id = ? and ${whom} order by id for update`, apply };
}

function rankOf(role: string): string {
  return `case ${role} ${ROLES.map((name, rank) => `when '${name}' then ${rank}`).join(' ')} else -1 end`;
}
