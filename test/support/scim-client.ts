import type { TestWorkspace } from './rollcall.ts';

/** An answer of the SCIM face, its body read. */
export interface ScimAnswer {
  readonly status: number;
  readonly headers: Headers;
  // What is in it is what the tests are about.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
  readonly text: string;
}

/** What a call may carry beside method and path. */
export interface ScimCall {
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly raw?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Record<string, string>;
  /** The whole Authorization header; null sends none. */
  readonly authorization?: string | null;
}

/** Calls the SCIM face of a workspace as Okta does, with its headers. */
export async function scim(
  workspace: Pick<TestWorkspace, 'baseUrl' | 'key'>,
  method: string,
  path: string,
  { body, raw, headers = {}, authorization = `Bearer ${workspace.key}` }: ScimCall = {},
): Promise<ScimAnswer> {
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(workspace.baseUrl + path, {
    method,
    headers: {
      Accept: 'application/scim+json',
      'User-Agent': 'Okta SCIM Client 1.0.0',
      ...(authorization === null ? {} : { Authorization: authorization }),
      ...(payload === undefined ? {} : { 'Content-Type': 'application/scim+json; charset=utf-8' }),
      ...headers,
    },
    ...(payload === undefined ? {} : { body: payload }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: text === '' ? undefined : JSON.parse(text) };
}

/** The path that looks a user up by name, encoded as Okta encodes it. */
export function byUserName(userName: string): string {
  return `/Users?filter=${encodeURIComponent(`userName eq ${JSON.stringify(userName)}`)}&startIndex=1&count=100`;
}
