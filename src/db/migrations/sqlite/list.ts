import { FirstTables } from './0001-first-tables.ts';
import { Teams } from './0002-teams.ts';
import { Passwords } from './0003-passwords.ts';
import { Invitations } from './0004-invitations.ts';
import { SignIn } from './0005-sign-in.ts';
import { UserEmails } from './0006-user-emails.ts';
import { UserLists } from './0007-user-lists.ts';

/** All migrations, oldest first: listed, not searched for, so that source and build run the same. */
export const migrations = [FirstTables, Teams, Passwords, Invitations, SignIn, UserEmails, UserLists];
