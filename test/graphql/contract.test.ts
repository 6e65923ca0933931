import { readFileSync } from 'node:fs';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLUnionType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildRollcallSchema } from '../../src/graphql/schema.ts';

const schema = buildRollcallSchema();
const mutations = Object.values(schema.getMutationType()!.getFields());

/** The file and name of the command behind each mutation, where the command has not the mutation's name. */
const COMMANDS: Readonly<Record<string, readonly [file: string, command: string]>> = {
  generateScimCredential: ['scim-credential-commands', 'generateScimCredential'],
  rotateScimCredential: ['scim-credential-commands', 'rotateScimCredential'],
  renameScimCredential: ['scim-credential-commands', 'renameScimCredential'],
  revokeScimCredential: ['scim-credential-commands', 'revokeScimCredential'],
  updateProvisioningSettings: ['provisioning-settings-commands', 'updateProvisioningSettings'],
  rehearseImport: ['import-rehearsal', 'rehearseImport'],
  inviteUser: ['invitation-commands', 'inviteUser'],
  updateUser: ['user-commands', 'updateUser'],
  setDisplayNameOverride: ['display-name-override', 'setDisplayNameOverride'],
  clearDisplayNameOverride: ['display-name-override', 'clearDisplayNameOverride'],
  deactivateUser: ['user-access', 'deactivateUser'],
  reactivateUser: ['user-access', 'reactivateUser'],
  deleteUser: ['user-commands', 'deleteUser'],
  unlinkUser: ['user-unlink', 'unlinkUser'],
  createTeam: ['team-commands', 'createTeam'],
  updateTeam: ['team-commands', 'changeTeam'],
  deleteTeam: ['team-commands', 'deleteTeam'],
  addTeamMembers: ['team-commands', 'changeTeam'],
  removeTeamMembers: ['team-commands', 'changeTeam'],
  unlinkTeam: ['team-commands', 'unlinkTeam'],
  acceptInvitation: ['invitation-commands', 'acceptInvitation'],
  signInWithPassword: ['sign-in', 'signInWithPassword'],
  signOut: ['sign-out', 'signOut'],
  createAccessToken: ['access-token-commands', 'createAccessToken'],
  revokeAccessToken: ['access-token-commands', 'revokeAccessToken'],
};

const RULES = schema.getType('Rule');
const RULE_NAMES = isEnumType(RULES) ? RULES.getValues().map(({ name }) => name) : [];

/** The `Fails with:` of a command: kinds of refusal, each with what stands in its parentheses. */
function failuresOf(field: string): Map<string, string[]> {
  const [file, command] = COMMANDS[field]!;
  const text = readFileSync(new URL(`../../src/domain/${file}.ts`, import.meta.url), 'utf8');
  const doc = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\nexport (?:async )?function ${command}\\b`, 'u').exec(
    text,
  );
  const told = /Fails with: (?<list>[^.]*)\./u.exec(doc![1]!.replaceAll(/\s*\n \* /gu, ' '));
  const list = told?.groups?.['list'] ?? '';
  const kinds = list.matchAll(/(?<kind>\w+)(?:\((?<details>[^)]*)\))?(?:, |$)/gu);
  return new Map([...kinds].map(({ groups }) => [groups!['kind']!, groups!['details']?.split(', ') ?? []]));
}

/** Which of a command's refusals a mutation can meet: those that its input can bring about. */
const MEETS: Readonly<Record<string, (input: GraphQLInputObjectType, details: readonly string[]) => boolean>> = {
  AlreadyExists: (input, fields) => fields.some((name) => name in input.getFields() || name === 'name'),
  InvalidInput: () => true,
  NotFound: (input) => Object.values(input.getFields()).some(({ type }) => getNamedType(type).name === 'ID'),
  RuleBroken: (_input, rules) => rules.some((rule) => RULE_NAMES.includes(rule)),
  VersionMismatch: (input) => 'expectedVersion' in input.getFields(),
};

const TYPES: Readonly<Record<string, string>> = {
  AlreadyExists: 'AlreadyExistsError',
  InvalidInput: 'InvalidInputError',
  NotFound: 'NotFoundError',
  RuleBroken: 'RuleBrokenError',
  VersionMismatch: 'VersionConflictError',
};

const inputOf = (field: GraphQLField<unknown, unknown>) => getNamedType(field.args[0]!.type) as GraphQLInputObjectType;
const unionOf = (field: GraphQLField<unknown, unknown>) => getNamedType(field.type) as GraphQLUnionType;

describe('each mutation', () => {
  it.each(mutations.map((field) => [field.name, field] as const))(
    '%s answers exactly what its command fails with',
    (name, field) => {
      const input = inputOf(field);
      // One command changes a team in several ways; who is in it has no name that could be taken.
      const reachable = [...failuresOf(name)].filter(([kind, details]) => MEETS[kind]?.(input, details) === true);
      const hasName = 'name' in input.getFields() || 'userName' in input.getFields() || name === 'rotateScimCredential';
      const errors = reachable.filter(([kind]) => kind !== 'AlreadyExists' || hasName).map(([kind]) => TYPES[kind]!);
      const members = unionOf(field)
        .getTypes()
        .map((type) => type.name);
      const success = `${name[0]!.toUpperCase()}${name.slice(1)}Success`;
      expect(members.toSorted()).toEqual([success, ...errors].toSorted());
    },
  );

  it.each(mutations.map((field) => [field.name, field] as const))(
    '%s names in its union the rules it can break',
    (name, field) => {
      const told = /Rules: (?<rules>[^.]*?)(?:, for the name only)?\.$/u.exec(unionOf(field).description ?? '')
        ?.groups?.['rules'];
      const rules = told?.replaceAll('`', '').split(', ') ?? [];
      const broken = (failuresOf(name).get('RuleBroken') ?? []).filter((rule) => RULE_NAMES.includes(rule));
      expect(rules.toSorted()).toEqual(broken.toSorted());
    },
  );

  it('has one success type, and errors that share an interface', () => {
    for (const field of mutations) {
      const types = unionOf(field).getTypes();
      const errors = types.filter((type) => type.getInterfaces().some(({ name }) => name === 'MutationError'));
      expect(types.length - errors.length).toBe(1);
    }
  });

  it('is listed with its command here', () => {
    expect(mutations.map(({ name }) => name).filter((name) => COMMANDS[name] === undefined)).toEqual([]);
  });
});

describe('secrets in the schema', () => {
  /** Where a secret may stand: the answer that shows it once, and what a person types. */
  const ALLOWED = [
    'AcceptInvitationInput.password',
    'AcceptInvitationInput.token',
    'CreateAccessTokenSuccess.secret',
    'GenerateScimCredentialSuccess.secret',
    'InviteUserSuccess.invitationUrl',
    'RotateScimCredentialSuccess.secret',
    'SignInWithPasswordInput.password',
  ];

  it('stand in the answers that show them once, and in what a person types, and nowhere else', () => {
    const found = Object.values(schema.getTypeMap()).flatMap((type) => {
      if (!isObjectType(type) && !isInputObjectType(type) && !isInterfaceType(type)) return [];
      return Object.values(type.getFields())
        .filter((field) => getNamedType(field.type as GraphQLOutputType).name === 'SecretString')
        .map((field) => `${type.name}.${field.name}`);
    });
    expect(found.filter((path) => !ALLOWED.includes(path))).toEqual([]);
    expect(found.length).toBeGreaterThanOrEqual(3);
  });

  it('cannot be reached by any query', () => {
    const reached = reachableFrom(schema.getQueryType()!);
    const carriers = ALLOWED.map((path) => path.split('.')[0]!);
    expect(carriers.filter((name) => reached.has(name))).toEqual([]);
    expect(reached.has('SecretString')).toBe(false);
    expect(reached.size).toBeGreaterThan(40);
  });

  it('are no text under another name', () => {
    const suspicious = /secret|password|token|hash/iu;
    const fields = [...reachableFrom(schema.getQueryType()!)].flatMap((name) => {
      const type = schema.getType(name);
      return isObjectType(type) ? Object.keys(type.getFields()).map((field) => `${name}.${field}`) : [];
    });
    const named = fields.filter((path) => suspicious.test(path.split('.')[1]!));
    // A setting, and a list of tokens that have a name and a public prefix.
    expect(named).toEqual(expect.arrayContaining(['ProvisioningSettings.passwordSync', 'Viewer.accessTokens']));
    expect(named).toHaveLength(2);
  });
});

/** The names of the types that can be read from a type. */
function reachableFrom(root: GraphQLObjectType): Set<string> {
  const reached = new Set<string>();
  const waiting: string[] = [root.name];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    const type = schema.getType(name);
    if (isUnionType(type)) waiting.push(...type.getTypes().map((each) => each.name));
    if (isInterfaceType(type)) waiting.push(...schema.getPossibleTypes(type).map(({ name }) => name));
    if (isObjectType(type) || isInterfaceType(type))
      waiting.push(...Object.values(type.getFields()).map((field) => getNamedType(field.type).name));
  }
  return reached;
}
