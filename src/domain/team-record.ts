import type { AttributeChange } from './changes.ts';
import type { Context, Transaction } from './ports.ts';
import type { ProvisioningOperation } from './provisioning-event.ts';
import { record } from './record.ts';
import type { Team } from './team.ts';

/** Who came into a team and who left it. */
export interface Moved {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** What differs between two states of a team, by SCIM path; undefined is a team that is not there. */
export function changesOf(before: Team | undefined, after: Team | undefined): AttributeChange[] {
  const pairs = [
    ['displayName', before?.name, after?.name],
    ['externalId', before?.externalId, after?.externalId],
    ['roleMapping', before?.roleMapping, after?.roleMapping],
  ] as const;
  return pairs
    .filter(([, old, now]) => (old ?? null) !== (now ?? null))
    .map(([path, old, now]) => ({ path, before: json(old), after: json(now), redacted: false }));
}

const LONGEST_VALUE = 1_024;

/** Who came and who left, as one change of `members`. */
export function memberChanges({ added, removed }: Moved): AttributeChange[] {
  if (added.length + removed.length === 0) return [];
  return [{ path: 'members', before: listed(removed), after: listed(added), redacted: false }];
}

/** As many of the ids as fit, so that the text stays JSON, and how many more there are. */
function listed(ids: readonly string[]): string | null {
  if (ids.length === 0) return null;
  const shown = ids.slice(0, Math.floor((LONGEST_VALUE - 40) / 40));
  const rest = ids.length - shown.length;
  return JSON.stringify(rest === 0 ? shown : [...shown, `and ${rest} more`]);
}

function json(value: string | null | undefined): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}

/** What a command did to a team, and the verb that tells it. */
interface Told {
  readonly name: 'TeamCreated' | 'TeamUpdated' | 'TeamDeleted' | 'TeamUnlinked';
  readonly operation: ProvisioningOperation;
  readonly changes: readonly AttributeChange[];
  readonly hasChanged: boolean;
  readonly verb: string;
}

/** Writes into the logs what a command did to a team. */
export function tell(ctx: Context, tx: Transaction, team: Team, { verb, ...deed }: Told): Promise<void> {
  const summary = deed.hasChanged ? `${verb} the team ${team.name}` : `The team ${team.name} was up to date already`;
  return record(ctx, tx, { ...deed, targetType: 'Team', targetId: team.id, targetName: team.name, summary });
}
