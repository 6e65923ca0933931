import type { Page, PageOf } from './criteria.ts';
import type { ScimCredential, ScimCredentialStatus } from './scim-credential.ts';
import type { Instant } from './values.ts';

export interface CredentialReader {
  get(id: string): Promise<ScimCredential | undefined>;
  many(ids: readonly string[]): Promise<ScimCredential[]>;
  /** All credentials of the workspace, newest first. A workspace has few. */
  all(): Promise<ScimCredential[]>;
  /** Newest first; `now` decides who stands where. */
  page(
    statuses: readonly ScimCredentialStatus[] | undefined,
    now: Instant,
    page: Page,
  ): Promise<PageOf<ScimCredential>>;
  count(statuses: readonly ScimCredentialStatus[] | undefined, now: Instant): Promise<number>;
}

export interface CredentialRepository {
  /** The credential, locked against other writers. */
  get(id: string): Promise<ScimCredential | undefined>;
  /** All credentials of the workspace, locked, so that the limit holds. */
  all(): Promise<ScimCredential[]>;
  add(credential: ScimCredential): Promise<void>;
  save(credential: ScimCredential): Promise<void>;
}
