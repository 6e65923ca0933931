import type { Actor } from './actor.ts';
import type { AttributeChange } from './changes.ts';
import type { Instant } from './values.ts';

/** What happened, in the past tense: one for each command. */
export type DomainEventName =
  | 'WorkspaceCreated'
  | 'WorkspaceUpdated'
  | 'UserCreated'
  | 'UserUpdated'
  | 'UserDeactivated'
  | 'UserReactivated'
  | 'UserDeleted'
  | 'UserSignedIn'
  | 'UserSignedOut'
  | 'SsoConnectionSet'
  | 'SsoConnectionRemoved'
  | 'DisplayNameOverrideSet'
  | 'DisplayNameOverrideCleared'
  | 'ScimCredentialGenerated'
  | 'ScimCredentialRotated'
  | 'ScimCredentialRenamed'
  | 'ScimCredentialRevoked'
  | 'AccessTokenCreated'
  | 'AccessTokenRevoked'
  | 'UserInvited'
  | 'InvitationCreated'
  | 'InvitationAccepted'
  | 'UserUnlinked'
  | 'TeamCreated'
  | 'TeamUpdated'
  | 'TeamDeleted'
  | 'TeamUnlinked'
  | 'ProvisioningSettingsUpdated';

/** A row of the audit log: written in the transaction of the command, by whichever face. */
export interface DomainEvent {
  readonly workspaceId: string;
  readonly id: string;
  readonly occurredAt: Instant;
  readonly actor: Actor;
  readonly name: DomainEventName;
  readonly targetId: string;
  /** The target's name at the time. */
  readonly targetName: string;
  readonly changes: readonly AttributeChange[];
}
