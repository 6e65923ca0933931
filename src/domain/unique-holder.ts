import { alreadyExists, DomainError, type Holder } from './errors.ts';
import type { Context } from './ports.ts';
import type { Team } from './team.ts';
import type { User } from './user.ts';

/** Runs a command on a user and, where a unique value is taken, says by whom. Fails with: what the command fails with. */
export function namingTheUser<T>(ctx: Context, command: () => Promise<T>): Promise<T> {
  const { users } = ctx.store.workspace(ctx.workspaceId);
  return namingTheHolder('User', command, async (field, value) => {
    const found = await (field === 'externalId' ? users.byExternalId(value) : users.byUserName(value));
    return found === undefined ? undefined : userAsHolder(found);
  });
}

/** The same for a team. Fails with: what the command fails with. */
export function namingTheTeam<T>(ctx: Context, command: () => Promise<T>): Promise<T> {
  const { teams } = ctx.store.workspace(ctx.workspaceId);
  return namingTheHolder('Team', command, async (field, value) => {
    const found = await (field === 'externalId' ? teams.byExternalId(value) : teams.byName(value));
    return found === undefined ? undefined : teamAsHolder(found);
  });
}

/** Looked up after the transaction has ended: a failed one may answer no more questions. */
async function namingTheHolder<T>(
  type: 'User' | 'Team',
  command: () => Promise<T>,
  holderOf: (field: string, value: string) => Promise<Holder | undefined>,
): Promise<T> {
  try {
    return await command();
  } catch (error) {
    if (!(error instanceof DomainError) || error.refusal.kind !== 'AlreadyExists') throw error;
    const { field, value } = error.refusal;
    const holder = await holderOf(field, value);
    throw holder === undefined ? error : alreadyExists(type, field, value, holder);
  }
}

function userAsHolder({ id, status }: User): Holder {
  return { id, state: status.toLowerCase() };
}

function teamAsHolder({ id, managedBy }: Team): Holder {
  return { id, state: `managed by the ${managedBy.toLowerCase()}` };
}
