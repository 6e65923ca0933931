import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import type { DatabaseStore } from '../db/store.ts';
import type { Line } from '../db/transfer.ts';
import type { Secrets } from '../domain/ports.ts';
import { jsonOption, print, withSession } from './session.ts';

const BOUND = 'rollcall export';
const WRITE_TOGETHER = 256 * 1024;

/** The first line of a file: what it is, and proof of the secret that its hashes were made with. */
interface Head {
  readonly rollcall: 1;
  readonly migration: string;
  readonly sealed: string;
}

/** `rollcall export` and `rollcall import` */
export function addTransferCommands(program: Command): void {
  const exporting = program
    .command('export')
    .description('Write the whole installation into a file, to import it into another database.')
    .requiredOption('--file <path>', 'the file to make; it holds everything but plain secrets');
  jsonOption(exporting).action(async ({ file }: { file: string }) => {
    await withSession(async ({ store, world }) => {
      const rows = await exportTo(file, store, world.secrets);
      print(exporting, { rows }, [`Wrote ${rows} rows to ${file}. Keep it as safe as the database.`]);
    });
  });
  const importing = program
    .command('import')
    .description('Fill an empty database with an exported installation. Ids, versions, keys and history stay.')
    .requiredOption('--file <path>', 'the file that `rollcall export` made');
  jsonOption(importing).action(async ({ file }: { file: string }) => {
    await withSession(async ({ store, world }) => {
      const rows = await importFrom(file, store, world.secrets);
      print(importing, { rows }, [`Imported ${rows} rows.`]);
    });
  });
}

async function exportTo(file: string, store: DatabaseStore, secrets: Secrets): Promise<number> {
  const handle = await open(file, 'wx', 0o600).catch((error: Error) => {
    throw new Error(`${file} cannot be made: ${error.message}.`);
  });
  let rows = 0;
  try {
    const head: Head = { rollcall: 1, migration: store.newestMigration, sealed: secrets.seal(BOUND, BOUND) };
    let text = `${JSON.stringify(head)}\n`;
    await store.exportTo(async (lines) => {
      for await (const line of lines) {
        text += `${JSON.stringify(line)}\n`;
        rows += 1;
        if (text.length < WRITE_TOGETHER) continue;
        await handle.appendFile(text);
        text = '';
      }
    });
    await handle.appendFile(`${text}${JSON.stringify({ rows })}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return rows;
}

async function importFrom(file: string, store: DatabaseStore, secrets: Secrets): Promise<number> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity })[Symbol.asyncIterator]();
  const first = await lines.next();
  checkHead(first.done === true ? '' : first.value, file, store, secrets);
  return store.importFrom(rowsIn(lines, file));
}

function checkHead(text: string, file: string, store: DatabaseStore, secrets: Secrets): void {
  const head = text.startsWith('{"rollcall":1,') ? (JSON.parse(text) as Head) : undefined;
  if (head === undefined) throw new Error(`${file} is no export of Rollcall.`);
  if (head.migration.slice(0, 4) !== store.newestMigration.slice(0, 4))
    throw new Error(
      `${file} was made at migration ${head.migration}, this version is at ${store.newestMigration}. Export and import with the same version.`,
    );
  if (secrets.unseal(head.sealed, BOUND) !== BOUND)
    throw new Error(`${file} was made under another ROLLCALL_SECRET, without which no key in it works. Set that one.`);
}

/** The rows, up to the last line, which says how many there are. */
async function* rowsIn(lines: AsyncIterator<string>, file: string): AsyncGenerator<Line> {
  let count = 0;
  for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
    if (next.value.startsWith('{')) {
      if ((JSON.parse(next.value) as { rows: number }).rows === count) return;
      break;
    }
    yield JSON.parse(next.value) as Line;
    count += 1;
  }
  throw new Error(`${file} is not whole: it ends after ${count} rows. Export again.`);
}
