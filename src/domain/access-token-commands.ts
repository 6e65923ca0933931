import {
  ACCESS_TOKEN_DAYS,
  ACCESS_TOKEN_LIMIT,
  LONGEST_ACCESS_TOKEN_DAYS,
  usableTokens,
  type AccessToken,
} from './access-token.ts';
import { authorize, missingPermission } from './actor.ts';
import { invalid, invalidInput, notFound, ruleBroken, sessionNeeded } from './errors.ts';
import type { Context, Transaction } from './ports.ts';
import { recordAudit } from './record.ts';
import { KEY_NAME_LENGTH } from './scim-credential.ts';
import { isActive } from './user.ts';
import { DAY, issueOf, later, nameFault, type Instant } from './values.ts';

/** What a personal access token is made of. */
export interface NewAccessToken {
  readonly userId: string;
  readonly name: string;
  /** Left out: 90 days from now. */
  readonly expiresAt?: Instant;
}

/**
 * Creates a personal access token for a user, as a rule for oneself and never by means of another token; the answer
 * carries the secret, this once.
 * Fails with: Unauthenticated, Forbidden, InvalidInput, NotFound, RuleBroken(ACCESS_TOKEN_LIMIT).
 */
export async function createAccessToken(
  ctx: Context,
  input: NewAccessToken,
): Promise<{ token: AccessToken; secret: string }> {
  const { actor } = ctx;
  if (actor.kind === 'user' && actor.accessTokenId !== undefined) throw sessionNeeded();
  authorize(actor, 'createAccessToken', input.userId);
  checkInput(input, ctx.clock.now());
  return ctx.store.inWorkspace(ctx.workspaceId, async (tx) => {
    await requireRoom(ctx, tx, input.userId);
    const { token, secret } = newToken(ctx, input);
    await tx.accessTokens.add(token);
    const changes = [{ path: 'name', before: null, after: JSON.stringify(token.name), redacted: false }];
    await recordAudit(ctx, tx, { name: 'AccessTokenCreated', targetId: token.id, targetName: token.name, changes });
    return { token, secret };
  });
}

/** Ends one of the actor's own personal access tokens, for good. Fails with: NotFound. */
export async function revokeAccessToken(ctx: Context, id: string): Promise<void> {
  await ctx.store.inWorkspace(ctx.workspaceId, async (tx) => {
    const token = await tx.accessTokens.get(id);
    // Nobody is told of the tokens of others.
    if (token === undefined || missingPermission(ctx.actor, 'revokeAccessToken', token.userId) !== undefined)
      throw notFound('AccessToken', id, 'accessTokenId');
    await tx.accessTokens.remove(id);
    const changes = [{ path: 'name', before: JSON.stringify(token.name), after: null, redacted: false }];
    await recordAudit(ctx, tx, { name: 'AccessTokenRevoked', targetId: id, targetName: token.name, changes });
  });
}

function checkInput({ name, expiresAt }: NewAccessToken, now: Instant): void {
  const issues = [
    ...issueOf(['name'], nameFault('The name', name, KEY_NAME_LENGTH)),
    ...issueOf(['expiresAt'], expiresAt === undefined ? undefined : expiryFault(expiresAt, now)),
  ];
  if (issues.length > 0) throw invalidInput(issues);
}

function expiryFault(expiresAt: Instant, now: Instant): string | undefined {
  if (expiresAt >= later(now, DAY) && expiresAt <= later(now, LONGEST_ACCESS_TOKEN_DAYS * DAY)) return undefined;
  return `A token lives 1 to ${LONGEST_ACCESS_TOKEN_DAYS} days; ${expiresAt} is outside of that. Choose another time.`;
}

async function requireRoom(ctx: Context, tx: Transaction, userId: string): Promise<void> {
  const user = await tx.users.get(userId);
  if (user === undefined) throw notFound('User', userId, 'userId');
  if (!isActive(user)) throw invalid(['userId'], `${user.userName} is deactivated. Reactivate the user first.`);
  const usable = usableTokens(await tx.accessTokens.ofUser(userId), ctx.clock.now());
  if (usable.length >= ACCESS_TOKEN_LIMIT) throw tokenLimit();
}

function newToken(ctx: Context, { userId, name, expiresAt }: NewAccessToken) {
  const { plain, publicId, hash } = ctx.secrets.issue('pat');
  const createdAt = ctx.clock.now();
  const token: AccessToken = {
    workspaceId: ctx.workspaceId,
    id: ctx.ids.next(),
    userId,
    publicId,
    secretHash: hash,
    name,
    expiresAt: expiresAt ?? later(createdAt, ACCESS_TOKEN_DAYS * DAY),
    lastUsedAt: null,
    createdAt,
  };
  return { token, secret: plain };
}

function tokenLimit() {
  return ruleBroken(
    'ACCESS_TOKEN_LIMIT',
    `A user has at most ${ACCESS_TOKEN_LIMIT} personal access tokens.`,
    'Revoke one that is no longer used first.',
  );
}
