import { notFound } from '../domain/errors.ts';
import type { UserAttributes } from '../domain/user-attributes.ts';
import type { User } from '../domain/user.ts';
import { createUser, deleteUser, updateUser } from '../domain/user-commands.ts';
import { sliceOf } from './cursor.ts';
import { etagOf } from './etag.ts';
import { toCriteria, toFieldOrder } from './filter/to-criteria.ts';
import { USER_FILTERS } from './filter/user-filters.ts';
import type { TeamOfUser } from '../domain/team-repository.ts';
import type { ListRequest } from './list-request.ts';
import { applyPatch } from './patch/apply.ts';
import type { PatchOperation } from './patch/operations.ts';
import { passwordOf } from './patch/password.ts';
import {
  expectation,
  isWanted,
  type Call,
  type Rendered,
  type RenderedPage,
  type ResourceType,
} from './resource-type.ts';
import { readResource, type ReadResource } from './schema/read.ts';
import { USER } from './schema/user.ts';
import {
  fromAttributes,
  replaced,
  toAttributes,
  toUserResource,
  userLocation,
  withoutOwnReference,
  type Relations,
} from './user.ts';

/** `/Users` (RFC 7643 §4.1). */
export const USERS: ResourceType = {
  endpoint: 'Users',
  schema: USER,
  operations: { create: 'CREATE_USER', update: 'UPDATE_USER', remove: 'DELETE_USER', read: 'READ_USERS' },
  read: (body, tolerate) => readResource(USER, body, tolerate),
  create,
  get,
  list,
  replace,
  patch,
  remove: (call, id) => deleteUser(call.ctx, id, expectation(call)),
};

async function create(call: Call, body: ReadResource): Promise<Rendered> {
  const attributes = withoutOwnReference(toAttributes(body.resource), call.baseUrl);
  const user = await createUser(call.ctx, attributes, undefined, body.password);
  // Nobody is in a team before there is an id to add to it.
  return rendered(call, user, { teams: [], manager: managerIn(await managersOf(call, [user]), user) });
}

async function get(call: Call, id: string): Promise<Rendered> {
  const user = await call.ctx.store.workspace(call.ctx.workspaceId).users.get(id);
  if (user === undefined) throw notFound('User', id);
  return rendered(call, user, await relationsOf(call, user));
}

async function list(call: Call, request: ListRequest): Promise<RenderedPage> {
  const { filter, sort } = request;
  const criteria = filter === undefined ? undefined : toCriteria(filter, USER_FILTERS);
  const reader = call.ctx.store.workspace(call.ctx.workspaceId);
  const order = sort === undefined ? undefined : toFieldOrder(sort, USER_FILTERS);
  const { users, ...page } = await reader.users.find(criteria, sliceOf(request), order);
  const teams = Map.groupBy(await teamsOf(call, users), ({ userId }) => userId);
  const managers = await managersOf(call, users);
  const related = (user: User) => ({ teams: teams.get(user.id) ?? [], manager: managerIn(managers, user) });
  return { ...page, resources: users.map((user) => toUserResource(user, related(user), call.baseUrl)) };
}

async function replace(call: Call, id: string, body: ReadResource): Promise<Rendered> {
  const { password } = body;
  const change = (before: Readonly<UserAttributes>) => withoutOwnReference(replaced(body, before), call.baseUrl);
  const user = await updateUser(call.ctx, id, change, { ...expectation(call), password });
  return rendered(call, user, await relationsOf(call, user));
}

async function patch(call: Call, id: string, operations: readonly PatchOperation[]): Promise<Rendered> {
  const { tolerate } = call;
  const password = passwordOf(USER, operations);
  const user = await updateUser(
    call.ctx,
    id,
    (before) => {
      const { resource } = applyPatch(USER, fromAttributes(before), { operations, tolerate });
      return withoutOwnReference(toAttributes(resource, before), call.baseUrl);
    },
    { ...expectation(call), password },
  );
  return rendered(call, user, await relationsOf(call, user));
}

/** The teams of a page of users in one question, or none where the answer does not hold them. */
async function teamsOf(call: Call, users: readonly User[]): Promise<TeamOfUser[]> {
  if (users.length === 0 || !isWanted(call, 'groups')) return [];
  return call.ctx.store.workspace(call.ctx.workspaceId).teams.ofUsers(users.map(({ id }) => id));
}

/** The managers of a page of users in one question, or none where nobody has one or the answer does not hold them. */
async function managersOf(call: Call, users: readonly User[]): Promise<ReadonlyMap<string, User>> {
  const ids = new Set(users.flatMap(({ profile }) => profile.enterprise?.manager?.value ?? []));
  if (ids.size === 0 || !isWanted(call, 'manager')) return new Map();
  const found = await call.ctx.store.workspace(call.ctx.workspaceId).users.many([...ids]);
  return new Map(found.map((user) => [user.id, user]));
}

function managerIn(managers: ReadonlyMap<string, User>, { profile }: User): User | undefined {
  const id = profile.enterprise?.manager?.value;
  return id === undefined ? undefined : managers.get(id);
}

async function relationsOf(call: Call, user: User): Promise<Relations> {
  return { teams: await teamsOf(call, [user]), manager: managerIn(await managersOf(call, [user]), user) };
}

function rendered(call: Call, user: User, relations: Relations): Rendered {
  return {
    id: user.id,
    name: user.userName,
    resource: toUserResource(user, relations, call.baseUrl),
    location: userLocation(call.baseUrl, user.id),
    etag: etagOf(user.version),
  };
}
