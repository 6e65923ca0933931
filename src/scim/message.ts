import type { JsonObject } from './json.ts';

/** A call as the handler sees it, free of any web framework. */
export interface ScimRequest {
  readonly method: string;
  /** The workspace's slug, from the URL. */
  readonly slug: string;
  /** The segment behind the slug; only `v2` is served. */
  readonly version: string;
  /** The segments below the base URL, decoded: `['Users', '<id>']`. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  /** A header by its lower-case name. */
  readonly header: (name: string) => string | undefined;
  /** Reads the body, unpacked and bounded. Fails with: ScimError 413, 415, 400. */
  readonly readBody: () => Promise<Buffer>;
  readonly ipAddress: string;
  readonly requestId: string;
}

/** An answer. */
export interface ScimResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent where the answer has none (204). */
  readonly body?: JsonObject;
}

/** The media type of every answer, without a parameter (contract §2.2). */
export const SCIM_MEDIA_TYPE = 'application/scim+json';
