import type { TypedDocumentString } from './gql/graphql.ts';

/** Where the API is, and who asks: a personal access token. */
export interface Connection {
  readonly url: string;
  readonly token: string;
}

/** A top-level error: what no union of a mutation has. Its code says what it is, for programs. */
export class RequestFailed extends Error {
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.name = 'RequestFailed';
    this.code = code;
  }
}

interface Answer<Result> {
  readonly data?: Result | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** Sends an operation; what comes back has the operation's own type. Throws RequestFailed. */
export async function ask<Result, Variables>(
  { url, token }: Connection,
  document: TypedDocumentString<Result, Variables>,
  ...[variables]: Variables extends Record<string, never> ? [] : [Variables]
): Promise<Result> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: String(document), variables }),
  });
  const { data, errors = [] } = (await response.json()) as Answer<Result>;
  const [first] = errors;
  if (first !== undefined) throw new RequestFailed(first.message, first.extensions?.code ?? 'UNKNOWN');
  if (data === undefined || data === null) throw new RequestFailed('The answer has no data.', 'UNKNOWN');
  return data;
}
