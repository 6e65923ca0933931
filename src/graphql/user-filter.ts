import { Field, ID, InputType } from 'type-graphql';
import type { Role as DomainRole } from '../domain/actor.ts';
import type { UserListFilter, UserOrder as DomainUserOrder } from '../domain/user-repository.ts';
import type { ManagedBy as DomainManagedBy, UserStatus as DomainUserStatus } from '../domain/user.ts';
import { Role } from './ability.ts';
import { enumeration } from './enumeration.ts';
import { given } from './given.ts';
import { localId } from './ids.ts';
import { ManagedBy } from './provisioning-link.ts';
import { checkSearch } from './search.ts';
import { UserStatus } from './user.ts';

export const UserOrder = enumeration<DomainUserOrder>('UserOrder', 'How users are sorted.', {
  DISPLAY_NAME_ASC: 'By display name, A first.',
  DISPLAY_NAME_DESC: 'By display name, A last.',
  CREATED_AT_DESC: 'Newest first.',
  LAST_ACTIVE_AT_DESC: 'Last active first; never active last.',
  LAST_SYNCED_AT_DESC: 'Last synced first; never synced last.',
});

@InputType({
  description:
    'Narrows a list of users. Conditions are joined by AND, values of one condition by OR. An unknown ID matches nothing.',
})
export class UserFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Text in the display name, user name or email address, in any case; at most 100 characters.',
  })
  search?: string | null;

  @Field(() => [UserStatus], { nullable: true, description: 'In one of these states.' })
  statuses?: DomainUserStatus[] | null;

  @Field(() => [Role], { nullable: true, description: 'With one of these roles.' })
  roles?: DomainRole[] | null;

  @Field(() => ManagedBy, { nullable: true, description: 'Managed by the directory, or by the workspace.' })
  managedBy?: DomainManagedBy | null;

  @Field(() => ID, { nullable: true, description: 'In this team.' })
  teamId?: string | null;
}

/** The filter as the domain takes it. */
export function userListFilter(filter: UserFilter | null | undefined): UserListFilter {
  const { teamId, ...rest } = given(filter);
  checkSearch(rest.search);
  return teamId === undefined ? rest : { ...rest, teamId: localId('Team', teamId) };
}
