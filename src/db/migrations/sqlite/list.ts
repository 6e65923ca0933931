import { FirstTables } from './0001-first-tables.ts';
import { Teams } from './0002-teams.ts';
import { Passwords } from './0003-passwords.ts';

/** All migrations, oldest first: listed, not searched for, so that source and build run the same. */
export const migrations = [FirstTables, Teams, Passwords];
