import { Stack, Text, ThemeIcon } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly icon: Icon;
  readonly title: string;
  /** Why there is nothing, and what brings something. */
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** Stands where a list or a page has nothing to show. */
export function EmptyState({ icon: Glyph, title, children, action }: EmptyStateProps) {
  return (
    <Stack align="center" gap="xs" py="xl" px="md" ta="center">
      <ThemeIcon variant="light" size={44} radius="xl" mb={4}>
        <Glyph size={22} stroke={1.6} aria-hidden />
      </ThemeIcon>
      <Text fw={600}>{title}</Text>
      {children !== undefined && (
        <Text c="dimmed" size="sm" maw="26rem">
          {children}
        </Text>
      )}
      {action}
    </Stack>
  );
}
