import type { AccessToken } from './access-token.ts';
import type { World } from './ports.ts';
import type { ProvisioningErrorCode } from './provisioning-event.ts';
import { credentialStatus, type ScimCredential } from './scim-credential.ts';
import { sessionEnd, usedSession, type Session } from './session.ts';
import { isActive, type User } from './user.ts';
import type { Workspace } from './workspace.ts';

/** A directory let in, or why not: for the log, since outside every refusal looks the same. */
export type DirectoryAuthentication =
  | { readonly admitted: true; readonly workspace: Workspace; readonly credential: ScimCredential }
  | {
      readonly admitted: false;
      readonly code: Extract<ProvisioningErrorCode, `CREDENTIAL_${string}`>;
      /** The workspace in whose log the refusal belongs; absent where none is concerned. */
      readonly workspaceId?: string;
      /** The credential whose public id the key carries. */
      readonly credentialId?: string;
    };

/**
 * Reads a SCIM key presented at a workspace's base URL. A key with a wrong checksum costs no look-up by key; a wrong
 * secret costs as much as an unknown one. The refusal belongs into the log of the key's own workspace, never of another.
 */
export async function authenticateDirectory(
  world: World,
  slug: string,
  key: string | undefined,
): Promise<DirectoryAuthentication> {
  const publicId = key === undefined ? undefined : world.secrets.publicIdOf('scim', key);
  if (key === undefined || publicId === undefined) return unrecognised(world, slug);
  const hash = world.secrets.hash('scim', key);
  const found = await world.store.acrossWorkspaces.credentialByKey(publicId, hash);
  const isGenuine = world.secrets.isSame(found?.credential.secretHash, hash);
  if (found === undefined) return unrecognised(world, slug);
  const { credential, workspace } = found;
  const attributed = { admitted: false, workspaceId: workspace.id, credentialId: credential.id } as const;
  if (!isGenuine || workspace.slug !== slug) return { ...attributed, code: 'CREDENTIAL_INVALID' };
  const status = credentialStatus(credential, world.clock.now());
  if (status === 'REVOKED') return { ...attributed, code: 'CREDENTIAL_REVOKED' };
  if (status === 'EXPIRED') return { ...attributed, code: 'CREDENTIAL_EXPIRED' };
  return { admitted: true, workspace, credential };
}

/** The user behind a personal access token; undefined where it does not work or the user may not sign in. */
export async function authenticateAccessToken(
  world: World,
  plain: string,
): Promise<{ token: AccessToken; user: User } | undefined> {
  const publicId = world.secrets.publicIdOf('pat', plain);
  if (publicId === undefined) return undefined;
  const found = await world.store.acrossWorkspaces.accessTokenByPublicId(publicId);
  const isGenuine = world.secrets.matches('pat', plain, found?.token.secretHash);
  if (found === undefined || !isGenuine) return undefined;
  const isUsable = found.token.expiresAt > world.clock.now() && isActive(found.user);
  return isUsable ? found : undefined;
}

/** The user behind the secret of a session, and the session with this use noted; undefined where it has ended. */
export async function authenticateSession(
  world: World,
  plain: string,
): Promise<{ session: Session; user: User } | undefined> {
  const publicId = world.secrets.publicIdOf('ses', plain);
  if (publicId === undefined) return undefined;
  const found = await world.store.acrossWorkspaces.sessionByPublicId(publicId);
  const isGenuine = world.secrets.matches('ses', plain, found?.session.secretHash);
  if (found === undefined || !isGenuine) return undefined;
  const now = world.clock.now();
  if (sessionEnd(found.session) <= now || !isActive(found.user)) return undefined;
  const session = usedSession(found.session, now);
  if (session !== found.session) world.store.journal.sessionUsed(session);
  return { session, user: found.user };
}

async function unrecognised(world: World, slug: string): Promise<DirectoryAuthentication> {
  const workspace = await world.store.acrossWorkspaces.workspaceBySlug(slug);
  const refused = { admitted: false, code: 'CREDENTIAL_INVALID' } as const;
  return workspace === undefined ? refused : { ...refused, workspaceId: workspace.id };
}
