import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { requireBuild, rollcall, temporaryFolder } from './support.ts';

requireBuild();
const folder = temporaryFolder();
const place = { cwd: folder, env: { DATABASE_URL: `sqlite:${folder}/usage.db` } };

const COMMANDS = [
  'migrate',
  'workspace create',
  'workspace update',
  'user create',
  'invitation create',
  'token create',
  'credential generate',
  'credential list',
  'credential revoke',
  'rehearse-import',
  'simulate okta',
  'simulate entra',
];

describe.concurrent('rollcall --help', () => {
  it('names every command, and says where it works', async () => {
    const { code, stdout, stderr } = await rollcall(['--help'], place);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const name of ['migrate', 'workspace', 'user', 'invitation', 'token', 'credential', 'simulate'])
      expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'mu'));
  });

  it.each(COMMANDS)('rollcall %s --help shows its options, --json among them, on stdout and exits 0', async (name) => {
    const { code, stdout, stderr } = await rollcall([...name.split(' '), '--help'], place);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Usage: rollcall ${name}`);
    expect(stdout).toContain('--json');
  });

  it('rollcall help shows a group as well', async () => {
    const { code, stdout } = await rollcall(['help', 'credential'], place);
    expect(code).toBe(0);
    expect(stdout).toContain('revoke');
  });

  it('rollcall --version prints the version alone', async () => {
    expect(await rollcall(['--version'], place)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/u),
    });
  });
});

afterAll(() => {
  expect(existsSync(join(folder, 'usage.db')), 'none of these needs a database').toBe(false);
});

describe.concurrent('wrong use', () => {
  const generate = ['credential', 'generate', '--workspace', 'acme', '--name', 'Okta'];
  const create = ['user', 'create', '--workspace', 'acme', '--user-name', 'maya', '--email', 'maya@acme.example'];
  const okta = ['simulate', 'okta', '--base-url', 'http://127.0.0.1:9/scim/acme/v2', '--token', 'a-key'];
  it.each<[string, string[], RegExp]>([
    ['no command', [], /^Say what to do after rollcall: migrate, workspace, .*--help/u],
    ['a bare group', ['credential'], /^Say what to do after rollcall credential: generate, list or revoke/u],
    ['an unknown command', ['provision'], /^Unknown command 'provision'\.$/u],
    ['a misspelt command', ['workspace', 'creat'], /^Unknown command 'creat'; did you mean create\?$/u],
    ['an unknown option', ['migrate', '--fast'], /^Unknown option '--fast'\.$/u],
    ['an argument too many', ['migrate', 'now'], /^Too many arguments for 'migrate'/u],
    [
      'a missing option',
      ['workspace', 'create', '--slug', 'acme'],
      /^Required option '--name <name>' not specified\.$/u,
    ],
    [
      'an option without its value',
      ['credential', 'list', '--workspace'],
      /^Option '--workspace <slug>' argument missing/u,
    ],
    [
      'an unknown plan',
      ['workspace', 'create', '--slug', 'acme', '--name', 'Acme', '--plan', 'gold'],
      /'gold' is invalid. Allowed choices are free, business, enterprise\.$/u,
    ],
    ['nothing to change', ['workspace', 'update', '--slug', 'acme'], /^Say what to change: --plan, --name or both\.$/u],
    ['an unknown role', [...create, '--role', 'boss'], /'boss' is invalid. Allowed choices are .*member/u],
    ['a length of time in words', [...generate, '--expires-in', 'soon'], /such as 365d, 12h or 30m\.$/u],
    ['no time at all', [...generate, '--expires-in', '0d'], /such as 365d, 12h or 30m\.$/u],
    ['a count that is none', [...okta, '--users', 'many'], /Give a whole number from 1 to 1000000\.$/u],
    ['nobody', [...okta, '--users', '0'], /Give a whole number from 1 to 1000000\.$/u],
    ['too much at a time', [...okta, '--concurrency', '5000'], /Give a whole number from 1 to 1000\.$/u],
    ['a seed that is none', [...okta, '--chaos', '--seed', 'x'], /Give a whole number from 1 to 4294967295\.$/u],
    ['a seed without chaos', [...okta, '--seed', '7'], /^--seed goes with --chaos\.$/u],
    [
      'a dialect of Entra ID',
      ['simulate', 'entra', ...okta.slice(2), '--dialect', 'put'],
      /^Unknown option '--dialect'/u,
    ],
    ['an unknown dialect', [...okta, '--dialect', 'post'], /Allowed choices are put, patch\.$/u],
    [
      'both sources of people',
      [...okta, '--people', 'p.csv', '--users', '3'],
      /^Give --people or --users, not both\.$/u,
    ],
    ['a file that is not there', [...okta, '--people', 'p.csv'], /^There is no file p\.csv\.$/u],
    [
      'a base URL that is none',
      ['simulate', 'okta', '--base-url', 'localhost/scim', '--token', 'a-key'],
      /'localhost\/scim' is invalid. Give a URL that begins with http:\/\/ or https:\/\/\.$/u,
    ],
  ])('of the command is one line on stderr and exit code 2: %s', async (_, args, sentence) => {
    const { code, stdout, stderr } = await rollcall(args, place);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.endsWith('\n')).toBe(true);
    expect(stderr.trimEnd()).not.toContain('\n');
    expect(stderr.trimEnd()).toMatch(sentence);
  });

  it('names the line of a file of people that is wrong', async () => {
    const people = join(folder, 'people.csv');
    writeFileSync(people, 'userName,shoeSize\nmaya@acme.example,38\n');
    const { code, stderr } = await rollcall([...okta, '--people', people], place);
    expect(code).toBe(2);
    expect(stderr).toContain(`${people}: Line 1: unknown column "shoeSize"`);
  });

  it('tells all faults in the settings at once, and never the secret', async () => {
    const env = { DATABASE_URL: 'mysql://root:hunter2@db', PORT: '99999', ROLLCALL_SECRET: 'too-short-canary' };
    const { code, stdout, stderr } = await rollcall(['migrate'], { cwd: folder, env });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    for (const name of ['DATABASE_URL', 'PORT', 'ROLLCALL_SECRET']) expect(stderr).toContain(`  ${name} `);
    expect(stderr).not.toMatch(/hunter2|too-short-canary/u);
  });
});
