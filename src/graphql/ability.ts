import { Field, ObjectType } from 'type-graphql';
import type { Ability as DomainAbility } from '../domain/ability.ts';
import type { Permission as DomainPermission, Role as DomainRole } from '../domain/actor.ts';
import type { Rule as DomainRule } from '../domain/errors.ts';
import { enumeration } from './enumeration.ts';

export const Role = enumeration<DomainRole>('Role', 'What a user may do in the workspace.', {
  MEMBER: 'Works in the workspace; sees users and teams.',
  ADMIN: 'Holds every permission but `MANAGE_OWNERS`.',
  OWNER: 'Holds every permission. At least one active owner always remains.',
});

export const Permission = enumeration<DomainPermission>('Permission', 'A permission, held through a role.', {
  MANAGE_SECURITY_AND_IDENTITY:
    'The Security & Identity section: SCIM credentials, settings, activity. Owners and admins.',
  MANAGE_USERS_AND_TEAMS: 'Invite, update, deactivate and delete users; manage teams. Owners and admins.',
  MANAGE_OWNERS: 'Make owners, and change, deactivate or delete them. Owners.',
});

/** Only the directory can run into a pause, or into group push being off. */
export const Rule = enumeration<Exclude<DomainRule, 'PROVISIONING_PAUSED' | 'GROUP_PUSH_OFF'>>(
  'Rule',
  'A rule that a mutation can break.',
  {
    ACCESS_TOKEN_LIMIT: 'A user has at most 20 personal access tokens.',
    CREDENTIAL_LIMIT: 'A workspace has at most 5 `ACTIVE` credentials.',
    CREDENTIAL_NOT_USABLE: 'Only an `ACTIVE` credential can be rotated.',
    INVITATION_NOT_USABLE: 'The invitation is unknown, used or older than 7 days. It is not said which.',
    LAST_OWNER: 'A workspace that has had an active owner keeps one.',
    MANAGED_BY_DIRECTORY: 'What the directory manages is changed only there.',
    OVERRIDE_NOT_ALLOWED: 'The provisioning settings do not allow display name overrides.',
    ROLE_GIVEN_BY_TEAM: "A user's own role cannot be lower than a role their teams give.",
    SIGN_IN_REFUSED:
      'The workspace, user name or password is wrong, or the user has no password. It is not said which.',
    SSO_NOT_IN_SUBSCRIPTION: 'SCIM credentials need a subscription with SSO.',
  },
);

@ObjectType({
  description: 'Whether the viewer may do something now and, if not, why: what the tooltip of a disabled control says.',
})
export class Ability implements DomainAbility {
  @Field(() => Boolean, { description: 'Whether they may.' })
  readonly allowed!: boolean;

  @Field(() => Permission, { nullable: true, description: 'The permission they lack; null when they lack none.' })
  readonly missingPermission!: DomainPermission | null;

  @Field(() => Rule, {
    nullable: true,
    description:
      'The rule it would break; null when it breaks none. The mutation would answer `RuleBrokenError` with it.',
  })
  readonly brokenRule!: DomainRule | null;

  @Field(() => String, { nullable: true, description: 'Why not, in a sentence; null when allowed.' })
  readonly explanation!: string | null;
}
