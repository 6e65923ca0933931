import { authorize } from './actor.ts';
import { alreadyExists, invalid, invalidInput, notFound, type Issue } from './errors.ts';
import type { DomainEventName } from './events.ts';
import type { Context, Transaction } from './ports.ts';
import { recordAudit } from './record.ts';
import {
  CREDENTIAL_LIMIT,
  credentialLimit,
  credentialNotUsable,
  credentialStatus,
  KEY_NAME_LENGTH,
  LONGEST_OVERLAP_HOURS,
  type ScimCredential,
} from './scim-credential.ts';
import { compareKey, DAY, HOUR, issueOf, later, nameFault, type Instant } from './values.ts';
import { requireSso, type Workspace } from './workspace.ts';

/** A credential with its secret: shown in this one answer and nowhere else. */
export interface GeneratedCredential {
  readonly credential: ScimCredential;
  readonly secret: string;
}

/**
 * Generates a SCIM credential. Left without `expiresAt` it lives as long as the settings allow.
 * Fails with: Forbidden, InvalidInput, AlreadyExists(name), RuleBroken(SSO_NOT_IN_SUBSCRIPTION, CREDENTIAL_LIMIT).
 */
export async function generateScimCredential(
  ctx: Context,
  input: { readonly name: string; readonly expiresAt?: Instant },
): Promise<GeneratedCredential> {
  authorize(ctx.actor, 'manageScimCredentials');
  return ctx.store.inWorkspace(ctx.workspaceId, async (tx) => {
    const workspace = await entitled(ctx, tx);
    const issues = [
      ...issueOf(['name'], credentialNameFault(input.name)),
      ...expiryIssues(ctx, workspace, input.expiresAt),
    ];
    if (issues.length > 0) throw invalidInput(issues);
    const active = await activeCredentials(ctx, tx);
    requireFreeName(active, input.name);
    if (active.length >= CREDENTIAL_LIMIT) throw credentialLimit();
    const made = newCredential(ctx, workspace, input.name, input.expiresAt, null);
    await tx.credentials.add(made.credential);
    await audit(ctx, tx, 'ScimCredentialGenerated', made.credential);
    return made;
  });
}

/** How a rotation goes. */
export interface Rotation {
  readonly credentialId: string;
  /** How long the old credential keeps working: 0 to 168 hours. */
  readonly overlapHours: number;
  readonly expiresAt?: Instant;
}

/**
 * Generates a credential to replace another, which keeps working for the overlap.
 * Fails with: Forbidden, InvalidInput, NotFound, RuleBroken(SSO_NOT_IN_SUBSCRIPTION, CREDENTIAL_NOT_USABLE).
 */
export async function rotateScimCredential(ctx: Context, input: Rotation): Promise<GeneratedCredential> {
  authorize(ctx.actor, 'manageScimCredentials');
  return ctx.store.inWorkspace(ctx.workspaceId, async (tx) => {
    const workspace = await entitled(ctx, tx);
    const issues = [...overlapIssues(input.overlapHours), ...expiryIssues(ctx, workspace, input.expiresAt)];
    if (issues.length > 0) throw invalidInput(issues);
    const old = await existing(tx, input.credentialId);
    const status = credentialStatus(old, ctx.clock.now());
    if (status !== 'ACTIVE') throw credentialNotUsable(status);
    const made = newCredential(ctx, workspace, old.name, input.expiresAt, old.id);
    const overlapEndsAt = later(ctx.clock.now(), input.overlapHours * HOUR);
    await tx.credentials.save({ ...old, overlapEndsAt, successorId: made.credential.id });
    await tx.credentials.add(made.credential);
    await audit(ctx, tx, 'ScimCredentialRotated', made.credential);
    return made;
  });
}

/** Renames a credential. Fails with: Forbidden, InvalidInput, NotFound, AlreadyExists(name). */
export async function renameScimCredential(ctx: Context, credentialId: string, name: string): Promise<ScimCredential> {
  authorize(ctx.actor, 'manageScimCredentials');
  const fault = credentialNameFault(name);
  if (fault !== undefined) throw invalid(['name'], fault);
  return ctx.store.inWorkspace(ctx.workspaceId, async (tx) => {
    const before = await existing(tx, credentialId);
    if (before.name === name) return before;
    const others = (await activeCredentials(ctx, tx)).filter((credential) => credential.id !== credentialId);
    requireFreeName(others, name);
    const after = { ...before, name };
    await tx.credentials.save(after);
    await audit(ctx, tx, 'ScimCredentialRenamed', after, before.name);
    return after;
  });
}

/** Revokes a credential: the next call with it is refused. Fails with: Forbidden, NotFound. */
export async function revokeScimCredential(ctx: Context, credentialId: string): Promise<ScimCredential> {
  authorize(ctx.actor, 'manageScimCredentials');
  return ctx.store.inWorkspace(ctx.workspaceId, async (tx) => {
    const before = await existing(tx, credentialId);
    if (before.revokedAt !== null) return before;
    const revokedById = ctx.actor.kind === 'user' ? ctx.actor.userId : null;
    const after = { ...before, revokedAt: ctx.clock.now(), revokedById };
    await tx.credentials.save(after);
    await audit(ctx, tx, 'ScimCredentialRevoked', after);
    return after;
  });
}

async function entitled(ctx: Context, tx: Transaction): Promise<Workspace> {
  const workspace = await tx.workspace();
  if (workspace === undefined) throw notFound('Workspace', ctx.workspaceId);
  requireSso(workspace);
  return workspace;
}

async function existing(tx: Transaction, credentialId: string): Promise<ScimCredential> {
  const credential = await tx.credentials.get(credentialId);
  if (credential === undefined) throw notFound('ScimCredential', credentialId, 'scimCredentialId');
  return credential;
}

async function activeCredentials(ctx: Context, tx: Transaction): Promise<ScimCredential[]> {
  const now = ctx.clock.now();
  const all = await tx.credentials.all();
  return all.filter((credential) => credentialStatus(credential, now) === 'ACTIVE');
}

function requireFreeName(active: readonly ScimCredential[], name: string): void {
  const key = compareKey(name);
  if (active.some((credential) => compareKey(credential.name) === key))
    throw alreadyExists('ScimCredential', 'name', name);
}

function credentialNameFault(name: string): string | undefined {
  return nameFault('The name', name, KEY_NAME_LENGTH);
}

function overlapIssues(hours: number): Issue[] {
  if (Number.isInteger(hours) && hours >= 0 && hours <= LONGEST_OVERLAP_HOURS) return [];
  return [{ path: ['overlapHours'], message: `The overlap is ${hours} hours. Choose 0 to ${LONGEST_OVERLAP_HOURS}.` }];
}

function expiryIssues(ctx: Context, workspace: Workspace, expiresAt: Instant | undefined): Issue[] {
  if (expiresAt === undefined) return [];
  if (expiresAt <= ctx.clock.now())
    return [{ path: ['expiresAt'], message: `${expiresAt} is in the past. Choose a later time.` }];
  const latest = latestExpiry(ctx, workspace);
  if (latest === null || expiresAt <= latest) return [];
  const days = workspace.settings.maxCredentialLifetimeDays;
  return [
    {
      path: ['expiresAt'],
      message: `The settings allow credentials to live at most ${days} days. Choose ${latest} or earlier.`,
    },
  ];
}

function latestExpiry(ctx: Context, workspace: Workspace): Instant | null {
  const days = workspace.settings.maxCredentialLifetimeDays;
  return days === null ? null : later(ctx.clock.now(), days * DAY);
}

function newCredential(
  ctx: Context,
  workspace: Workspace,
  name: string,
  expiresAt: Instant | undefined,
  predecessorId: string | null,
): GeneratedCredential {
  const { plain, publicId, hash } = ctx.secrets.issue('scim');
  const credential: ScimCredential = {
    workspaceId: ctx.workspaceId,
    id: ctx.ids.next(),
    publicId,
    secretHash: hash,
    name,
    expiresAt: expiresAt ?? latestExpiry(ctx, workspace),
    firstUsedAt: null,
    lastUsedAt: null,
    lastUsedIp: null,
    lastUsedUserAgent: null,
    predecessorId,
    successorId: null,
    overlapEndsAt: null,
    revokedAt: null,
    revokedById: null,
    createdById: ctx.actor.kind === 'user' ? ctx.actor.userId : null,
    createdAt: ctx.clock.now(),
  };
  return { credential, secret: plain };
}

function audit(
  ctx: Context,
  tx: Transaction,
  event: DomainEventName,
  credential: ScimCredential,
  nameBefore: string | null = null,
): Promise<void> {
  const { id: targetId, name: targetName } = credential;
  const before = nameBefore === null ? null : JSON.stringify(nameBefore);
  const changes = [{ path: 'name', before, after: JSON.stringify(targetName), redacted: false }];
  return recordAudit(ctx, tx, { name: event, targetId, targetName, changes });
}
