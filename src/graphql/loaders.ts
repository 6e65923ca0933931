import DataLoader from 'dataloader';
import type { Context } from '../domain/ports.ts';
import type { TeamOfUser } from '../domain/team-repository.ts';
import type { ProvisioningEvent } from '../domain/provisioning-event.ts';
import type { ScimCredential } from '../domain/scim-credential.ts';
import type { Team } from '../domain/team.ts';
import type { User } from '../domain/user.ts';
import { DAY, later } from '../domain/values.ts';

/** Reads by id for one request: however many are asked for, it is one statement each. */
export interface Loaders {
  readonly users: DataLoader<string, User | undefined>;
  /** Whether another active owner stands beside an active owner. */
  readonly otherOwner: DataLoader<string, boolean>;
  readonly teams: DataLoader<string, Team | undefined>;
  /** The teams of a user, by name. */
  readonly teamsOfUser: DataLoader<string, readonly TeamOfUser[]>;
  /** How many people are in a team. */
  readonly memberCounts: DataLoader<string, number>;
  readonly credentials: DataLoader<string, ScimCredential | undefined>;
  readonly events: DataLoader<string, ProvisioningEvent | undefined>;
  /** Calls with a credential in the last 24 hours. */
  readonly callsLastDay: DataLoader<string, number>;
}

/** The loaders of one request; they never outlive it, nor see another workspace. */
export function createLoaders(ctx: Context): Loaders {
  const { users, teams, credentials, events, tallies } = ctx.store.workspace(ctx.workspaceId);
  return {
    users: byId((ids) => users.many(ids)),
    otherOwner: new DataLoader(async (ids) => {
      const isAlone = ids.length === 1 && !(await users.hasOtherActiveOwner(ids[0]!));
      return ids.map(() => !isAlone);
    }),
    teams: byId((ids) => teams.many(ids)),
    teamsOfUser: new DataLoader(async (ids) => {
      const found = Map.groupBy(await teams.ofUsers(ids), (each) => each.userId);
      return ids.map((id) => found.get(id) ?? []);
    }),
    memberCounts: new DataLoader(async (ids) => {
      const counts = await teams.memberCounts(ids);
      return ids.map((id) => counts.get(id) ?? 0);
    }),
    credentials: byId((ids) => credentials.many(ids)),
    events: byId((ids) => events.many(ids)),
    callsLastDay: new DataLoader(async (ids) => {
      const counts = await tallies.byCredential(ids, later(ctx.clock.now(), -DAY));
      return ids.map((id) => counts.get(id) ?? 0);
    }),
  };
}

function byId<T extends { readonly id: string }>(many: (ids: readonly string[]) => Promise<T[]>) {
  return new DataLoader<string, T | undefined>(async (ids) => {
    const found = new Map((await many(ids)).map((each) => [each.id, each]));
    return ids.map((id) => found.get(id));
  });
}
