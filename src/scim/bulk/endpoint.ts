import type { Ending, Endpoints } from '../endpoints.ts';
import type { ScimRequest } from '../message.ts';
import type { Call } from '../resource-type.ts';
import { BULK_RESPONSE } from '../urns.ts';
import { readBulkRequest } from './request.ts';
import { BulkRun } from './run.ts';

/** Many writes in one call, each as if it had come by itself (RFC 7644 §3.7). */
export const BULK: Endpoints = { POST: { operation: 'OTHER', status: 200, answer } };

async function answer(call: Call, request: ScimRequest): Promise<Ending> {
  const { operations, failOnErrors } = await readBulkRequest(request, call.tolerate);
  const run = new BulkRun({ call, request, operations, failOnErrors });
  const results = await run.results();
  const summary = `Bulk: ${results.length} of ${operations.length} operations done or tried, ${run.errors} failed`;
  return { status: 200, body: { schemas: [BULK_RESPONSE], Operations: results }, summary };
}
