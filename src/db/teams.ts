import { alreadyExists, type DomainError } from '../domain/errors.ts';
import type { MembersChanged, TeamRepository } from '../domain/team-repository.ts';
import type { MemberChange, Team } from '../domain/team.ts';
import type { Instant } from '../domain/values.ts';
import { clashingField } from './constraints.ts';
import { count } from './counters.ts';
import { changeMembers } from './memberships.ts';
import { numberedInsert } from './order.ts';
import { applyRoles, applyRolesByTeam, applyRolesOfTeam } from './roles.ts';
import { firstRow, holding, textFor, type Session, type Statement } from './session.ts';
import { SAVED_TEAM_COLUMNS, savedTeamValues, TEAM_COLUMNS, teamOf, type TeamRow } from './team-rows.ts';

const WHERE_ID = 'where workspace_id = ? and id = ?';
const GET = holding(`select ${TEAM_COLUMNS} from teams ${WHERE_ID}`);
const INSERT = numberedInsert('teams', SAVED_TEAM_COLUMNS);
const UPDATE = `update teams set ${SAVED_TEAM_COLUMNS.map((column) => `${column} = ?`).join(', ')} ${WHERE_ID}`;
const NAME_TAKEN = 'select 1 from teams where workspace_id = ? and name_key = ? and id <> ?';
const TOUCH = `update teams set last_synced_at = ? ${WHERE_ID}`;
const DELETE = `delete from teams ${WHERE_ID}`;

/** The team with an id. */
export async function teamById(session: Session, workspaceId: string, id: string): Promise<Team | undefined> {
  return teamOf(await firstRow<TeamRow>(session, textFor(session, GET), [workspaceId, id]));
}

/** Teams within one transaction on one workspace. */
export class Teams implements TeamRepository {
  readonly #session: Session;
  readonly #workspaceId: string;

  constructor(session: Session, workspaceId: string) {
    this.#session = session;
    this.#workspaceId = workspaceId;
  }

  get(id: string): Promise<Team | undefined> {
    return teamById(this.#session, this.#workspaceId, id);
  }

  async add(team: Team): Promise<void> {
    const workspaceId = this.#workspaceId;
    await this.#write(team, INSERT(this.#session, { workspaceId, id: team.id, values: savedTeamValues(team) }));
    await count(this.#session, workspaceId, 'teamAdded');
  }

  async save(team: Team): Promise<void> {
    await this.#write(team, { sql: UPDATE, parameters: [...savedTeamValues(team), this.#workspaceId, team.id] });
    await count(this.#session, this.#workspaceId, 'teamSaved');
  }

  async touchSynced(id: string, at: Instant): Promise<void> {
    await this.#session.run(TOUCH, [at, this.#workspaceId, id]);
  }

  async remove(id: string, at: Instant): Promise<void> {
    // Its memberships go with it.
    const removed = await this.#session.run(DELETE, [this.#workspaceId, id]);
    if (removed === 0) return;
    await count(this.#session, this.#workspaceId, 'teamRemoved');
    await applyRolesByTeam(this.#session, this.#workspaceId, id, at);
  }

  changeMembers(teamId: string, change: MemberChange): Promise<MembersChanged> {
    return changeMembers({ session: this.#session, workspaceId: this.#workspaceId, teamId }, change);
  }

  async applyRoles(userIds: readonly string[], at: Instant): Promise<void> {
    if (userIds.length > 0) await applyRoles(this.#session, this.#workspaceId, userIds, at);
  }

  applyRolesOfTeam(teamId: string, at: Instant): Promise<void> {
    return applyRolesOfTeam(this.#session, this.#workspaceId, teamId, at);
  }

  async #write(team: Team, { sql, parameters }: Statement): Promise<void> {
    try {
      await this.#session.run(sql, parameters);
    } catch (error) {
      const values = [this.#workspaceId, team.nameKey, team.id];
      const first = { field: 'name', taken: { sql: NAME_TAKEN, parameters: values } };
      throw refusalOf(team, await clashingField(this.#session, error, first)) ?? error;
    }
  }
}

function refusalOf(team: Team, field: string | undefined): DomainError | undefined {
  if (field === 'name') return alreadyExists('Team', field, team.name);
  if (field === 'externalId' && team.externalId !== null) return alreadyExists('Team', field, team.externalId);
  return undefined;
}
