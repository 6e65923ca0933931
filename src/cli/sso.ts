import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Context } from '../domain/ports.ts';
import { removeSsoConnection, setSsoConnection } from '../domain/sso-commands.ts';
import type { SsoConnection } from '../domain/sso-connection.ts';
import { includesSso } from '../domain/workspace.ts';
import { jsonOption, print, withWorkspace, type Session } from './session.ts';
import { UsageError } from './usage.ts';

interface SetOptions {
  readonly workspace: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecretFile: string;
}

/** `rollcall sso …` */
export function addSsoCommands(program: Command): void {
  const group = program
    .command('sso')
    .description("Connect a workspace with its people's identity provider (OpenID Connect).");
  addSet(group);
  addShow(group);
  addRemove(group);
}

function addSet(group: Command): void {
  const command = group
    .command('set')
    .description('Connect a workspace. Register the printed redirect URI at the identity provider.')
    .requiredOption('--workspace <slug>', 'which workspace')
    .requiredOption('--issuer <url>', 'the issuer, for example https://acme.okta.com')
    .requiredOption('--client-id <id>', 'the client ID')
    .requiredOption('--client-secret-file <path>', 'the file that holds the client secret, and nothing else');
  jsonOption(command).action(async ({ workspace: slug, issuer, clientId, clientSecretFile }: SetOptions) => {
    const clientSecret = secretIn(clientSecretFile);
    await withWorkspace(slug, async (ctx, _workspace, session) => {
      await setSsoConnection(ctx, { issuer, clientId, clientSecret });
      const uris = urisOf(session, slug);
      print(command, { workspace: slug, issuer, clientId, ...uris }, [
        `People of ${slug} sign in at ${issuer} from now on: ${uris.signInUrl}`,
        `Sign-in redirect URI, to be registered there: ${uris.redirectUri}`,
      ]);
    });
  });
}

function addShow(group: Command): void {
  const command = group
    .command('show')
    .description('Show how a workspace is connected. The client secret is never shown.')
    .requiredOption('--workspace <slug>', 'which workspace');
  jsonOption(command).action(async ({ workspace: slug }: { workspace: string }) => {
    await withWorkspace(slug, async (ctx, workspace, session) => {
      const { issuer, clientId, updatedAt } = await connectionOf(ctx, slug);
      const uris = urisOf(session, slug);
      print(command, { workspace: slug, issuer, clientId, updatedAt, ...uris }, [
        `Issuer: ${issuer}`,
        `Client ID: ${clientId}`,
        `Sign-in redirect URI: ${uris.redirectUri}`,
        `Set: ${updatedAt}`,
        ...(includesSso(workspace) ? [] : ['Not in force: the subscription does not include SSO.']),
      ]);
    });
  });
}

function addRemove(group: Command): void {
  const command = group
    .command('remove')
    .description('Disconnect a workspace. Sessions go on until they end.')
    .requiredOption('--workspace <slug>', 'which workspace');
  jsonOption(command).action(async ({ workspace: slug }: { workspace: string }) => {
    await withWorkspace(slug, async (ctx) => {
      const removed = await removeSsoConnection(ctx);
      const line = removed ? `Disconnected ${slug}.` : `${slug} was not connected.`;
      print(command, { workspace: slug, removed }, [line]);
    });
  });
}

async function connectionOf(ctx: Context, slug: string): Promise<SsoConnection> {
  const connection = await ctx.store.workspace(ctx.workspaceId).sso.connection();
  if (connection === undefined) throw new Error(`${slug} is not connected. \`rollcall sso set\` connects it.`);
  return connection;
}

function urisOf({ config }: Session, slug: string) {
  const signInUrl = `${config.publicUrl}/sign-in/${slug}`;
  return { signInUrl, redirectUri: `${signInUrl}/callback` };
}

function secretIn(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new UsageError(`The file ${JSON.stringify(path)} cannot be read. Write the client secret into it.`);
  }
}
