import { authorize } from './actor.ts';
import { notFound } from './errors.ts';
import type { Context, World } from './ports.ts';
import { recordAudit } from './record.ts';
import { checkSsoSettings, type SsoConnection, type SsoSettings } from './sso-connection.ts';
import { includesSso, requireSso, type Workspace } from './workspace.ts';

/** The identity provider at which the people of a workspace sign in, and who we are to it. */
export interface SsoProvider extends SsoSettings {
  readonly workspaceId: string;
}

/**
 * Connects the workspace with its identity provider. With another issuer or client ID it is told anew who is who, since
 * the same subject may then be another person.
 * Fails with: Forbidden, InvalidInput, NotFound, RuleBroken(SSO_NOT_IN_SUBSCRIPTION).
 */
export async function setSsoConnection(ctx: Context, settings: SsoSettings): Promise<SsoConnection> {
  authorize(ctx.actor, 'manageSso');
  checkSsoSettings(settings);
  const { issuer, clientId, clientSecret } = settings;
  const sealedSecret = ctx.secrets.seal(clientSecret, sealBound(ctx.workspaceId), 'kept');
  return ctx.store.inWorkspace(ctx.workspaceId, async (tx) => {
    const workspace = await tx.workspace();
    if (workspace === undefined) throw notFound('Workspace', ctx.workspaceId);
    requireSso(workspace);
    const before = await tx.sso.connection();
    const isSameClient = before?.issuer === issuer && before.clientId === clientId;
    if (before !== undefined && !isSameClient) await tx.sso.forgetIdentities();
    const updatedAt = ctx.clock.now();
    const connection = { workspaceId: ctx.workspaceId, issuer, clientId, sealedSecret, updatedAt };
    await tx.sso.setConnection(connection);
    const changes = [
      change('issuer', before?.issuer, issuer),
      change('clientId', before?.clientId, clientId),
      { path: 'clientSecret', before: null, after: null, redacted: true },
    ];
    await recordAudit(ctx, tx, { name: 'SsoConnectionSet', ...target(workspace), changes });
    return connection;
  });
}

/** Disconnects the workspace; whether it was connected. Sessions go on. Fails with: Forbidden, NotFound. */
export async function removeSsoConnection(ctx: Context): Promise<boolean> {
  authorize(ctx.actor, 'manageSso');
  return ctx.store.inWorkspace(ctx.workspaceId, async (tx) => {
    const workspace = await tx.workspace();
    if (workspace === undefined) throw notFound('Workspace', ctx.workspaceId);
    const before = await tx.sso.connection();
    if (before === undefined) return false;
    await tx.sso.forgetIdentities();
    await tx.sso.removeConnection();
    const changes = [change('issuer', before.issuer, undefined), change('clientId', before.clientId, undefined)];
    await recordAudit(ctx, tx, { name: 'SsoConnectionRemoved', ...target(workspace), changes });
    return true;
  });
}

/**
 * The identity provider behind a workspace's slug. Undefined for an unknown slug, a workspace without a connection, one
 * whose subscription lacks SSO, and where the secret was sealed under another `ROLLCALL_SECRET`.
 */
export async function ssoProvider(world: World, slug: string): Promise<SsoProvider | undefined> {
  const workspace = await world.store.acrossWorkspaces.workspaceBySlug(slug);
  if (workspace === undefined || !includesSso(workspace)) return undefined;
  const connection = await world.store.workspace(workspace.id).sso.connection();
  if (connection === undefined) return undefined;
  const clientSecret = world.secrets.unseal(connection.sealedSecret, sealBound(workspace.id), 'kept');
  if (clientSecret === undefined) return undefined;
  return { workspaceId: workspace.id, issuer: connection.issuer, clientId: connection.clientId, clientSecret };
}

/** A sealed secret that is moved to another row opens nothing there. */
function sealBound(workspaceId: string): string {
  return `client secret of ${workspaceId}`;
}

function change(path: string, before: string | undefined, after: string | undefined) {
  const text = (value: string | undefined) => (value === undefined ? null : JSON.stringify(value));
  return { path, before: text(before), after: text(after), redacted: false };
}

function target({ id, name }: Workspace) {
  return { targetId: id, targetName: name };
}
