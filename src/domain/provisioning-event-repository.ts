import type { Page, PageOf } from './criteria.ts';
import type {
  ProvisioningErrorCode,
  ProvisioningEvent,
  ProvisioningOperation,
  ProvisioningOutcome,
} from './provisioning-event.ts';
import type { Session } from './session.ts';
import type { Instant } from './values.ts';

/** How the list of SCIM calls is narrowed; conditions are joined by AND, the values of one by OR. */
export interface EventListFilter {
  readonly outcomes?: readonly ProvisioningOutcome[];
  readonly operations?: readonly ProvisioningOperation[];
  readonly errorCodes?: readonly ProvisioningErrorCode[];
  readonly credentialId?: string;
  readonly targetId?: string;
  readonly occurredFrom?: Instant;
  readonly occurredBefore?: Instant;
  readonly requestId?: string;
}

export interface EventReader {
  get(id: string): Promise<ProvisioningEvent | undefined>;
  many(ids: readonly string[]): Promise<ProvisioningEvent[]>;
  /** Newest first. */
  page(filter: EventListFilter, page: Page): Promise<PageOf<ProvisioningEvent>>;
  /** Counted up to `most` + 1. */
  count(filter: EventListFilter, most: number): Promise<number>;
}

/** How many calls ended how. */
export interface CallTally {
  readonly outcome: ProvisioningOutcome;
  readonly count: number;
}

export interface TallyReader {
  byOutcome(since: Instant): Promise<CallTally[]>;
  /** Calls of each credential, by its id. */
  byCredential(ids: readonly string[], since: Instant): Promise<Map<string, number>>;
  /** Whether a call was ever accepted. */
  hasAccepted(): Promise<boolean>;
}

/** Takes what need not be durable with the answer: written within a second, in batches. */
export interface Journal {
  /** Keeps an event that no command wrote: a read or a refused call. */
  record(event: ProvisioningEvent): void;
  /** Counts a call in the hourly tallies. */
  tally(event: ProvisioningEvent): void;
  /** Notes that a credential was used; at most one write a minute for each. */
  credentialUsed(use: CredentialUse): void;
  /** Notes that an access token was used, and with it its user; at most one write a minute for each. */
  accessTokenUsed(workspaceId: string, tokenId: string, userId: string, at: Instant): void;
  /** Notes that a session was used, and with it its user; at most one write a minute for each. */
  sessionUsed(session: Session): void;
  /** Writes what is waiting. */
  flush(): Promise<void>;
}

/** A use of a credential. */
export interface CredentialUse {
  readonly workspaceId: string;
  readonly credentialId: string;
  readonly at: Instant;
  readonly ipAddress: string;
  readonly userAgent: string | null;
}
