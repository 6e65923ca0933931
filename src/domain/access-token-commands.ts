import { ACCESS_TOKEN_DAYS, ACCESS_TOKEN_LIMIT, type AccessToken } from './access-token.ts';
import { authorize } from './actor.ts';
import { invalid, notFound, ruleBroken } from './errors.ts';
import type { Context } from './ports.ts';
import { recordAudit } from './record.ts';
import { KEY_NAME_LENGTH } from './scim-credential.ts';
import { isActive } from './user.ts';
import { DAY, later, nameFault } from './values.ts';

/**
 * Creates a personal access token for a user, living 90 days; the answer carries the secret, this once.
 * Fails with: Forbidden, InvalidInput, NotFound, RuleBroken(ACCESS_TOKEN_LIMIT).
 */
export async function createAccessToken(
  ctx: Context,
  input: { readonly userId: string; readonly name: string },
): Promise<{ token: AccessToken; secret: string }> {
  authorize(ctx.actor, 'createAccessToken');
  const fault = nameFault('The name', input.name, KEY_NAME_LENGTH);
  if (fault !== undefined) throw invalid(['name'], fault);
  return ctx.store.inWorkspace(ctx.workspaceId, async (tx) => {
    const user = await tx.users.get(input.userId);
    if (user === undefined) throw notFound('User', input.userId, 'userId');
    if (!isActive(user)) throw invalid(['userId'], `${user.userName} is deactivated. Reactivate the user first.`);
    const now = ctx.clock.now();
    const usable = (await tx.accessTokens.ofUser(user.id)).filter((token) => token.expiresAt > now);
    if (usable.length >= ACCESS_TOKEN_LIMIT) throw tokenLimit();
    const { token, secret } = newToken(ctx, input);
    await tx.accessTokens.add(token);
    const changes = [{ path: 'name', before: null, after: JSON.stringify(token.name), redacted: false }];
    await recordAudit(ctx, tx, { name: 'AccessTokenCreated', targetId: token.id, targetName: token.name, changes });
    return { token, secret };
  });
}

function newToken(ctx: Context, input: { readonly userId: string; readonly name: string }) {
  const { plain, publicId, hash } = ctx.secrets.issue('pat');
  const createdAt = ctx.clock.now();
  const token: AccessToken = {
    workspaceId: ctx.workspaceId,
    id: ctx.ids.next(),
    userId: input.userId,
    publicId,
    secretHash: hash,
    name: input.name,
    expiresAt: later(createdAt, ACCESS_TOKEN_DAYS * DAY),
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
