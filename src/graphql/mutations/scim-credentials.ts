import { Arg, createUnionType, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import {
  generateScimCredential,
  renameScimCredential,
  revokeScimCredential,
  rotateScimCredential,
  type GeneratedCredential,
} from '../../domain/scim-credential-commands.ts';
import type { ScimCredential as DomainScimCredential } from '../../domain/scim-credential.ts';
import type { Instant } from '../../domain/values.ts';
import type { GraphContext } from '../context.ts';
import { localId } from '../ids.ts';
import { DateTime, SecretString } from '../scalars.ts';
import { ScimCredential } from '../scim-credential.ts';
import { answer } from './answer.ts';
import { AlreadyExistsError, InvalidInputError, NotFoundError, RuleBrokenError } from './mutation-error.ts';

@InputType({ description: 'A SCIM credential to generate.' })
export class GenerateScimCredentialInput {
  @Field(() => String, { description: 'What to call it, 1 to 80 characters, unique among active credentials.' })
  name!: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it is to expire. Left out: as late as the settings allow, or never where they allow that.',
  })
  expiresAt?: Instant | null;
}

@ObjectType({ description: 'The SCIM credential was generated.' })
export class GenerateScimCredentialSuccess {
  @Field(() => ScimCredential, { description: 'The credential.' })
  readonly scimCredential: ScimCredential;

  @Field(() => SecretString, { description: 'The key to enter in Okta. Shown only here.' })
  readonly secret: string;

  constructor({ credential, secret }: GeneratedCredential) {
    this.scimCredential = new ScimCredential(credential);
    this.secret = secret;
  }
}

const GenerateScimCredentialResult = createUnionType({
  name: 'GenerateScimCredentialResult',
  description: 'How `generateScimCredential` can end. Rules: `CREDENTIAL_LIMIT`, `SSO_NOT_IN_SUBSCRIPTION`.',
  types: () => [GenerateScimCredentialSuccess, AlreadyExistsError, InvalidInputError, RuleBrokenError] as const,
});

@InputType({ description: 'A SCIM credential to rotate.' })
export class RotateScimCredentialInput {
  @Field(() => ID, { description: 'The credential to replace. Its name passes to the new one.' })
  scimCredentialId!: string;

  @Field(() => Int, { defaultValue: 24, description: 'How long the old one keeps working, 0 to 168 hours.' })
  overlapHours!: number;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the new one is to expire. Left out: as for `generateScimCredential`.',
  })
  expiresAt?: Instant | null;
}

@ObjectType({ description: 'The SCIM credential was rotated.' })
export class RotateScimCredentialSuccess {
  @Field(() => ScimCredential, { description: 'The new credential; the old one is its `predecessor`.' })
  readonly scimCredential: ScimCredential;

  @Field(() => SecretString, { description: 'The key to enter in Okta. Shown only here.' })
  readonly secret: string;

  constructor({ credential, secret }: GeneratedCredential) {
    this.scimCredential = new ScimCredential(credential);
    this.secret = secret;
  }
}

const RotateScimCredentialResult = createUnionType({
  name: 'RotateScimCredentialResult',
  description: 'How `rotateScimCredential` can end. Rules: `CREDENTIAL_NOT_USABLE`, `SSO_NOT_IN_SUBSCRIPTION`.',
  types: () => [RotateScimCredentialSuccess, InvalidInputError, NotFoundError, RuleBrokenError] as const,
});

@InputType({ description: 'A SCIM credential to rename.' })
export class RenameScimCredentialInput {
  @Field(() => ID, { description: 'The credential.' })
  scimCredentialId!: string;

  @Field(() => String, { description: 'The new name, 1 to 80 characters, unique among active credentials.' })
  name!: string;
}

@ObjectType({ description: 'The SCIM credential was renamed.' })
export class RenameScimCredentialSuccess {
  @Field(() => ScimCredential, { description: 'The credential.' })
  readonly scimCredential: ScimCredential;

  constructor(credential: DomainScimCredential) {
    this.scimCredential = new ScimCredential(credential);
  }
}

const RenameScimCredentialResult = createUnionType({
  name: 'RenameScimCredentialResult',
  description: 'How `renameScimCredential` can end.',
  types: () => [RenameScimCredentialSuccess, AlreadyExistsError, InvalidInputError, NotFoundError] as const,
});

@InputType({ description: 'A SCIM credential to revoke.' })
export class RevokeScimCredentialInput {
  @Field(() => ID, { description: 'The credential.' })
  scimCredentialId!: string;
}

@ObjectType({ description: 'The SCIM credential is revoked.' })
export class RevokeScimCredentialSuccess {
  @Field(() => ScimCredential, { description: 'The credential.' })
  readonly scimCredential: ScimCredential;

  constructor(credential: DomainScimCredential) {
    this.scimCredential = new ScimCredential(credential);
  }
}

const RevokeScimCredentialResult = createUnionType({
  name: 'RevokeScimCredentialResult',
  description: 'How `revokeScimCredential` can end.',
  types: () => [RevokeScimCredentialSuccess, NotFoundError] as const,
});

/** Writes SCIM credentials. */
@Resolver()
export class ScimCredentialMutations {
  @Mutation(() => GenerateScimCredentialResult, {
    nullable: true,
    description:
      'Generate a SCIM credential; the answer carries the secret, this once. Needs `MANAGE_SECURITY_AND_IDENTITY`.',
  })
  generateScimCredential(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => GenerateScimCredentialInput, { description: 'What to generate.' })
    input: GenerateScimCredentialInput,
  ) {
    return answer(ctx, input, async ({ domain }) => {
      const { name, ...rest } = input;
      return new GenerateScimCredentialSuccess(await generateScimCredential(domain, { name, ...expiry(rest) }));
    });
  }

  @Mutation(() => RotateScimCredentialResult, {
    nullable: true,
    description:
      'Generate a credential to replace another, which keeps working for the overlap. Needs `MANAGE_SECURITY_AND_IDENTITY`.',
  })
  rotateScimCredential(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => RotateScimCredentialInput, { description: 'What to rotate.' })
    input: RotateScimCredentialInput,
  ) {
    return answer(ctx, input, async ({ domain }) => {
      const credentialId = localId('ScimCredential', input.scimCredentialId);
      const rotation = { credentialId, overlapHours: input.overlapHours, ...expiry(input) };
      return new RotateScimCredentialSuccess(await rotateScimCredential(domain, rotation));
    });
  }

  @Mutation(() => RenameScimCredentialResult, {
    nullable: true,
    description: 'Rename a SCIM credential. Needs `MANAGE_SECURITY_AND_IDENTITY`.',
  })
  renameScimCredential(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => RenameScimCredentialInput, { description: 'What to rename.' })
    input: RenameScimCredentialInput,
  ) {
    return answer(ctx, input, async ({ domain }) => {
      const credentialId = localId('ScimCredential', input.scimCredentialId);
      return new RenameScimCredentialSuccess(await renameScimCredential(domain, credentialId, input.name));
    });
  }

  @Mutation(() => RevokeScimCredentialResult, {
    nullable: true,
    description: 'Revoke a SCIM credential: the next call with it is refused. Needs `MANAGE_SECURITY_AND_IDENTITY`.',
  })
  revokeScimCredential(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => RevokeScimCredentialInput, { description: 'What to revoke.' })
    input: RevokeScimCredentialInput,
  ) {
    return answer(ctx, input, async ({ domain }) => {
      const credentialId = localId('ScimCredential', input.scimCredentialId);
      return new RevokeScimCredentialSuccess(await revokeScimCredential(domain, credentialId));
    });
  }
}

function expiry({ expiresAt }: { readonly expiresAt?: Instant | null }): { readonly expiresAt?: Instant } {
  return typeof expiresAt === 'string' ? { expiresAt } : {};
}
