import type { Command } from 'commander';
import { scimBaseUrl } from '../domain/scim-base-url.ts';
import { generateScimCredential, revokeScimCredential } from '../domain/scim-credential-commands.ts';
import { credentialStatus, type ScimCredential } from '../domain/scim-credential.ts';
import { later, type Instant } from '../domain/values.ts';
import { jsonOption, print, withWorkspace } from './session.ts';
import { durationArgument } from './usage.ts';

/** `rollcall credential …` */
export function addCredentialCommands(program: Command): void {
  const group = program.command('credential').description('Generate, list and revoke SCIM credentials.');
  addGenerate(group);
  addList(group);
  addRevoke(group);
}

interface GenerateOptions {
  readonly workspace: string;
  readonly name: string;
  /** Milliseconds. */
  readonly expiresIn?: number;
}

function addGenerate(group: Command): void {
  const command = group
    .command('generate')
    .description('Generate a SCIM credential: the Base URL and Key to enter in Okta. The key is shown this once.')
    .requiredOption('--workspace <slug>', 'for which workspace')
    .requiredOption('--name <name>', 'what to call it')
    .option('--expires-in <time>', 'when it stops working, for example 365d', durationArgument);
  jsonOption(command).action(async ({ workspace: slug, name, expiresIn }: GenerateOptions) => {
    await withWorkspace(slug, async (ctx, _workspace, { config }) => {
      const expiry = expiresIn === undefined ? {} : { expiresAt: later(ctx.clock.now(), expiresIn) };
      const { credential, secret } = await generateScimCredential(ctx, { name, ...expiry });
      const baseUrl = scimBaseUrl(config.publicUrl, slug);
      const lines = [`Base URL  ${baseUrl}`, `Key       ${secret}`, 'The key is not shown again.'];
      print(command, { id: credential.id, baseUrl, secret, prefix: prefixOf(credential) }, lines);
    });
  });
}

function addList(group: Command): void {
  const command = group
    .command('list')
    .description("List a workspace's SCIM credentials, newest first.")
    .requiredOption('--workspace <slug>', 'of which workspace');
  jsonOption(command).action(async ({ workspace }: { workspace: string }) => {
    await withWorkspace(workspace, async (ctx) => {
      const all = await ctx.store.workspace(ctx.workspaceId).credentials.all();
      const credentials = all.map((credential) => described(credential, ctx.clock.now()));
      const lines = credentials.map(({ id, prefix, status, name }) => `${id}  ${prefix}  ${status.padEnd(8)}  ${name}`);
      print(command, { credentials }, lines.length === 0 ? ['There are no credentials.'] : lines);
    });
  });
}

function addRevoke(group: Command): void {
  const command = group
    .command('revoke')
    .description('Revoke a SCIM credential: the next call with it is refused.')
    .requiredOption('--workspace <slug>', 'of which workspace')
    .requiredOption('--id <id>', 'which credential, from `credential list`');
  jsonOption(command).action(async ({ workspace, id }: { workspace: string; id: string }) => {
    await withWorkspace(workspace, async (ctx) => {
      const credential = await revokeScimCredential(ctx, id);
      const { revokedAt } = credential;
      print(command, { id, revokedAt }, [`Revoked ${credential.name} (${prefixOf(credential)}).`]);
    });
  });
}

function described(credential: ScimCredential, now: Instant) {
  const { id, name, expiresAt, lastUsedAt, createdAt } = credential;
  const status = credentialStatus(credential, now).toLowerCase();
  return { id, name, prefix: prefixOf(credential), status, expiresAt, lastUsedAt, createdAt };
}

function prefixOf({ publicId }: ScimCredential): string {
  return `scim_${publicId}`;
}
