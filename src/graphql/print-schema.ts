import { writeFileSync } from 'node:fs';
import { printRollcallSchema } from './schema.ts';

// `tsx src/graphql/print-schema.ts` prints the schema; with a path it writes it there (`schema.graphql`).
const [path] = process.argv.slice(2);
if (path === undefined) process.stdout.write(printRollcallSchema());
else writeFileSync(path, printRollcallSchema());
