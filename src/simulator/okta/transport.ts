import type { OutgoingHttpHeaders } from 'node:http';
import type { DirectoryClient } from '../client.ts';
import { listOf } from '../list-response.ts';
import { filterBy } from '../users.ts';

/** Okta's headers, in its spelling and order (contract §2.1). */
export function headersOf(token: string, body: string | undefined): OutgoingHttpHeaders {
  return {
    Accept: 'application/scim+json',
    'Accept-Charset': 'utf-8',
    'Accept-Encoding': 'gzip,deflate',
    Authorization: `Bearer ${token}`,
    Connection: 'Keep-Alive',
    ...(body !== undefined && {
      'Content-Type': 'application/scim+json; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
    }),
    'User-Agent': 'Okta SCIM Client 1.0.0',
  };
}

/** Okta's query for finding resources by one attribute's value. */
export function lookUpQuery(attribute: string, value: string): string {
  return `${filterBy({ [attribute]: value })}&startIndex=1&count=100`;
}

/** The *Test API Credentials* button: the first two users. Fails with: DirectoryFailure, Stopped. */
export async function testConnection(client: DirectoryClient): Promise<void> {
  listOf(await client.call({ kind: 'test', method: 'GET', path: '/Users?startIndex=1&count=2' }));
}
