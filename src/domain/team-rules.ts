import type { Role } from './actor.ts';
import { invalidInput } from './errors.ts';
import type { MappedRole } from './team.ts';
import { issueOf, nameFault } from './values.ts';

/** What of a team has rules; what is left out is not questioned. */
export interface TeamInput {
  readonly name?: string;
  readonly roleMapping?: Role | null;
}

/** Checks a team's name and role mapping, all that is wrong at once. Fails with: InvalidInput. */
export function checkTeam<Input extends TeamInput>(
  input: Input,
): asserts input is Input & { readonly roleMapping?: MappedRole | null } {
  const { name, roleMapping } = input;
  const issues = [
    ...issueOf(['name'], name === undefined ? undefined : nameFault('The team name', name)),
    ...issueOf(['roleMapping'], mappingFault(roleMapping)),
  ];
  if (issues.length > 0) throw invalidInput(issues);
}

function mappingFault(role: Role | null | undefined): string | undefined {
  return role === 'OWNER' ? 'A team never makes owners. Choose MEMBER or ADMIN, or none.' : undefined;
}
