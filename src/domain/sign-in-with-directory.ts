import { ruleBroken, type DomainError } from './errors.ts';
import type { WorkspaceReader, World } from './ports.ts';
import { contextOf, endReplaced, startSession, type SignedIn } from './session-start.ts';
import type { Session } from './session.ts';
import { SUBJECT_LENGTH } from './sso-connection.ts';
import { displayNameOf } from './user-profile.ts';
import { isActive, type User } from './user.ts';
import { includesSso } from './workspace.ts';

/** Who somebody is, as the workspace's identity provider vouches for them. */
export interface DirectoryPerson {
  readonly issuer: string;
  readonly subject: string;
  readonly userName: string | undefined;
  /** Only where the provider says that it is verified. */
  readonly verifiedEmail: string | undefined;
}

/** A person of the directory who signs in. */
export interface DirectorySignIn {
  readonly workspaceId: string;
  readonly person: DirectoryPerson;
  /** The session that the browser holds until then: it ends. */
  readonly replaced?: Session | undefined;
}

/**
 * Signs in a person for whom the workspace's identity provider vouches, and starts a session. Within the workspace alone
 * they are the user who has signed in as this subject before; else the one with the subject as external ID; else with
 * their user name; else the only one with their verified email address. The subject is the user's from then on,
 * and an invitation that they had has ended.
 * Fails with: RuleBroken(SSO_NOT_IN_SUBSCRIPTION, SIGN_IN_REFUSED).
 */
export async function signInWithDirectory(
  world: World,
  { workspaceId, person, replaced }: DirectorySignIn,
): Promise<SignedIn> {
  const reader = world.store.workspace(workspaceId);
  const workspace = await reader.workspace();
  if (workspace === undefined || !includesSso(workspace)) throw noSso();
  const found = await userOf(reader, person);
  if (!isActive(found.user)) throw deactivated(found.user);
  await endReplaced(world, replaced);
  return world.store.inWorkspace(workspaceId, async (tx) => {
    // Whoever was found may have been deactivated or deleted since, or linked by another sign-in.
    const user = await tx.users.get(found.user.id);
    if (user === undefined) throw unknownPerson(person);
    if (!isActive(user)) throw deactivated(user);
    const { issuer, subject } = person;
    const linked = await tx.sso.identityOf(user.id);
    // An external ID is written by whoever holds a key of SCIM, which an admin may, and an owner is no admin's to become.
    const isCertain = found.isCertain && user.role !== 'OWNER';
    if (linked !== undefined && linked.subject !== subject && !isCertain) throw linkedToAnother(user);
    if (linked?.subject !== subject)
      await tx.sso.setIdentity({ issuer, subject, userId: user.id, linkedAt: world.clock.now() });
    // Whoever else holds it would set a password of a person who has come in without one.
    await tx.invitations.removeOfUser(user.id);
    return startSession(contextOf(world, user), tx, user);
  });
}

/** A user, and whether the provider's own, never reused id says that it is they. */
interface Match {
  readonly user: User;
  readonly isCertain: boolean;
}

async function userOf({ users, sso }: WorkspaceReader, person: DirectoryPerson): Promise<Match> {
  const { issuer, subject, userName, verifiedEmail } = person;
  if (subject === '' || subject.length > SUBJECT_LENGTH) throw unknownPerson(person);
  const userId = await sso.userIdOf(issuer, subject);
  const certain = (userId && (await users.get(userId))) || (await users.byExternalId(subject));
  if (certain) return { user: certain, isCertain: true };
  const named = userName === undefined ? undefined : await users.byUserName(userName);
  if (named !== undefined) return { user: named, isCertain: false };
  if (verifiedEmail === undefined) throw unknownPerson(person);
  const criteria = { kind: 'compare', field: 'emails.value', operator: 'eq', value: verifiedEmail } as const;
  const { users: holders, total } = await users.find(criteria, { offset: 0, limit: 2 });
  if (total > 1) throw sharedEmail(verifiedEmail);
  if (holders[0] === undefined) throw unknownPerson(person);
  return { user: holders[0], isCertain: false };
}

function noSso(): DomainError {
  return ruleBroken(
    'SSO_NOT_IN_SUBSCRIPTION',
    'The subscription of this workspace does not include SSO.',
    'Ask an owner of the workspace to change to a plan that includes SSO.',
  );
}

function unknownPerson({ userName, verifiedEmail, subject }: DirectoryPerson): DomainError {
  const name = JSON.stringify((userName ?? verifiedEmail ?? subject).slice(0, 256));
  return refused(
    `Your identity provider knows you as ${name}, and this workspace has no such user.`,
    'Ask an admin of the workspace to assign you to Rollcall in the directory, or to invite you under this name.',
  );
}

function deactivated(user: User): DomainError {
  return refused(
    `${displayNameOf(user)} (${user.userName}) is deactivated in this workspace.`,
    user.managedBy === 'DIRECTORY'
      ? 'Ask an admin of the workspace to assign you to Rollcall in the directory again.'
      : 'Ask an admin of the workspace to reactivate you.',
  );
}

function linkedToAnother(user: User): DomainError {
  return refused(
    `${user.userName} signs in here as another person of the directory.`,
    'Ask an admin of the workspace to look in the directory whether two people have had this name, and to provision you anew.',
  );
}

function sharedEmail(email: string): DomainError {
  return refused(
    `More than one user of this workspace has the email address ${JSON.stringify(email)}.`,
    'Ask an admin of the workspace to give your user the user name that you have in the directory.',
  );
}

function refused(message: string, remedy: string): DomainError {
  return ruleBroken('SIGN_IN_REFUSED', message, remedy);
}
