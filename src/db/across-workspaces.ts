import type { AccessToken } from '../domain/access-token.ts';
import type { Invitation } from '../domain/invitation.ts';
import type { ScimCredential } from '../domain/scim-credential.ts';
import type { Session as UserSession } from '../domain/session.ts';
import type { User } from '../domain/user.ts';
import type { Workspace } from '../domain/workspace.ts';
import { ACCESS_TOKEN_COLUMNS, accessTokenOf, type AccessTokenRow } from './access-tokens.ts';
import { CREDENTIAL_COLUMNS, credentialOf, type CredentialRow } from './credentials.ts';
import { INVITATION_COLUMNS, invitationOf, type InvitationRow } from './invitations.ts';
import { firstRow, type Session } from './session.ts';
import { USER_SESSION_COLUMNS, userSessionOf, type UserSessionRow } from './user-sessions.ts';
import { userById } from './users.ts';
import { workspaceOf, type WorkspaceRow } from './workspaces.ts';

// One query for both: it is asked with every SCIM call.
const CREDENTIAL = `select ${CREDENTIAL_COLUMNS}, workspaces.slug as workspace_slug, workspaces.name as workspace_name,
  plan as workspace_plan, paused as workspace_paused, settings as workspace_settings,
  provisioning_version as workspace_version, workspaces.created_at as workspace_created_at
  from scim_credentials join workspaces on workspaces.id = scim_credentials.workspace_id where public_id = ?`;
const ACCESS_TOKEN = `select ${ACCESS_TOKEN_COLUMNS} from access_tokens where public_id = ?`;
const INVITATION = `select ${INVITATION_COLUMNS} from invitations where public_id = ?`;
const USER_SESSION = `select ${USER_SESSION_COLUMNS} from sessions where public_id = ?`;

interface CredentialAndWorkspaceRow extends CredentialRow {
  readonly workspace_slug: string;
  readonly workspace_name: string;
  readonly workspace_plan: WorkspaceRow['plan'];
  readonly workspace_paused: number;
  readonly workspace_settings: string;
  readonly workspace_version: number;
  readonly workspace_created_at: string;
}

/** A credential with its workspace. */
export interface CredentialAndWorkspace {
  readonly credential: ScimCredential;
  readonly workspace: Workspace;
}

/** The credential with a public id, and its workspace. */
export async function credentialByPublicId(
  session: Session,
  publicId: string,
): Promise<CredentialAndWorkspace | undefined> {
  const row = await firstRow<CredentialAndWorkspaceRow>(session, CREDENTIAL, [publicId]);
  if (row === undefined) return undefined;
  const workspace = workspaceOf({
    id: row.workspace_id,
    slug: row.workspace_slug,
    name: row.workspace_name,
    plan: row.workspace_plan,
    paused: row.workspace_paused,
    settings: row.workspace_settings,
    provisioning_version: row.workspace_version,
    created_at: row.workspace_created_at,
  });
  return { credential: credentialOf(row), workspace };
}

/** The access token with a public id, and its user. */
export async function accessTokenByPublicId(
  session: Session,
  publicId: string,
): Promise<{ token: AccessToken; user: User } | undefined> {
  const row = await firstRow<AccessTokenRow>(session, ACCESS_TOKEN, [publicId]);
  if (row === undefined) return undefined;
  const user = await userById(session, row.workspace_id, row.user_id);
  return user === undefined ? undefined : { token: accessTokenOf(row), user };
}

/** The invitation with a public id, and its user. */
export async function invitationByPublicId(
  session: Session,
  publicId: string,
): Promise<{ invitation: Invitation; user: User } | undefined> {
  const row = await firstRow<InvitationRow>(session, INVITATION, [publicId]);
  if (row === undefined) return undefined;
  const user = await userById(session, row.workspace_id, row.user_id);
  return user === undefined ? undefined : { invitation: invitationOf(row), user };
}

/** The session with a public id, and its user. */
export async function userSessionByPublicId(
  session: Session,
  publicId: string,
): Promise<{ session: UserSession; user: User } | undefined> {
  const row = await firstRow<UserSessionRow>(session, USER_SESSION, [publicId]);
  if (row === undefined) return undefined;
  const user = await userById(session, row.workspace_id, row.user_id);
  return user === undefined ? undefined : { session: userSessionOf(row), user };
}
