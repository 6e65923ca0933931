import { Arg, createUnionType, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { authorize, type Role as DomainRole } from '../../domain/actor.ts';
import { invalidInput } from '../../domain/errors.ts';
import { updateProvisioningSettings, type SettingsChange } from '../../domain/provisioning-settings-commands.ts';
import type { Workspace } from '../../domain/workspace.ts';
import { Role } from '../ability.ts';
import type { GraphContext } from '../context.ts';
import { Provisioning } from '../provisioning.ts';
import { answer } from './answer.ts';
import { InvalidInputError, VersionConflictError } from './mutation-error.ts';

@InputType({ description: 'Provisioning settings to change.' })
export class UpdateProvisioningSettingsInput {
  @Field(() => Int, { description: 'The `Provisioning.version` last read.' })
  expectedVersion!: number;

  @Field(() => Boolean, { nullable: true, description: 'Whether to refuse all SCIM calls.' })
  paused?: boolean | null;

  @Field(() => Role, {
    nullable: true,
    description: 'The role of users whom the directory creates; `OWNER` is refused.',
  })
  defaultRole?: DomainRole | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether to keep pushed passwords.' })
  passwordSync?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the directory may push groups.' })
  groupPush?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether a display name override wins.' })
  displayNameOverrideAllowed?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The longest life of a new credential, 1 to 730 days; null: credentials need not expire.',
  })
  maxCredentialLifetimeDays?: number | null;
}

@ObjectType({ description: 'The provisioning settings are up to date.' })
export class UpdateProvisioningSettingsSuccess {
  @Field(() => Provisioning, { description: 'The provisioning.' })
  readonly provisioning: Provisioning;

  constructor(workspace: Workspace) {
    this.provisioning = new Provisioning(workspace);
  }
}

const UpdateProvisioningSettingsResult = createUnionType({
  name: 'UpdateProvisioningSettingsResult',
  description: 'How `updateProvisioningSettings` can end.',
  types: () => [UpdateProvisioningSettingsSuccess, InvalidInputError, VersionConflictError] as const,
});

/** Writes the provisioning settings. */
@Resolver()
export class ProvisioningSettingsMutations {
  @Mutation(() => UpdateProvisioningSettingsResult, {
    nullable: true,
    description: 'Pause or resume provisioning, and change its settings. Needs `MANAGE_SECURITY_AND_IDENTITY`.',
  })
  updateProvisioningSettings(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => UpdateProvisioningSettingsInput, { description: 'What to change.' })
    input: UpdateProvisioningSettingsInput,
  ) {
    return answer(ctx, input, async ({ domain }) => {
      authorize(domain.actor, 'updateProvisioningSettings');
      const workspace = await updateProvisioningSettings(domain, changeOf(input), input.expectedVersion);
      return new UpdateProvisioningSettingsSuccess(workspace);
    });
  }
}

/** The settings that may be absent. */
const CLEARABLE: readonly string[] = ['maxCredentialLifetimeDays' satisfies keyof SettingsChange];

/** The change as the domain takes it. Fails with: InvalidInput. */
function changeOf({ expectedVersion: _expectedVersion, ...fields }: UpdateProvisioningSettingsInput): SettingsChange {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  const issues = given
    .filter(([name, value]) => value === null && !CLEARABLE.includes(name))
    .map(([name]) => ({ path: [name], message: `\`${name}\` always has a value. Leave it out to keep it.` }));
  if (issues.length > 0) throw invalidInput(issues);
  return Object.fromEntries(given);
}
