import graphqlEslint, { configs, parser } from '@graphql-eslint/eslint-plugin';
import type { Linter } from 'eslint';

/** A rule that holds for our schema only with an exception, which the options say or one message, and why. */
export interface Waiver {
  readonly rule: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly message?: string;
  readonly reason: string;
}

/** Types that are values: they are read with the object that holds them, and cannot be refetched by themselves. */
export const VALUES = [
  'Ability',
  'AttributeChange',
  'CopyableValue',
  'Entitlement',
  'ImportProblem',
  'ImportRehearsal',
  'ImportTally',
  'InputIssue',
  'PageInfo',
  'ProfileField',
  'ProvisioningErrorTally',
  'ProvisioningHealth',
  'ProvisioningHealthBucket',
  'ProvisioningLink',
  'ProvisioningSettings',
  'Remedy',
  'Server',
  'SetupStep',
  'UserProfile',
  'Viewer',
  'WorkspaceSubscription',
] as const;

/** Every waiver of the schema's lint. */
export const WAIVERS: readonly Waiver[] = [
  {
    rule: '@graphql-eslint/strict-id-in-types',
    options: { exceptions: { suffixes: ['Success', 'Error', 'Connection', 'Edge'], types: VALUES } },
    reason: 'Only objects that live on have an ID. Answers, errors, pages and values are parts of an answer.',
  },
  {
    rule: '@graphql-eslint/relay-edge-types',
    options: { withEdgeSuffix: true, shouldImplementNode: true, listTypeCanWrapOnlyEdgeType: false },
    reason: 'Lists that are short by nature (issues, steps, slices, `nodes` beside `edges`) are no connections.',
  },
  {
    rule: '@graphql-eslint/no-typename-prefix',
    message: 'Field "userName" starts with the name of the parent type "User"',
    reason: 'It is the SCIM `userName`, which Okta, the directory and the sign-in page know by this name.',
  },
];

/** graphql-eslint's recommended rules for schemas and those of Relay, with the waivers. */
export function schemaLint(waivers: readonly Waiver[] = WAIVERS): Linter.Config {
  const waived: Linter.RulesRecord = {};
  for (const { rule, options } of waivers) if (options !== undefined) waived[rule] = ['error', options];
  return {
    files: ['**/*.graphql'],
    languageOptions: {
      parser,
      parserOptions: { graphQLConfig: { schema: './schema.graphql' } },
    },
    plugins: { '@graphql-eslint': graphqlEslint as never },
    rules: {
      ...(configs['flat/schema-recommended'].rules as Linter.RulesRecord),
      ...(configs['flat/schema-relay'].rules as Linter.RulesRecord),
      ...waived,
    },
  };
}
