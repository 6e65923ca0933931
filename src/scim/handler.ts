import { authenticateDirectory } from '../domain/authentication.ts';
import type { Context, World } from '../domain/ports.ts';
import type { DirectoryCall } from '../domain/provisioning-event.ts';
import type { ScimCredential } from '../domain/scim-credential.ts';
import { scimBaseUrl } from '../domain/scim-base-url.ts';
import { admitDirectory, type Workspace } from '../domain/workspace.ts';
import { TokenBuckets } from '../domain/token-buckets.ts';
import { Admission, REFUSALS_LOGGED_PER_MINUTE, type AdmissionLimits } from './admission.ts';
import { keyRefused, readAuthorization } from './authorization.ts';
import { describeCall, logFailure, logSuccess, type Trail } from './call-log.ts';
import type { Ending, Endpoint } from './endpoints.ts';
import { errorBody, ScimError } from './errors.ts';
import { expectedVersion } from './etag.ts';
import { maskedPath } from './masked-path.ts';
import { SCIM_MEDIA_TYPE, type ScimRequest, type ScimResponse } from './message.ts';
import { tellQuery } from './oddities.ts';
import { failureOf, type Failure } from './refusals.ts';
import type { Call } from './resource-type.ts';
import { endpointsOf, SEARCH } from './routes.ts';

/** What the SCIM face is given. */
export interface ScimOptions {
  readonly world: World;
  /** Where the server is seen from outside, without a slash at its end. */
  readonly publicUrl: string;
  readonly limits: AdmissionLimits;
  /** Hears of what is our fault, with the request id that the caller was told. */
  readonly onUnexpected: (error: unknown, requestId: string) => void;
}

/** Answers SCIM calls: authenticate, admit, route, respond, log. This is the only place that catches. */
export function scimHandler(options: ScimOptions): (request: ScimRequest) => Promise<ScimResponse> {
  const { world } = options;
  const admission = new Admission(options.limits, () => performance.now());
  const loggedRefusals = refusalBuckets();
  return async (request) => {
    const trail = trailOf(world, request);
    try {
      const { workspace, credential } = await authenticate(world, request, trail);
      const leave = admission.enter(workspace.id);
      try {
        admitDirectory(workspace);
        const ending = await perform(options, request, { workspace, credential, trail });
        logSuccess(world, trail, ending);
        return response(ending);
      } finally {
        leave();
      }
    } catch (thrown) {
      const failure = thrown instanceof Unauthenticated ? thrown.failure : failureOf(thrown);
      if (failure.isUnexpected) options.onUnexpected(thrown, request.requestId);
      const isKept = failure.error.status !== 401 || loggedRefusals.take(trail.workspaceId ?? '') === 0;
      logFailure(world, trail, failure, isKept);
      return errorResponse(failure);
    }
  };
}

/** A call inside an admitted call (RFC 7644 §3.7): routed, answered and logged like any other. */
async function performNested(
  options: ScimOptions,
  request: ScimRequest,
  { refusal, ...admitted }: Admitted & { readonly refusal: ScimError | undefined },
): Promise<ScimResponse> {
  const { world } = options;
  const { workspace, credential } = admitted;
  const trail: Trail = { ...trailOf(world, request), workspaceId: workspace.id, credentialId: credential.id };
  try {
    const ending = await perform(options, request, { ...admitted, trail, refusal });
    logSuccess(world, trail, ending);
    return response(ending);
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.isUnexpected) options.onUnexpected(thrown, request.requestId);
    logFailure(world, trail, failure, true);
    return errorResponse(failure);
  }
}

/** Carries what the log knows of a refused key; outside, all are alike. */
class Unauthenticated extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.error.message);
    this.failure = failure;
  }
}

interface Admitted {
  readonly workspace: Workspace;
  readonly credential: ScimCredential;
}

function trailOf(world: World, request: ScimRequest): Trail {
  const call = describeCall(request, maskedPath(request), world.clock.now());
  const [, targetId] = request.segments;
  return { call, operation: 'OTHER', ...(targetId === undefined || targetId === SEARCH ? {} : { targetId }) };
}

async function authenticate(world: World, request: ScimRequest, trail: Trail): Promise<Admitted> {
  const presented = readAuthorization(request.header('authorization'));
  const key = 'key' in presented ? presented.key : undefined;
  const result = await authenticateDirectory(world, request.slug, key);
  if (result.admitted) {
    noteUse(world, request, trail, result);
    return result;
  }
  if (result.workspaceId !== undefined) trail.workspaceId = result.workspaceId;
  if (result.credentialId !== undefined) trail.credentialId = result.credentialId;
  const error = 'refusal' in presented ? presented.refusal : keyRefused();
  throw new Unauthenticated({ error, code: result.code, isUnexpected: false });
}

function noteUse(world: World, request: ScimRequest, trail: Trail, { workspace, credential }: Admitted): void {
  trail.workspaceId = workspace.id;
  trail.credentialId = credential.id;
  const { ipAddress } = request;
  const use = { workspaceId: workspace.id, credentialId: credential.id, at: trail.call.receivedAt, ipAddress };
  world.store.journal.credentialUsed({ ...use, userAgent: trail.call.userAgent });
}

async function perform(
  options: ScimOptions,
  request: ScimRequest,
  {
    workspace,
    credential,
    trail,
    refusal,
  }: Admitted & { readonly trail: Trail; readonly refusal?: ScimError | undefined },
): Promise<Ending> {
  const { world, publicUrl } = options;
  const endpoint = endpointOf(request);
  trail.operation = endpoint.operation;
  if (refusal !== undefined) throw refusal;
  const { call } = trail;
  let successStatus = endpoint.status;
  const willAnswer = (status: number) => void (successStatus = status);
  const directoryCall: DirectoryCall = {
    ...call,
    credentialId: credential.id,
    get successStatus() {
      return successStatus;
    },
  };
  trail.written = () => directoryCall.written;
  const actor = { kind: 'scimCredential', credentialId: credential.id } as const;
  const ctx: Context = { ...world, actor, workspaceId: workspace.id, call: directoryCall };
  const version = expectedVersion(request.header('if-match'));
  const tolerate = (sentence: string) => noteTolerance(call.tolerated, sentence);
  tellQuery(request.query, tolerate);
  const baseUrl = scimBaseUrl(publicUrl, workspace.slug);
  const nested: Call['nested'] = (inner, why) => performNested(options, inner, { workspace, credential, refusal: why });
  return endpoint.answer(
    { ctx, baseUrl, tolerate, willAnswer, nested, ...(version === undefined ? {} : { version }) },
    request,
  );
}

/** The most oddities that one event tells. */
const MOST_TOLERATED = 50;

function noteTolerance(tolerated: string[], sentence: string): void {
  if (tolerated.length < MOST_TOLERATED && !tolerated.includes(sentence)) tolerated.push(sentence);
}

function endpointOf(request: ScimRequest): Endpoint {
  if (request.version !== 'v2') throw new ScimError(404, 'There is nothing here. The Base URL ends in /v2.');
  const endpoints = endpointsOf(request.segments);
  const endpoint = Object.hasOwn(endpoints, request.method) ? endpoints[request.method] : undefined;
  if (endpoint !== undefined) return endpoint;
  const allow = Object.keys(endpoints).join(', ');
  const path = `/${request.segments.join('/')}`;
  throw new ScimError(405, `${request.method} does not work on ${path}. Use ${allow}.`, { headers: { Allow: allow } });
}

function response({ status, headers = {}, body }: Ending): ScimResponse {
  return { status, headers: { ...headers, 'Content-Type': SCIM_MEDIA_TYPE }, ...(body === undefined ? {} : { body }) };
}

function errorResponse({ error: { status, message, scimType, headers = {} } }: Failure): ScimResponse {
  const body = errorBody(status, message, scimType);
  return { status, headers: { ...headers, 'Content-Type': SCIM_MEDIA_TYPE }, body };
}

function refusalBuckets(): TokenBuckets {
  return new TokenBuckets(REFUSALS_LOGGED_PER_MINUTE / 60, REFUSALS_LOGGED_PER_MINUTE, () => performance.now());
}
