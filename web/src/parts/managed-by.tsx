import { Group, Text } from '@mantine/core';
import { IconBuilding, IconCloud } from '@tabler/icons-react';
import type { ManagedBy } from '../gql/graphql.ts';

/** Who manages a user or team, as people read it. */
export const managedByNames: Readonly<Record<ManagedBy, string>> = { DIRECTORY: 'Directory', WORKSPACE: 'Workspace' };

/** Who manages a user or team: a sign and a word. */
export function ManagedByMark({ by }: { readonly by: ManagedBy }) {
  const Glyph = by === 'DIRECTORY' ? IconCloud : IconBuilding;
  return (
    <Group gap={6} wrap="nowrap" component="span" display="inline-flex" style={{ verticalAlign: 'middle' }}>
      <Glyph size={15} stroke={1.7} color="var(--mantine-color-dimmed)" aria-hidden />
      <Text component="span" size="sm">
        {managedByNames[by]}
      </Text>
    </Group>
  );
}
