import { notFound } from '../domain/errors.ts';
import type { Member, TeamReader } from '../domain/team-repository.ts';
import type { Team } from '../domain/team.ts';
import { changeTeam, createTeam, deleteTeam, type TeamChange } from '../domain/team-commands.ts';
import { sliceOf } from './cursor.ts';
import { etagOf } from './etag.ts';
import { GROUP_FILTERS } from './filter/group-filters.ts';
import { toCriteria, toFieldOrder } from './filter/to-criteria.ts';
import { groupLocation, readGroup, toGroupResource, wordsOf } from './group.ts';
import type { ListRequest } from './list-request.ts';
import { teamChangeOf } from './patch/membership.ts';
import type { PatchOperation } from './patch/operations.ts';
import {
  expectation,
  isWanted,
  type Call,
  type Rendered,
  type RenderedPage,
  type ResourceType,
} from './resource-type.ts';
import { GROUP } from './schema/group.ts';
import type { ReadResource } from './schema/read.ts';

/** `/Groups` (RFC 7643 §4.2): teams, as the directory reads and writes them. */
export const GROUPS: ResourceType = {
  endpoint: 'Groups',
  schema: GROUP,
  operations: { create: 'CREATE_TEAM', update: 'UPDATE_TEAM', remove: 'DELETE_TEAM', read: 'READ_TEAMS' },
  read: readGroup,
  create,
  get,
  list,
  replace,
  patch,
  remove: (call, id) => deleteTeam(call.ctx, id, expectation(call)),
};

/** Above so many members a PATCH is answered without the group: nobody needs a megabyte back (design §5.12). */
export const MOST_MEMBERS_SHOWN = 1_000;

async function create(call: Call, body: ReadResource): Promise<Rendered> {
  const { externalId, ...words } = wordsOf(body);
  const team = await createTeam(call.ctx, { ...words, ...(typeof externalId === 'string' ? { externalId } : {}) });
  return rendered(call, team, await membersOf(call, team));
}

async function get(call: Call, id: string): Promise<Rendered> {
  const team = await teamsOf(call).get(id);
  if (team === undefined) throw notFound('Team', id);
  return rendered(call, team, await membersOf(call, team));
}

async function list(call: Call, request: ListRequest): Promise<RenderedPage> {
  const { filter, sort } = request;
  const criteria = filter === undefined ? undefined : toCriteria(filter, GROUP_FILTERS);
  const order = sort === undefined ? undefined : toFieldOrder(sort, GROUP_FILTERS);
  const reader = teamsOf(call);
  const { teams, ...page } = await reader.find(criteria, sliceOf(request), order);
  if (teams.length === 0 || !isWanted(call, 'members'))
    return { ...page, resources: teams.map((team) => toGroupResource(team, undefined, call.baseUrl)) };
  const members = await reader.membersOf(teams.map(({ id }) => id));
  return { ...page, resources: teams.map((team) => toGroupResource(team, members.get(team.id) ?? [], call.baseUrl)) };
}

/** What is absent stays: name and members are replaced (RFC 7644 §3.5.1, contract §10 rule 3). */
async function replace(call: Call, id: string, body: ReadResource): Promise<Rendered> {
  const { memberIds, ...words } = wordsOf(body);
  const members = memberIds === undefined ? {} : { members: [{ kind: 'replace', userIds: memberIds }] as const };
  const team = await changeTeam(call.ctx, id, { ...words, ...members }, expectation(call));
  return rendered(call, team, await membersOf(call, team));
}

async function patch(call: Call, id: string, operations: readonly PatchOperation[]): Promise<Rendered> {
  const change = teamChangeOf(operations, call.tolerate);
  const isBrief = await isAnsweredBriefly(call, id, change);
  if (isBrief) call.willAnswer(204);
  const team = await changeTeam(call.ctx, id, change, expectation(call));
  if (!isBrief) return rendered(call, team, await membersOf(call, team));
  const { resource: _resource, ...brief } = rendered(call, team, undefined);
  return brief;
}

/** Counted before the change and never loaded; RFC 7644 §3.5.2 asks for the resource where `attributes` is sent, and only there. */
async function isAnsweredBriefly(call: Call, id: string, { members = [] }: TeamChange): Promise<boolean> {
  if (call.projection?.mode === 'only') return false;
  let most = await teamsOf(call).countMembers(id, MOST_MEMBERS_SHOWN + 1);
  for (const { kind, userIds } of members) {
    if (kind === 'replace') most = userIds.length;
    else if (kind === 'add') most += userIds.length;
  }
  return most > MOST_MEMBERS_SHOWN;
}

async function membersOf(call: Call, { id }: Team): Promise<Member[] | undefined> {
  return isWanted(call, 'members') ? teamsOf(call).members(id) : undefined;
}

function teamsOf({ ctx }: Call): TeamReader {
  return ctx.store.workspace(ctx.workspaceId).teams;
}

function rendered(call: Call, team: Team, members: readonly Member[] | undefined): Rendered {
  return {
    id: team.id,
    name: team.name,
    resource: toGroupResource(team, members, call.baseUrl),
    location: groupLocation(call.baseUrl, team.id),
    etag: etagOf(team.version),
  };
}
