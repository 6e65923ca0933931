import { Field, ObjectType } from 'type-graphql';
import type {
  ProfileField as DomainProfileField,
  ProfileFieldName,
  ProfileSource as DomainProfileSource,
} from '../domain/profile-field.ts';
import { enumeration } from './enumeration.ts';

export const ProfileSource = enumeration<DomainProfileSource>('ProfileSource', 'Where a profile value comes from.', {
  DIRECTORY: 'The directory.',
  OVERRIDE: 'The display name override.',
  WORKSPACE: 'Someone in the workspace.',
  DERIVED: 'Other fields of the profile.',
});

@ObjectType({ description: "A field of a profile: the value in force, and the directory's." })
export class ProfileField implements DomainProfileField {
  @Field(() => String, { nullable: true, description: 'The value in force; null when there is none.' })
  readonly value!: string | null;

  @Field(() => ProfileSource, {
    nullable: true,
    description: 'Where the value comes from; null when there is none.',
  })
  readonly source!: DomainProfileSource | null;

  @Field(() => String, {
    nullable: true,
    description: 'What the directory last sent; null when it sent nothing.',
  })
  readonly directoryValue!: string | null;

  @Field(() => Boolean, {
    description: 'Whether only the directory can change it. `updateUser` refuses it with `MANAGED_BY_DIRECTORY`.',
  })
  readonly locked!: boolean;
}

@ObjectType({ description: "A user's profile, field by field." })
export class UserProfile implements Record<ProfileFieldName, DomainProfileField> {
  @Field(() => ProfileField, {
    description: 'Display name; made of the names or the user name when nobody gave one.',
  })
  readonly displayName!: ProfileField;

  @Field(() => ProfileField, { description: 'Given name.' })
  readonly givenName!: ProfileField;

  @Field(() => ProfileField, { description: 'Family name.' })
  readonly familyName!: ProfileField;

  @Field(() => ProfileField, { description: 'Primary email address.' })
  readonly email!: ProfileField;

  @Field(() => ProfileField, { description: 'Job title.' })
  readonly title!: ProfileField;

  @Field(() => ProfileField, { description: 'Department.' })
  readonly department!: ProfileField;

  @Field(() => ProfileField, { description: 'BCP 47 language tag.' })
  readonly locale!: ProfileField;
}
