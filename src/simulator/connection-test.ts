import type { OktaClient } from './client.ts';
import { listOf } from './list-response.ts';

/** Okta's *Test API Credentials* button: the first two users. Fails with: OktaFailure, Stopped. */
export async function testConnection(client: OktaClient): Promise<void> {
  listOf(await client.call({ kind: 'test', method: 'GET', path: '/Users?startIndex=1&count=2' }));
}
