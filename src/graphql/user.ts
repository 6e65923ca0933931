import { Args, Ctx, Field, ID, Int, ObjectType } from 'type-graphql';
import { canOverrideDisplayName } from '../domain/ability.ts';
import { canChangeRole, canDeactivate, canDelete, canReactivate } from '../domain/user-ability.ts';
import type { Role as DomainRole } from '../domain/actor.ts';
import { profileFields } from '../domain/profile-field.ts';
import { displayNameOf, emailOf } from '../domain/user-profile.ts';
import {
  isActiveOwner,
  type ManagedBy as DomainManagedBy,
  type RoleSource as DomainRoleSource,
  type User as DomainUser,
  type UserStatus as DomainUserStatus,
} from '../domain/user.ts';
import type { Instant } from '../domain/values.ts';
import { Ability, Role } from './ability.ts';
import { connectionOf, PageArgs } from './connection.ts';
import { signedIn, type GraphContext } from './context.ts';
import { enumeration } from './enumeration.ts';
import { globalId } from './ids.ts';
import { Node } from './node.ts';
import { ManagedBy, ProvisioningLink, provisioningLinkOf } from './provisioning-link.ts';
import { DateTime } from './scalars.ts';
import { Team, teamById, TeamConnection, teamsOfUser } from './team.ts';
import { UserProfile } from './user-profile.ts';

export const UserStatus = enumeration<DomainUserStatus>('UserStatus', 'Where a user stands.', {
  INVITED: 'Invited here, and has not signed in yet.',
  ACTIVE: 'Can sign in.',
  DEACTIVATED: 'Cannot sign in. Role, teams and history are kept.',
});

export const RoleSource = enumeration<DomainRoleSource>('RoleSource', 'Where a role comes from.', {
  DEFAULT: 'The default role for provisioned users.',
  ASSIGNED: 'Someone in the workspace gave it.',
  TEAM: "A team's role mapping.",
});

@ObjectType({
  implements: Node,
  description: 'A person in the workspace. Each user belongs to exactly one workspace.',
})
export class User implements Node {
  readonly #user: DomainUser;

  constructor(user: DomainUser) {
    this.#user = user;
  }

  @Field(() => ID, { description: 'Opaque global ID.' })
  get id(): string {
    return globalId('User', this.#user.id);
  }

  @Field(() => String, {
    description: 'The name to sign in with: the SCIM `userName`, unique in the workspace without regard to case.',
  })
  get userName(): string {
    return this.#user.userName;
  }

  @Field(() => String, { description: 'The name to show: `profile.displayName.value`.' })
  get displayName(): string {
    return displayNameOf(this.#user);
  }

  @Field(() => String, {
    nullable: true,
    description: 'The address for notices, as it was given: `profile.email.value`; null when there is none.',
  })
  get email(): string | null {
    return emailOf(this.#user) ?? null;
  }

  @Field(() => UserProfile, { description: 'The profile, with the source of each field.' })
  get profile(): UserProfile {
    return profileFields(this.#user);
  }

  @Field(() => String, {
    nullable: true,
    description: 'A display name that no sync overwrites; in force until it is cleared; null when there is none.',
  })
  get displayNameOverride(): string | null {
    return this.#user.displayNameOverride;
  }

  @Field(() => UserStatus, { description: 'Where the user stands.' })
  get status(): DomainUserStatus {
    return this.#user.status;
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the user was deactivated; null unless deactivated.',
  })
  get deactivatedAt(): Instant | null {
    return this.#user.deactivatedAt;
  }

  @Field(() => ManagedBy, {
    nullable: true,
    description: 'Whether the directory or someone in the workspace did it; null unless deactivated.',
  })
  get deactivatedBy(): DomainManagedBy | null {
    return this.#user.deactivatedBy;
  }

  @Field(() => Role, {
    description: "What the user may do: the highest of their own role and their teams' role mappings.",
  })
  get role(): DomainRole {
    return this.#user.role;
  }

  @Field(() => RoleSource, { description: 'Where `role` comes from.' })
  get roleSource(): DomainRoleSource {
    return this.#user.roleSource;
  }

  @Field(() => Team, {
    nullable: true,
    description: 'The team whose mapping gives `role`; null unless `roleSource` is `TEAM`.',
  })
  roleTeam(@Ctx() ctx: GraphContext): Promise<Team | null> {
    return teamById(ctx, this.#user.roleTeamId);
  }

  @Field(() => ManagedBy, { description: 'Who manages the user.' })
  get managedBy(): DomainManagedBy {
    return this.#user.managedBy;
  }

  @Field(() => ProvisioningLink, {
    nullable: true,
    description: 'The tie to the directory; null when `managedBy` is `WORKSPACE`.',
  })
  get provisioningLink(): ProvisioningLink | null {
    return provisioningLinkOf(this.#user);
  }

  @Field(() => TeamConnection, { description: "The user's teams, by name." })
  teams(@Ctx() ctx: GraphContext, @Args(() => PageArgs) args: PageArgs) {
    return teamsOfUser(ctx, this.#user.id, args);
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the user last did something here, to the minute; null when never.',
  })
  get lastActiveAt(): Instant | null {
    return this.#user.lastActiveAt;
  }

  @Field(() => Int, { description: 'Grows by one with each change. Send it back as `expectedVersion`.' })
  get version(): number {
    return this.#user.version;
  }

  @Field(() => DateTime, { description: 'When the user was created.' })
  get createdAt(): Instant {
    return this.#user.createdAt;
  }

  @Field(() => DateTime, { description: 'When the user last changed.' })
  get updatedAt(): Instant {
    return this.#user.updatedAt;
  }

  @Field(() => Ability, { description: 'Whether the viewer may change the role.' })
  async viewerCanChangeRole(@Ctx() ctx: GraphContext): Promise<Ability> {
    const { domain, loaders } = signedIn(ctx);
    const { roleTeamId } = this.#user;
    const roleTeam = roleTeamId === null ? undefined : await loaders.teams.load(roleTeamId);
    return canChangeRole(domain, this.#user, { isLastOwner: await this.#isLastOwner(ctx), roleTeam });
  }

  @Field(() => Ability, { description: 'Whether the viewer may set and clear the display name override.' })
  async viewerCanOverrideDisplayName(@Ctx() ctx: GraphContext): Promise<Ability> {
    const session = signedIn(ctx);
    return canOverrideDisplayName(session.domain, await session.workspace(), this.#user);
  }

  @Field(() => Ability, { description: 'Whether the viewer may deactivate the user.' })
  async viewerCanDeactivate(@Ctx() ctx: GraphContext): Promise<Ability> {
    const isLastOwner = await this.#isLastOwner(ctx);
    return canDeactivate(signedIn(ctx).domain, this.#user, { isLastOwner });
  }

  @Field(() => Ability, { description: 'Whether the viewer may reactivate the user.' })
  viewerCanReactivate(@Ctx() ctx: GraphContext): Ability {
    return canReactivate(signedIn(ctx).domain, this.#user);
  }

  @Field(() => Ability, { description: 'Whether the viewer may delete the user.' })
  async viewerCanDelete(@Ctx() ctx: GraphContext): Promise<Ability> {
    const isLastOwner = await this.#isLastOwner(ctx);
    return canDelete(signedIn(ctx).domain, this.#user, { isLastOwner });
  }

  async #isLastOwner(ctx: GraphContext): Promise<boolean> {
    return isActiveOwner(this.#user) && !(await signedIn(ctx).loaders.otherOwner.load(this.#user.id));
  }
}

/** A page of users. */
export const UserConnection = connectionOf<DomainUser, User>({
  name: 'User',
  description: 'A page of users.',
  edgeDescription: 'A user in a list.',
  nodeDescription: 'The user.',
  node: () => User,
  wrap: (user) => new User(user),
});

/** A user of the workspace by their own id; null for no id, and for one that it does not have. */
export async function userById(ctx: GraphContext, id: string | null): Promise<User | null> {
  const found = id === null ? undefined : await signedIn(ctx).loaders.users.load(id);
  return found === undefined ? null : new User(found);
}
