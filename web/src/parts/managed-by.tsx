import { IconBuilding, IconCloud } from '@tabler/icons-react';
import type { ManagedBy } from '../gql/graphql.ts';
import classes from './managed-by.module.css';

/** Who manages a user or team, as people read it. */
export const managedByNames: Readonly<Record<ManagedBy, string>> = { DIRECTORY: 'Directory', WORKSPACE: 'Workspace' };

/** Who manages a user or team: a sign and a word. */
export function ManagedByMark({ by }: { readonly by: ManagedBy }) {
  const Glyph = by === 'DIRECTORY' ? IconCloud : IconBuilding;
  return (
    <span className={classes.mark}>
      <Glyph size={15} stroke={1.7} aria-hidden />
      {managedByNames[by]}
    </span>
  );
}
