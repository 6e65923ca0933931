// The directory sync of @boxyhq/saml-jackson behind Express as its guide shows it: bench/README.md says how it is set.
import Database from 'better-sqlite3';
import { controllers } from '@boxyhq/saml-jackson';
import express, { type Request, type Response } from 'express';

const { DATABASE = 'jackson.db', PORT = '4003', JOURNAL = 'delete' } = process.env;
const externalUrl = `http://127.0.0.1:${PORT}`;

// Jackson cannot be told the journal mode, but a file keeps its own. With WAL this SQLite's default is synchronous NORMAL.
const made = new Database(DATABASE);
made.pragma(`journal_mode = ${JOURNAL}`);
made.close();

const quiet = () => undefined;
const { directorySyncController, close } = await controllers({
  externalUrl,
  samlPath: '/',
  scimPath: '/api/scim',
  noAnalytics: true,
  logger: { info: quiet, warn: quiet },
  // Pages have 100 users, as everywhere in the run.
  db: { engine: 'sql', type: 'sqlite', url: DATABASE, pageLimit: 100 },
});
const { data: directory, error } = await directorySyncController.directories.create({
  name: 'bench',
  type: 'okta-scim-v2',
  tenant: 'bench',
  product: 'bench',
});
if (directory === null) throw new Error(`Jackson made no directory: ${JSON.stringify(error)}`);

const numberOf = (value: unknown) => (value === undefined ? {} : { value: Number(value) });

async function handle(request: Request, response: Response): Promise<void> {
  const { directoryId, resourceType, resourceId } = request.params as Record<string, string | undefined>;
  const { count, startIndex, filter } = request.query;
  const { value: pageSize } = numberOf(count);
  const { value: first } = numberOf(startIndex);
  const { status, data } = await directorySyncController.requests.handle(
    {
      method: request.method,
      body: request.body as unknown,
      directoryId,
      resourceType: resourceType ?? '',
      resourceId,
      apiSecret: /^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1],
      query: {
        ...(pageSize !== undefined && { count: pageSize }),
        ...(first !== undefined && { startIndex: first }),
        ...(typeof filter === 'string' && { filter }),
      },
    },
    // The app would update its own users here.
    async () => undefined,
  );
  response.status(status).json(data);
}

const app = express().disable('x-powered-by').disable('etag');
app.use(express.json({ type: ['application/scim+json', 'application/json'], limit: '16mb' }));
app.all('/api/scim/:directoryId/:resourceType{/:resourceId}', handle);
const greeting = JSON.stringify({ url: `${externalUrl}${directory.scim.path}`, token: directory.scim.secret });
app.listen(Number(PORT), '127.0.0.1', () => process.stdout.write(`${greeting}\n`));
process.once('SIGTERM', () => void close().finally(() => process.exit(0)));
