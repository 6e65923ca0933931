import { Field, ObjectType } from 'type-graphql';
import type { ManagedBy as DomainManagedBy } from '../domain/user.ts';
import type { Instant } from '../domain/values.ts';
import { enumeration } from './enumeration.ts';
import { DateTime } from './scalars.ts';

export const ManagedBy = enumeration<DomainManagedBy>('ManagedBy', 'Who manages a user or team.', {
  DIRECTORY: 'The directory, through SCIM.',
  WORKSPACE: 'People in the workspace.',
});

@ObjectType({ description: 'The tie of a user or team to the directory.' })
export class ProvisioningLink {
  @Field(() => String, { nullable: true, description: "The directory's ID for it; null when it sent none." })
  readonly externalId!: string | null;

  @Field(() => Boolean, { description: 'Whether it was here before the directory took it over.' })
  readonly adopted!: boolean;

  @Field(() => DateTime, { description: 'When the directory created it or took it over.' })
  readonly linkedAt!: Instant;

  @Field(() => DateTime, { description: 'When the directory last wrote it, changed or not.' })
  readonly lastSyncedAt!: Instant;
}

/** What is known of the tie of a user or team. */
interface Linked extends Omit<ProvisioningLink, 'linkedAt' | 'lastSyncedAt'> {
  readonly managedBy: DomainManagedBy;
  readonly linkedAt: Instant | null;
  readonly lastSyncedAt: Instant | null;
}

/** The tie of a user or team; null where the workspace manages it. */
export function provisioningLinkOf(of: Linked): ProvisioningLink | null {
  const { managedBy, externalId, adopted, linkedAt, lastSyncedAt } = of;
  if (managedBy === 'WORKSPACE' || linkedAt === null) return null;
  return { externalId, adopted, linkedAt, lastSyncedAt: lastSyncedAt ?? linkedAt };
}
