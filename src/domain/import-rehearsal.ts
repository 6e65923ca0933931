import { authorize } from './actor.ts';
import type { Slice } from './criteria.ts';
import { invalid } from './errors.ts';
import { teamImportFaults, userImportFaults, type ImportFault } from './import-faults.ts';
import type { Context, WorkspaceReader } from './ports.ts';
import type { Team } from './team.ts';
import { isActive, type User } from './user.ts';

/** How to rehearse. */
export interface RehearsalPlan {
  readonly pageSize?: number;
  readonly includeTeams?: boolean;
}

/** What an import would do. */
export interface ImportRehearsal {
  readonly users: ImportTally;
  /** null where teams were not read. */
  readonly teams: ImportTally | null;
  /** The first that would fail. */
  readonly problems: readonly ImportProblem[];
  readonly pageCount: number;
  readonly slowestPageMs: number;
}

/** What would happen to users or teams; the last three add up to the first. */
export interface ImportTally {
  readonly totalCount: number;
  readonly importCount: number;
  readonly skipCount: number;
  readonly failCount: number;
}

/** A user or team that would not be imported, and why. */
export interface ImportProblem extends ImportFault {
  readonly target: ImportTarget;
}

type ImportTarget = { readonly type: 'User'; readonly user: User } | { readonly type: 'Team'; readonly team: Team };

/** The most problems that a rehearsal tells. */
export const MOST_PROBLEMS = 100;
/** The page size that Okta asks for, and the largest one that there is. */
export const IMPORT_PAGE = { default: 100, most: 1_000 } as const;

/**
 * Reads the lists page by page as Okta's import does, and says what would be imported, what skipped and what would
 * fail. Changes nothing, records nothing, and holds one page at a time. Fails with: Forbidden, InvalidInput.
 */
export async function rehearseImport(
  ctx: Context,
  { pageSize = IMPORT_PAGE.default, includeTeams = true }: RehearsalPlan = {},
): Promise<ImportRehearsal> {
  authorize(ctx.actor, 'readProvisioning');
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > IMPORT_PAGE.most)
    throw invalid(
      ['pageSize'],
      `A page of ${pageSize} cannot be read. Give a whole number from 1 to ${IMPORT_PAGE.most}.`,
    );
  const reader = ctx.store.workspace(ctx.workspaceId);
  const walk: Walk = { pageSize, problems: [], pageCount: 0, slowestPageMs: 0 };
  const users = await walkPages(walk, (slice) => userPage(reader, slice));
  const teams = includeTeams ? await walkPages(walk, (slice) => teamPage(reader, slice)) : null;
  const { problems, pageCount, slowestPageMs } = walk;
  return { users, teams, problems, pageCount, slowestPageMs };
}

/** What is noted on the way. */
interface Walk {
  readonly pageSize: number;
  readonly problems: ImportProblem[];
  pageCount: number;
  slowestPageMs: number;
}

/** What a page holds, each with its faults. */
interface ImportPage {
  readonly total: number;
  readonly entries: readonly Entry[];
}

interface Entry {
  readonly target: ImportTarget;
  readonly isSkipped: boolean;
  readonly faults: readonly ImportFault[];
}

/** Asks for page after page until `startIndex` is past the total, as Okta does (contract §3.7). */
async function walkPages(walk: Walk, read: (slice: Slice) => Promise<ImportPage>): Promise<ImportTally> {
  const tally = { totalCount: 0, importCount: 0, skipCount: 0, failCount: 0 };
  for (let offset = 0, total = 1; offset < total; offset += walk.pageSize) {
    const start = performance.now();
    const page = await read({ offset, limit: walk.pageSize });
    walk.slowestPageMs = Math.max(walk.slowestPageMs, performance.now() - start);
    walk.pageCount += 1;
    total = page.total;
    for (const entry of page.entries) count(walk, tally, entry);
    await otherWork();
  }
  return tally;
}

function count(walk: Walk, tally: { -readonly [Key in keyof ImportTally]: number }, entry: Entry): void {
  const { target, isSkipped, faults } = entry;
  tally.totalCount += 1;
  if (isSkipped) tally.skipCount += 1;
  else if (faults.length === 0) tally.importCount += 1;
  else tally.failCount += 1;
  if (isSkipped) return;
  for (const fault of faults.slice(0, MOST_PROBLEMS - walk.problems.length)) walk.problems.push({ target, ...fault });
}

/** A page as SCIM reads it, with the teams of the users. */
async function userPage({ users, teams }: WorkspaceReader, slice: Slice): Promise<ImportPage> {
  const found = await users.find(undefined, slice);
  await teams.ofUsers(found.users.map(({ id }) => id));
  const entries = found.users.map((user) => {
    const isSkipped = !isActive(user);
    return { target: { type: 'User', user } as const, isSkipped, faults: isSkipped ? [] : userImportFaults(user) };
  });
  return { total: found.total, entries };
}

/** A page as SCIM reads it, with everyone in the teams. */
async function teamPage({ teams }: WorkspaceReader, slice: Slice): Promise<ImportPage> {
  const found = await teams.find(undefined, slice);
  await teams.membersOf(found.teams.map(({ id }) => id));
  const entries = found.teams.map((team) => {
    return { target: { type: 'Team', team } as const, isSkipped: false, faults: teamImportFaults(team) };
  });
  return { total: found.total, entries };
}

/** Lets the process answer others between two pages: what is read from SQLite never waits by itself. */
function otherWork(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
