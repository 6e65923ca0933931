import { Ctx, Field, ID, Int, ObjectType } from 'type-graphql';
import { canRevoke, canRotate } from '../domain/ability.ts';
import {
  credentialStatus,
  type ScimCredential as DomainScimCredential,
  type ScimCredentialStatus as DomainScimCredentialStatus,
} from '../domain/scim-credential.ts';
import type { Instant } from '../domain/values.ts';
import { Ability } from './ability.ts';
import { connectionOf } from './connection.ts';
import { signedIn, type GraphContext } from './context.ts';
import { enumeration } from './enumeration.ts';
import { globalId } from './ids.ts';
import { Node } from './node.ts';
import { DateTime } from './scalars.ts';
import { User, userById } from './user.ts';

export const ScimCredentialStatus = enumeration<DomainScimCredentialStatus>(
  'ScimCredentialStatus',
  'Where a credential stands. Only `ACTIVE` and `RETIRING` ones work.',
  {
    ACTIVE: 'Works.',
    RETIRING: 'Was rotated, and works until the overlap ends.',
    EXPIRED: 'Reached its end.',
    REVOKED: 'Was revoked.',
  },
);

@ObjectType({
  implements: Node,
  description:
    'A key for SCIM. The workspace owns it, so it outlives its creator. Its secret is shown once, on generation.',
})
export class ScimCredential implements Node {
  readonly #credential: DomainScimCredential;

  constructor(credential: DomainScimCredential) {
    this.#credential = credential;
  }

  @Field(() => ID, { description: 'Opaque global ID.' })
  get id(): string {
    return globalId('ScimCredential', this.#credential.id);
  }

  @Field(() => String, { description: 'What its creator called it.' })
  get name(): string {
    return this.#credential.name;
  }

  @Field(() => String, { description: 'The public start of the key, enough to recognize it.' })
  get prefix(): string {
    return `scim_${this.#credential.publicId}`;
  }

  @Field(() => ScimCredentialStatus, { description: 'Where it stands.' })
  status(@Ctx() ctx: GraphContext): DomainScimCredentialStatus {
    return credentialStatus(this.#credential, ctx.world.clock.now());
  }

  @Field(() => DateTime, { nullable: true, description: 'When it stops working; null when it does not expire.' })
  get expiresAt(): Instant | null {
    return this.#credential.expiresAt;
  }

  @Field(() => DateTime, { nullable: true, description: 'When it was last used, to the minute; null when never.' })
  get lastUsedAt(): Instant | null {
    return this.#credential.lastUsedAt;
  }

  @Field(() => String, {
    nullable: true,
    description: 'The network address of the last use; null when never used.',
  })
  get lastUsedIp(): string | null {
    return this.#credential.lastUsedIp;
  }

  @Field(() => String, { nullable: true, description: 'The user agent of the last use; null when never used.' })
  get lastUsedUserAgent(): string | null {
    return this.#credential.lastUsedUserAgent;
  }

  @Field(() => Int, { description: 'Calls in the last 24 hours.' })
  requestCountLast24Hours(@Ctx() ctx: GraphContext): Promise<number> {
    return signedIn(ctx).loaders.callsLastDay.load(this.#credential.id);
  }

  @Field(() => ScimCredential, {
    nullable: true,
    description: 'The credential that this one replaces; null when it replaces none.',
  })
  predecessor(@Ctx() ctx: GraphContext): Promise<ScimCredential | null> {
    return scimCredentialById(ctx, this.#credential.predecessorId);
  }

  @Field(() => ScimCredential, {
    nullable: true,
    description: 'The credential that replaces this one; null when not rotated.',
  })
  successor(@Ctx() ctx: GraphContext): Promise<ScimCredential | null> {
    return scimCredentialById(ctx, this.#credential.successorId);
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the successor was first used, which means Okta has switched; null until then.',
  })
  async successorUsedAt(@Ctx() ctx: GraphContext): Promise<Instant | null> {
    const { successorId } = this.#credential;
    if (successorId === null) return null;
    return (await signedIn(ctx).loaders.credentials.load(successorId))?.firstUsedAt ?? null;
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it stops working because it was rotated; null when not rotated.',
  })
  get overlapEndsAt(): Instant | null {
    return this.#credential.overlapEndsAt;
  }

  @Field(() => DateTime, { nullable: true, description: 'When it was revoked; null when it was not.' })
  get revokedAt(): Instant | null {
    return this.#credential.revokedAt;
  }

  @Field(() => User, {
    nullable: true,
    description: 'Who revoked it; null when it was not revoked or the user is deleted.',
  })
  revokedBy(@Ctx() ctx: GraphContext): Promise<User | null> {
    return userById(ctx, this.#credential.revokedById);
  }

  @Field(() => User, { nullable: true, description: 'Who generated it; null once the user is deleted.' })
  createdBy(@Ctx() ctx: GraphContext): Promise<User | null> {
    return userById(ctx, this.#credential.createdById);
  }

  @Field(() => DateTime, { description: 'When it was generated.' })
  get createdAt(): Instant {
    return this.#credential.createdAt;
  }

  @Field(() => Ability, { description: 'Whether the viewer may rotate it.' })
  async viewerCanRotate(@Ctx() ctx: GraphContext): Promise<Ability> {
    const session = signedIn(ctx);
    return canRotate(session.domain, await session.workspace(), this.#credential);
  }

  @Field(() => Ability, { description: 'Whether the viewer may revoke it.' })
  viewerCanRevoke(@Ctx() ctx: GraphContext): Ability {
    return canRevoke(signedIn(ctx).domain);
  }
}

/** A page of credentials. */
export const ScimCredentialConnection = connectionOf<DomainScimCredential, ScimCredential>({
  name: 'ScimCredential',
  description: 'A page of SCIM credentials.',
  edgeDescription: 'A SCIM credential in a list.',
  nodeDescription: 'The credential.',
  node: () => ScimCredential,
  wrap: (credential) => new ScimCredential(credential),
});

/** A credential of the workspace by its own id; null for no id, and for one that it does not have. */
export async function scimCredentialById(ctx: GraphContext, id: string | null): Promise<ScimCredential | null> {
  const found = id === null ? undefined : await signedIn(ctx).loaders.credentials.load(id);
  return found === undefined ? null : new ScimCredential(found);
}
