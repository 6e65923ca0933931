import 'reflect-metadata';
import { GraphQLObjectType, GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { AcceptInvitationMutation } from './mutations/accept-invitation.ts';
import { AccessTokenMutations } from './mutations/access-tokens.ts';
import { DisplayNameOverrideMutations } from './mutations/display-name-override.ts';
import { InviteUserMutations } from './mutations/invite-user.ts';
import { ProvisioningSettingsMutations } from './mutations/provisioning-settings.ts';
import { RehearseImportMutations } from './mutations/rehearse-import.ts';
import { ScimCredentialMutations } from './mutations/scim-credentials.ts';
import { SignInMutations } from './mutations/sign-in.ts';
import { TeamMemberMutations } from './mutations/team-members.ts';
import { TeamMutations } from './mutations/teams.ts';
import { UnlinkMutations } from './mutations/unlink.ts';
import { UpdateUserMutation } from './mutations/update-user.ts';
import { UserAccessMutations } from './mutations/user-access.ts';
import { QueryResolver } from './query.ts';

const DESCRIPTION = `Rollcall workspace administration: SCIM credentials, provisioning activity, users and teams.

- Transport: GraphQL over HTTP, \`POST /graphql\`. There are no subscriptions: poll, at most every 5 seconds.
- Authentication: the session cookie, or \`Authorization: Bearer <personal access token>\`. SSO signs in by redirect,
  outside GraphQL. Without either, only \`viewer\`, \`server\`, \`signInWithPassword\` and \`acceptInvitation\` answer.
- Tenancy: everything is in the viewer's workspace. An ID from another workspace is answered as one that does not exist.
- Errors: expected failures of a mutation are data: its result is a union of one \`…Success\` type and the errors that can
  happen, each a \`MutationError\`. Anything else is a top-level error with \`extensions.code\`: \`UNAUTHENTICATED\`,
  \`FORBIDDEN\` (with the missing \`extensions.permission\`), \`RATE_LIMITED\` (with a \`Retry-After\` header), \`BAD_REQUEST\`,
  \`BAD_USER_INPUT\`, \`GRAPHQL_PARSE_FAILED\`, \`GRAPHQL_VALIDATION_FAILED\`, \`OPERATION_TOO_COMPLEX\` or
  \`INTERNAL_SERVER_ERROR\` (with \`extensions.requestId\`). The nearest nullable field is then null.
- Lists: Relay connections. \`first\` or \`last\` is 1 to 100, \`first: 25\` when both are left out; both together are refused.
- Updates: leaving out an input field keeps the value; null clears a value that may be absent.
- Enums may gain values. Times are UTC.`;

const ROOTS: Readonly<Record<string, string>> = {
  Query: 'Entry points for reading.',
  Mutation:
    'Entry points for writing. Each is one transaction. Deactivating a deactivated user and the like succeeds, unchanged.',
};

/** The schema of the API, its elements in alphabetical order. */
export function buildRollcallSchema(): GraphQLSchema {
  const built = buildSchemaSync({
    resolvers: [
      QueryResolver,
      ScimCredentialMutations,
      ProvisioningSettingsMutations,
      DisplayNameOverrideMutations,
      TeamMutations,
      TeamMemberMutations,
      UnlinkMutations,
      SignInMutations,
      UpdateUserMutation,
      UserAccessMutations,
      AccessTokenMutations,
      InviteUserMutations,
      RehearseImportMutations,
      AcceptInvitationMutation,
    ],
    validate: false,
  });
  describeRoots(built);
  return lexicographicSortSchema(new GraphQLSchema({ ...built.toConfig(), description: DESCRIPTION }));
}

/** The schema as `schema.graphql` holds it. */
export function printRollcallSchema(): string {
  return `${printSchema(buildRollcallSchema())}\n`;
}

/** type-graphql makes the root types itself and takes no descriptions for them. */
function describeRoots(schema: GraphQLSchema): void {
  for (const [name, description] of Object.entries(ROOTS)) {
    const type = schema.getType(name);
    if (type instanceof GraphQLObjectType) type.description = description;
  }
}
