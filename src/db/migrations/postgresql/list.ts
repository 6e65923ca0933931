import { FirstTables } from './0003-first-tables.ts';
import { Invitations } from './0004-invitations.ts';
import { SignIn } from './0005-sign-in.ts';
import { UserEmails } from './0006-user-emails.ts';
import { UserLists } from './0007-user-lists.ts';

/**
 * All migrations for PostgreSQL, oldest first. It began when SQLite had three, which the first one here stands for; from
 * then on each has its counterpart of the same number there.
 */
export const migrations = [FirstTables, Invitations, SignIn, UserEmails, UserLists];
