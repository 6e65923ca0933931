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

/** What a picture of the calls since an instant is made of. */
export interface CallStatistics {
  /** How many calls ended how, by when they came in: as finely as it is known, which is told by `at`. */
  readonly counts: readonly (CallTally & { readonly at: Instant })[];
  readonly errors: readonly {
    readonly code: ProvisioningErrorCode;
    readonly count: number;
    readonly lastAt: Instant;
  }[];
  readonly durationP95Ms: number | null;
}

/** When calls last came in, as far as the newest 2,000 of the log tell; `errors` by their codes. */
export interface LatestCalls {
  readonly request: Instant | null;
  readonly success: Instant | null;
  readonly errors: ReadonlyMap<ProvisioningErrorCode, Instant>;
}

/** The hour in which the directory first did something; null where it never did. */
export interface FirstCalls {
  readonly accepted: Instant | null;
  readonly userCreated: Instant | null;
  readonly userDeactivated: Instant | null;
  readonly teamCreated: Instant | null;
}

export interface EventReader {
  get(id: string): Promise<ProvisioningEvent | undefined>;
  many(ids: readonly string[]): Promise<ProvisioningEvent[]>;
  /** Newest first. */
  page(filter: EventListFilter, page: Page): Promise<PageOf<ProvisioningEvent>>;
  /** Counted up to `most` + 1. */
  count(filter: EventListFilter, most: number): Promise<number>;
  /** By the minute, exactly, of the calls in the log: of refused keys it keeps 60 a minute. */
  statistics(since: Instant): Promise<CallStatistics>;
  latest(): Promise<LatestCalls>;
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
  /** All calls by the hour, those without a genuine key included; the percentile is read off a histogram. */
  statistics(since: Instant): Promise<CallStatistics>;
  /** The hours of the last call, and of the last that was accepted. */
  lastHours(): Promise<Pick<LatestCalls, 'request' | 'success'>>;
  firstCalls(): Promise<FirstCalls>;
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
