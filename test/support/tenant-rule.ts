import { entities } from '../../src/db/entities.ts';

/** The tables whose rows belong to a workspace. */
const TENANT_TABLES = [
  ...entities.map(({ meta }) => meta.tableName).filter((name) => name !== 'workspaces'),
  'workspace_counter_deltas',
].join('|');
const ON_TENANT_TABLE = new RegExp(`\\b(?:from|join|into|update)\\s+(?:${TENANT_TABLES})\\b`, 'u');
const BOUND = /\bworkspace_id = (?:\?|\$\d+)/u;
const INSERTED = new RegExp(`^\\s*insert into (?:${TENANT_TABLES})\\s*\\(\\s*workspace_id\\b`, 'u');

/** What may name no workspace, and why. At most five. */
const ALLOWED: Readonly<Record<string, RegExp>> = {
  'the holder of a key, whose workspace follows from it':
    /^select [^;]* from (?:scim_credentials join workspaces on [^;]*|access_tokens|invitations|sessions) where public_id = \?$/su,
  'retention removes what is old everywhere':
    /^delete from (?:provisioning_events|domain_events|sessions) where (?:seq|public_id) in \(/u,
  'the counters of all workspaces are added up (PostgreSQL)':
    /^with gone as \(\s*delete from workspace_counter_deltas/u,
  'an installation is exported and imported whole':
    /^(?:select [\w, ]+ from \w+ (?:where \([\w, ]+\) > \([?, ]+\) )?order by [\w, ]+ limit 1000|insert into workspace_counters .* from workspaces|select setval\(.*)$/su,
  'migrations move rows of all workspaces': /^(?:update users set own_role = role,|insert or ignore into user_emails)/u,
};

/** The statements that read or write rows of workspaces without naming one, and have no reason to. */
export function strayStatements(texts: readonly string[]): string[] {
  return texts
    .map((text) => text.trim())
    .filter((text) => /^(?:select|insert|update|delete|with)\b/u.test(text) && ON_TENANT_TABLE.test(text))
    .filter((text) => !BOUND.test(text) && !INSERTED.test(text))
    .filter((text) => !Object.values(ALLOWED).some((allowed) => allowed.test(text)));
}

/** How many exceptions there are. */
export const EXCEPTIONS = Object.keys(ALLOWED).length;
