import type { WorkspaceReader } from './ports.ts';
import type { FirstCalls } from './provisioning-event-repository.ts';
import { REMEDIES, type Remedy } from './provisioning-event.ts';
import { isUsable, type ScimCredential } from './scim-credential.ts';
import { SETUP_STEPS, type SetupStepKey } from './setup-steps.ts';
import { HOUR, later, type Instant } from './values.ts';
import { includesSso, type Workspace } from './workspace.ts';

/** Where a step stands. */
export const SETUP_STEP_STATUSES = ['DONE', 'TO_DO', 'BLOCKED', 'NOT_APPLICABLE'] as const;
export type SetupStepStatus = (typeof SETUP_STEP_STATUSES)[number];

/** One step to a working integration, as it stands. */
export interface SetupStep {
  readonly key: SetupStepKey;
  readonly title: string;
  /** In Markdown. */
  readonly instructions: string;
  readonly status: SetupStepStatus;
  readonly completedAt: Instant | null;
  /** What stands in the way; null unless blocked. */
  readonly remedy: Remedy | null;
  readonly oktaLocation: string | null;
}

/** What the checklist is read off. */
export interface SetupFacts {
  readonly workspace: Workspace;
  readonly credentials: readonly ScimCredential[];
  readonly calls: FirstCalls;
  /** When the directory first created or linked one of the users, or teams, that there are. */
  readonly linked: { readonly user: Instant | null; readonly team: Instant | null };
}

/** Reads the facts and says where each step stands. */
export async function readSetupChecklist(
  reader: WorkspaceReader,
  workspace: Workspace,
  now: Instant,
): Promise<SetupStep[]> {
  const [credentials, calls, user, team] = await Promise.all([
    reader.credentials.all(),
    reader.tallies.firstCalls(),
    reader.users.firstLinkedAt(),
    reader.teams.firstLinkedAt(),
  ]);
  return setupChecklist({ workspace, credentials, calls, linked: { user, team } }, now);
}

/** Says where each step to a working integration stands, in order. */
export function setupChecklist(facts: SetupFacts, now: Instant): SetupStep[] {
  const done = completionsOf(facts, now);
  return SETUP_STEPS.map(({ key, ...words }) => {
    const completedAt = done[key];
    if (completedAt !== null) return { key, ...words, status: 'DONE', completedAt, remedy: null };
    if (key === 'PUSH_FIRST_GROUP' && !facts.workspace.settings.groupPush)
      return { key, ...words, status: 'NOT_APPLICABLE', completedAt, remedy: null };
    const remedy = obstacleTo(key, facts.workspace, done);
    return { key, ...words, status: remedy === null ? 'TO_DO' : 'BLOCKED', completedAt, remedy };
  });
}

type Completions = Readonly<Record<SetupStepKey, Instant | null>>;

function completionsOf({ workspace, credentials, calls, linked }: SetupFacts, now: Instant): Completions {
  const usable = credentials.filter((credential) => isUsable(credential, now));
  const used = earliest(credentials.map(({ firstUsedAt }) => firstUsedAt));
  const user = exactly(calls.userCreated, linked.user);
  return {
    GET_SSO: includesSso(workspace) ? workspace.createdAt : null,
    GENERATE_CREDENTIAL: earliest(usable.map(({ createdAt }) => createdAt)),
    CONNECT_OKTA: calls.accepted === null ? null : exactly(calls.accepted, used),
    PROVISION_FIRST_USER: user,
    DEPROVISION_FIRST_USER: notBefore(calls.userDeactivated, user),
    PUSH_FIRST_GROUP: exactly(calls.teamCreated, linked.team),
  };
}

/** Tallies know the hour; a row may know the instant within it. The earlier of the two, as exactly as it is known. */
function exactly(hour: Instant | null, instant: Instant | null): Instant | null {
  if (hour === null || instant === null) return hour ?? instant;
  return instant < later(hour, HOUR) ? instant : hour;
}

function notBefore(hour: Instant | null, instant: Instant | null): Instant | null {
  return hour !== null && instant !== null && hour < instant ? instant : hour;
}

function earliest(instants: readonly (Instant | null)[]): Instant | null {
  const known = instants.filter((instant) => instant !== null);
  return known.length === 0 ? null : known.reduce((a, b) => (a < b ? a : b));
}

/** What has to happen before a step can be done; null where nothing stands in the way. */
function obstacleTo(key: SetupStepKey, workspace: Workspace, done: Completions): Remedy | null {
  if (key === 'GET_SSO') return null;
  if (!includesSso(workspace)) return REMEDIES.SSO_NOT_IN_SUBSCRIPTION;
  if (key === 'GENERATE_CREDENTIAL') return null;
  if (done.GENERATE_CREDENTIAL === null) return here('Generate a SCIM credential first.');
  if (workspace.paused) return REMEDIES.PAUSED;
  if (key === 'CONNECT_OKTA') return null;
  if (done.CONNECT_OKTA === null) return inOkta('CONNECT_OKTA', 'Connect Okta first: test the Base URL and API Token.');
  if (key !== 'DEPROVISION_FIRST_USER' || done.PROVISION_FIRST_USER !== null) return null;
  return inOkta('PROVISION_FIRST_USER', 'Provision a first user: assign one to the app.');
}

function here(text: string): Remedy {
  return { text, audience: 'WORKSPACE_ADMIN', oktaLocation: null };
}

function inOkta(key: SetupStepKey, text: string): Remedy {
  const { oktaLocation = null } = SETUP_STEPS.find((step) => step.key === key) ?? {};
  return { text, audience: 'DIRECTORY_ADMIN', oktaLocation };
}
