import type { AttributeChange } from '../domain/changes.ts';
import type { Page, PageOf } from '../domain/criteria.ts';
import type {
  CallStatistics,
  EventListFilter,
  EventReader,
  LatestCalls,
} from '../domain/provisioning-event-repository.ts';
import type { ProvisioningEvent, ProvisioningOutcome } from '../domain/provisioning-event.ts';
import type { Instant } from '../domain/values.ts';
import { eventStatistics, latestCalls } from './event-statistics.ts';
import { pageOf } from './paging.ts';
import { firstRow, type Session, type SqlValue } from './session.ts';

const COLUMNS = `
  workspace_id id occurred_at duration_ms request_id http_method path http_status ip_address user_agent
  operation outcome summary error_code scim_type detail credential_id target_type target_id target_name
  changes tolerated
`
  .trim()
  .split(/\s+/u);
const SELECT = `select ${COLUMNS.join(', ')} from provisioning_events where workspace_id = ?`;
const GET = `${SELECT} and id = ?`;
const MANY = `${SELECT} and id in (select value from json_each(?))`;
const ROW = `(${COLUMNS.map(() => '?').join(', ')})`;
const INSERT = inserting(1);
/** How many go into one statement, by the texts that are kept prepared for it. */
const TOGETHER = [64, 8, 1] as const;
const INSERTS = new Map<number, string>(TOGETHER.map((size) => [size, inserting(size)]));
const ACCEPTED: ReadonlySet<ProvisioningOutcome> = new Set(['SUCCEEDED', 'UNCHANGED']);

/** Appends a call to the log; one that is there already stays as it is. */
export async function addProvisioningEvent(session: Session, event: ProvisioningEvent): Promise<void> {
  await session.run(INSERT, valuesOf(event));
}

/** Appends many; to a database at the other end of a network in few statements. */
export async function addProvisioningEvents(session: Session, events: readonly ProvisioningEvent[]): Promise<void> {
  const sizes = session.words.dialect === 'sqlite' ? [1] : TOGETHER;
  for (let at = 0; at < events.length;) {
    const size = sizes.find((each) => each <= events.length - at)!;
    await session.run(INSERTS.get(size)!, events.slice(at, at + size).flatMap(valuesOf));
    at += size;
  }
}

function inserting(rows: number): string {
  return `insert into provisioning_events (${COLUMNS.join(', ')}) values ${Array.from({ length: rows }, () => ROW).join(', ')}
    on conflict do nothing`;
}

function valuesOf(event: ProvisioningEvent): SqlValue[] {
  return [
    event.workspaceId,
    event.id,
    event.occurredAt,
    event.durationMs,
    event.requestId,
    event.httpMethod,
    event.path,
    event.httpStatus,
    event.ipAddress,
    event.userAgent,
    event.operation,
    event.outcome,
    event.summary,
    event.errorCode,
    event.scimType,
    event.detail,
    event.credentialId,
    event.targetType,
    event.targetId,
    event.targetName,
    JSON.stringify(event.changes),
    JSON.stringify(event.tolerated),
  ];
}

/** Reads of the SCIM calls of one workspace, those still waiting to be written included. */
export class StoredEvents implements EventReader {
  readonly #session: Session;
  readonly #workspaceId: string;
  readonly #settle: () => Promise<void>;

  constructor(session: Session, workspaceId: string, settle: () => Promise<void>) {
    this.#session = session;
    this.#workspaceId = workspaceId;
    this.#settle = settle;
  }

  async get(id: string): Promise<ProvisioningEvent | undefined> {
    await this.#settle();
    const row = await firstRow<EventRow>(this.#session, GET, [this.#workspaceId, id]);
    return row === undefined ? undefined : eventOf(row);
  }

  async many(ids: readonly string[]): Promise<ProvisioningEvent[]> {
    await this.#settle();
    const rows = await this.#session.rows<EventRow>(MANY, [this.#workspaceId, JSON.stringify(ids)]);
    return rows.map((row) => eventOf(row));
  }

  async page(filter: EventListFilter, page: Page): Promise<PageOf<ProvisioningEvent>> {
    await this.#settle();
    const rows = { columns: COLUMNS.join(', '), table: 'provisioning_events', itemOf: eventOf };
    // By id, which grows as calls are decided: reads are written later than writes of the same moment.
    const list = { ...rows, key: ['id'], descending: true, ...conditionOf(this.#workspaceId, filter) };
    return pageOf<EventRow, ProvisioningEvent>(this.#session, list, page);
  }

  async count(filter: EventListFilter, most: number): Promise<number> {
    await this.#settle();
    const { where, parameters } = conditionOf(this.#workspaceId, filter);
    const sql = `select count(*) as count from (select 1 from provisioning_events where ${where} limit ?) as found`;
    return (await firstRow<{ count: number }>(this.#session, sql, [...parameters, most + 1]))!.count;
  }

  async statistics(since: Instant): Promise<CallStatistics> {
    await this.#settle();
    return eventStatistics(this.#session, this.#workspaceId, since);
  }

  async latest(): Promise<LatestCalls> {
    await this.#settle();
    return latestCalls(this.#session, this.#workspaceId);
  }
}

function conditionOf(workspaceId: string, filter: EventListFilter) {
  const parts: string[] = ['workspace_id = ?'];
  const parameters: SqlValue[] = [workspaceId];
  const add = (sql: string, value: SqlValue | undefined) => {
    if (value === undefined) return;
    parts.push(sql);
    parameters.push(value);
  };
  const { outcomes } = filter;
  // Says to SQLite that its index of failed calls will do.
  if (outcomes?.some((outcome) => ACCEPTED.has(outcome)) === false)
    parts.push("outcome not in ('SUCCEEDED', 'UNCHANGED')");
  add('outcome in (select value from json_each(?))', listed(outcomes));
  add('operation in (select value from json_each(?))', listed(filter.operations));
  add('error_code in (select value from json_each(?))', listed(filter.errorCodes));
  add('credential_id = ?', filter.credentialId);
  add('target_id = ?', filter.targetId);
  add('occurred_at >= ?', filter.occurredFrom);
  add('occurred_at < ?', filter.occurredBefore);
  add('request_id = ?', filter.requestId);
  return { where: parts.join(' and '), parameters };
}

function listed(values: readonly string[] | undefined): string | undefined {
  return values === undefined ? undefined : JSON.stringify(values);
}

type Snake<Text extends string> = Text extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${Snake<Tail>}`
  : '';

type EventRow = {
  readonly [Name in keyof ProvisioningEvent as Snake<Name>]: ProvisioningEvent[Name] extends readonly unknown[]
    ? string
    : ProvisioningEvent[Name];
};

function eventOf(row: EventRow): ProvisioningEvent {
  return {
    workspaceId: row.workspace_id,
    id: row.id,
    occurredAt: row.occurred_at,
    durationMs: row.duration_ms,
    requestId: row.request_id,
    httpMethod: row.http_method,
    path: row.path,
    httpStatus: row.http_status,
    ipAddress: row.ip_address,
    userAgent: row.user_agent,
    operation: row.operation,
    outcome: row.outcome,
    summary: row.summary,
    errorCode: row.error_code,
    scimType: row.scim_type,
    detail: row.detail,
    changes: JSON.parse(row.changes) as AttributeChange[],
    tolerated: JSON.parse(row.tolerated) as string[],
    credentialId: row.credential_id,
    targetType: row.target_type,
    targetId: row.target_id,
    targetName: row.target_name,
  };
}
