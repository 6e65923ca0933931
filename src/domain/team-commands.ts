import { authorize, type Role } from './actor.ts';
import { type DomainError, invalid, notFound, ruleBroken, versionMismatch } from './errors.ts';
import type { Context, Transaction } from './ports.ts';
import { requireGroupPush } from './provisioning-settings.ts';
import { checkTeam } from './team-rules.ts';
import { changesOf, memberChanges, tell, type Moved } from './team-record.ts';
import { MEMBERS_A_REQUEST, renamedTeam, syncedTeam, type MappedRole, type MemberChange, type Team } from './team.ts';
import { namingTheTeam } from './unique-holder.ts';
import type { Expectation } from './user-commands.ts';
import { compareKey } from './values.ts';

/** What a new team is made of. */
export interface NewTeam {
  readonly name: string;
  readonly externalId?: string;
  /** OWNER is refused. */
  readonly roleMapping?: Role;
  readonly memberIds?: readonly string[];
}

/**
 * Creates a team. The directory's teams are managed by it, others by the workspace.
 * Fails with: Forbidden, InvalidInput, AlreadyExists(name, externalId), RuleBroken(GROUP_PUSH_OFF).
 */
export async function createTeam(ctx: Context, input: NewTeam): Promise<Team> {
  authorize(ctx.actor, 'manageTeams');
  checkTeam(input);
  return namingTheTeam(ctx, () =>
    ctx.store.inWorkspace(ctx.workspaceId, async (tx) => {
      await admitGroupPush(ctx, tx);
      const team = newTeam(ctx, input);
      await tx.teams.add(team);
      const memberIds = input.memberIds ?? [];
      const moved = await applyMembers(ctx, tx, team, [{ kind: 'add', userIds: memberIds }]);
      const changes = [...changesOf(undefined, team), ...memberChanges(moved)];
      await tell(ctx, tx, team, {
        name: 'TeamCreated',
        operation: 'CREATE_TEAM',
        changes,
        hasChanged: true,
        verb: 'Created',
      });
      return team;
    }),
  );
}

/** What is to be different of a team; what is left out stays. */
export interface TeamChange {
  readonly name?: string;
  /** null takes it away. */
  readonly externalId?: string | null;
  /** null takes it away, OWNER is refused; people of the workspace alone set it. */
  readonly roleMapping?: Role | null;
  /** Applied in order. */
  readonly members?: readonly MemberChange[];
}

/**
 * Changes a team's name, ids or members, without ever loading who is in it. The directory's write links a team that the
 * workspace managed; people change the name and members of their own teams alone.
 * Fails with: Forbidden, NotFound, VersionMismatch, InvalidInput, AlreadyExists(name, externalId),
 * RuleBroken(GROUP_PUSH_OFF, MANAGED_BY_DIRECTORY).
 */
export async function changeTeam(
  ctx: Context,
  id: string,
  change: TeamChange,
  expect: Expectation = {},
): Promise<Team> {
  authorize(ctx.actor, 'manageTeams');
  checkTeam(change);
  return namingTheTeam(ctx, () =>
    ctx.store.inWorkspace(ctx.workspaceId, async (tx) => {
      await admitGroupPush(ctx, tx);
      const before = await existing(tx, id, expect);
      if (touchesManaged(before, change)) requireEditable(ctx, before, change.name === undefined ? undefined : 'name');
      const moved = await applyMembers(ctx, tx, before, change.members ?? []);
      return saveChange(ctx, tx, { before, after: changed(ctx, before, change), moved });
    }),
  );
}

/**
 * Deletes a team; its members stay users.
 * Fails with: Forbidden, NotFound, VersionMismatch, RuleBroken(GROUP_PUSH_OFF, MANAGED_BY_DIRECTORY).
 */
export async function deleteTeam(ctx: Context, id: string, expect: Expectation = {}): Promise<void> {
  authorize(ctx.actor, 'manageTeams');
  await ctx.store.inWorkspace(ctx.workspaceId, async (tx) => {
    await admitGroupPush(ctx, tx);
    const team = await existing(tx, id, expect);
    requireEditable(ctx, team);
    await tx.teams.remove(id, ctx.clock.now());
    const changes = changesOf(team, undefined);
    await tell(ctx, tx, team, {
      name: 'TeamDeleted',
      operation: 'DELETE_TEAM',
      changes,
      hasChanged: true,
      verb: 'Deleted',
    });
  });
}

/** Stops directory management of a team; its members stay. Fails with: Forbidden, NotFound. */
export async function unlinkTeam(ctx: Context, id: string): Promise<Team> {
  authorize(ctx.actor, 'unlink');
  return ctx.store.inWorkspace(ctx.workspaceId, async (tx) => {
    const before = await existing(tx, id, {});
    if (before.managedBy === 'WORKSPACE') return before;
    const free: Team = {
      ...before,
      managedBy: 'WORKSPACE',
      externalId: null,
      adopted: false,
      linkedAt: null,
      lastSyncedAt: null,
    };
    const after = { ...free, version: before.version + 1, updatedAt: ctx.clock.now() };
    await tx.teams.save(after);
    const changes = changesOf(before, after);
    await tell(ctx, tx, after, {
      name: 'TeamUnlinked',
      operation: 'UPDATE_TEAM',
      changes,
      hasChanged: true,
      verb: 'Unlinked',
    });
    return after;
  });
}

async function applyMembers(
  ctx: Context,
  tx: Transaction,
  team: Team,
  changes: readonly MemberChange[],
): Promise<Moved> {
  const named = changes.reduce((sum, { userIds }) => sum + userIds.length, 0);
  if (named > MEMBERS_A_REQUEST)
    throw invalid(['members'], `${named} members are named. Send at most ${MEMBERS_A_REQUEST} in one request.`);
  const added = new Set<string>();
  const removed = new Set<string>();
  for (const change of changes) {
    const step = await tx.teams.changeMembers(team.id, change, ctx.clock.now());
    if (step.unknown.length > 0) throw unknownMember(step.unknown[0]!);
    for (const id of step.added) if (!removed.delete(id)) added.add(id);
    for (const id of step.removed) if (!added.delete(id)) removed.add(id);
  }
  const moved = { added: [...added], removed: [...removed] };
  if (team.roleMapping !== null) await tx.teams.applyRoles([...moved.added, ...moved.removed], ctx.clock.now());
  return moved;
}

async function saveChange(
  ctx: Context,
  tx: Transaction,
  { before, after, moved }: { before: Team; after: Team; moved: Moved },
): Promise<Team> {
  const changes = [...changesOf(before, after), ...memberChanges(moved)];
  const hasChanged = changes.length > 0 || before.managedBy !== after.managedBy;
  const deed = { name: 'TeamUpdated', operation: 'UPDATE_TEAM', changes, hasChanged, verb: 'Updated' } as const;
  await tell(ctx, tx, after, deed);
  if (!hasChanged) {
    if (after.lastSyncedAt !== null) await tx.teams.touchSynced(after.id, after.lastSyncedAt);
    return { ...before, lastSyncedAt: after.lastSyncedAt };
  }
  const next = { ...after, version: before.version + 1, updatedAt: ctx.clock.now() };
  await tx.teams.save(next);
  if (before.roleMapping !== next.roleMapping) await tx.teams.applyRolesOfTeam(next.id, ctx.clock.now());
  return next;
}

type Checked<Input> = Input & { readonly roleMapping?: MappedRole | null };

function changed(ctx: Context, before: Team, { name, externalId, roleMapping }: Checked<TeamChange>): Team {
  const managed = ctx.actor.kind === 'scimCredential' ? syncedTeam(before, ctx.clock.now()) : before;
  const named = name === undefined ? managed : renamedTeam(managed, name);
  return {
    ...named,
    externalId: externalId === undefined ? named.externalId : externalId,
    roleMapping: roleMapping === undefined ? named.roleMapping : roleMapping,
  };
}

function newTeam(ctx: Context, { name, externalId, roleMapping }: Checked<NewTeam>): Team {
  const now = ctx.clock.now();
  const bySync = ctx.actor.kind === 'scimCredential';
  return {
    workspaceId: ctx.workspaceId,
    id: ctx.ids.next(),
    name,
    nameKey: compareKey(name),
    externalId: externalId ?? null,
    managedBy: bySync ? 'DIRECTORY' : 'WORKSPACE',
    adopted: false,
    linkedAt: bySync ? now : null,
    lastSyncedAt: bySync ? now : null,
    roleMapping: roleMapping ?? null,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}

async function existing(tx: Transaction, id: string, expect: Expectation): Promise<Team> {
  const team = await tx.teams.get(id);
  if (team === undefined) throw notFound('Team', id, 'teamId');
  if (expect.version !== undefined && expect.version !== team.version)
    throw versionMismatch(expect.version, team.version);
  return team;
}

async function admitGroupPush(ctx: Context, tx: Transaction): Promise<void> {
  if (ctx.actor.kind !== 'scimCredential') return;
  const workspace = await tx.workspace();
  if (workspace !== undefined) requireGroupPush(workspace.settings);
}

/** A form that sends the name as it is changes nothing. */
function touchesManaged(before: Team, { name, externalId, members }: TeamChange): boolean {
  return (name !== undefined && name !== before.name) || externalId !== undefined || members !== undefined;
}

/** Lets people pass for their own teams, and the directory for all. Fails with: RuleBroken(MANAGED_BY_DIRECTORY). */
export function requireEditable(ctx: Context, team: Team, field?: string): void {
  if (ctx.actor.kind === 'scimCredential' || team.managedBy === 'WORKSPACE') return;
  throw ruleBroken(
    'MANAGED_BY_DIRECTORY',
    `The team ${team.name} is managed by the directory and is changed only there.`,
    'Make the change in the directory (Okta, for example), or unlink the team first.',
    field,
  );
}

function unknownMember(id: string): DomainError {
  return invalid(
    ['members'],
    `members names the user ${JSON.stringify(id.slice(0, 100))}, who is not in this workspace. Provision the user first, then push the group again.`,
  );
}
