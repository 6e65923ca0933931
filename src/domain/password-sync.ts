import type { AttributeChange } from './changes.ts';
import { invalid } from './errors.ts';
import { passwordFault, preparedPassword } from './password.ts';
import type { Context } from './ports.ts';
import type { User } from './user.ts';

/** A password that the directory pushed for a user: what it is judged by, and the hash that is kept. */
export interface PushedPassword {
  readonly plain: string;
  /** The hash that is already kept where the password is the same as before. */
  readonly hash: string;
}

/** How a log tells that a password was set: without its value. */
export const PASSWORD_CHANGE: AttributeChange = { path: 'password', before: null, after: null, redacted: true };

/**
 * The hash to keep for a user to be created; undefined where there is none, it is not wanted, or breaks a rule: a create
 * does not fail for its password, which Okta makes up. Never call it within a transaction, which would wait for the hash.
 */
export async function passwordOfNewUser(
  ctx: Context,
  plain: string | undefined,
  userName: string,
): Promise<string | undefined> {
  if (plain === undefined || !(await isWanted(ctx))) return undefined;
  const fault = passwordFault(plain, userName);
  if (fault === undefined) return ctx.passwords.hash(preparedPassword(plain));
  ctx.call?.tolerated.push(`Created the user without the password that was sent. ${fault}`);
  return undefined;
}

/**
 * The password to keep for a user who is there; undefined where there is none or it is not wanted. Whether it is the
 * userName remains to be judged. Never call it within a transaction. Fails with: InvalidInput, Unavailable.
 */
export async function passwordOfUser(
  ctx: Context,
  id: string,
  plain: string | undefined,
): Promise<PushedPassword | undefined> {
  if (plain === undefined || !(await isWanted(ctx))) return undefined;
  requirePassword(plain);
  const prepared = preparedPassword(plain);
  const kept = await ctx.store.workspace(ctx.workspaceId).passwords.hashOf(id);
  const isSame = kept !== undefined && (await ctx.passwords.matches(prepared, kept));
  return { plain, hash: isSame ? kept : await ctx.passwords.hash(prepared) };
}

/**
 * The pushed password, where it may become this user's. An owner's never may: the directory acts for whoever holds one of
 * its keys, an admin among them, and owners are in the hands of owners alone.
 */
export function acceptedPassword(
  ctx: Context,
  { role }: User,
  pushed: PushedPassword | undefined,
): PushedPassword | undefined {
  if (pushed === undefined || role !== 'OWNER') return pushed;
  const told = ctx.call?.tolerated;
  if (told?.includes(OWNERS_OWN) === false) told.push(OWNERS_OWN);
  return undefined;
}

const OWNERS_OWN = 'Discarded the password: the directory sets none for an owner of the workspace.';

/** Lets a password pass that keeps the rules. Fails with: InvalidInput. */
export function requirePassword(plain: string, userName?: string): void {
  const fault = passwordFault(plain, userName);
  if (fault !== undefined) throw invalid(['password'], fault);
}

/** Okta sends a placeholder with every create, whatever is switched on (contract §3.2). */
async function isWanted(ctx: Context): Promise<boolean> {
  const workspace = await ctx.store.workspace(ctx.workspaceId).workspace();
  if (workspace?.settings.passwordSync === true) return true;
  ctx.call?.tolerated.push('Discarded the password unread: Sync Password is off.');
  return false;
}
