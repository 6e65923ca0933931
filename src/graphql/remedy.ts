import { Field, ObjectType } from 'type-graphql';
import type { Remedy as DomainRemedy, RemedyAudience as Audience } from '../domain/provisioning-event.ts';
import { enumeration } from './enumeration.ts';

export const RemedyAudience = enumeration<Audience>('RemedyAudience', 'Who has to act.', {
  WORKSPACE_ADMIN: 'An owner or admin of the workspace.',
  DIRECTORY_ADMIN: 'An admin of the directory.',
  SUPPORT: 'Support.',
});

@ObjectType({ description: 'What can be done about a problem.' })
export class Remedy implements DomainRemedy {
  @Field(() => String, { description: 'What to do, in a sentence or two.' })
  readonly text!: string;

  @Field(() => RemedyAudience, { description: 'Who has to do it.' })
  readonly audience!: Audience;

  @Field(() => String, { nullable: true, description: "Where in Okta's admin console; null when it is done here." })
  readonly oktaLocation!: string | null;
}
