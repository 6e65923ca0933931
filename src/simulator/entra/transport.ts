import { randomUUID } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import type { DirectoryClient } from '../client.ts';
import { DirectoryFailure } from '../failures.ts';
import { listOf } from '../list-response.ts';
import { filterBy } from '../users.ts';

/** Entra ID's headers, as far as they are known; Content-Type only beside a body. */
export function headersOf(token: string, body: string | undefined): OutgoingHttpHeaders {
  return {
    Accept: 'application/scim+json',
    Authorization: `Bearer ${token}`,
    ...(body !== undefined && {
      'Content-Type': 'application/scim+json; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
    }),
  };
}

/** *Test Connection*: a look-up of nobody, whose answer is an empty list and no error. Fails with: DirectoryFailure, Stopped. */
export async function testConnection(client: DirectoryClient): Promise<void> {
  const stranger = randomUUID();
  const path = `/Users?${filterBy({ userName: stranger })}`;
  const { totalResults, resources } = listOf(await client.call({ kind: 'test', method: 'GET', path }));
  if (totalResults === 0 && resources.length === 0) return;
  throw new DirectoryFailure(`The look-up of the unknown userName ${stranger} found ${totalResults} users`);
}
