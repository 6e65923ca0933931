import { Group, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from './shell.module.css';

interface PageProps {
  readonly title: string;
  /** One sentence: what is done here. */
  readonly description?: ReactNode;
  /** The page's one or two main acts. */
  readonly actions?: ReactNode;
  /** Gives tables the room they need. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A page inside the shell: its document title, its one `h1`, and its measure. */
export function Page({ title, description, actions, wide = false, children }: PageProps) {
  useDocumentTitle(`${title} · Rollcall`);
  return (
    <div className={wide ? `${classes.page} ${classes.wide}` : classes.page}>
      <Group justify="space-between" align="flex-start" gap="md" mb="xl">
        <div className={classes.heading}>
          <Title order={1}>{title}</Title>
          {description !== undefined && (
            <Text c="dimmed" mt={4} maw="42rem">
              {description}
            </Text>
          )}
        </div>
        {actions !== undefined && <Group gap="sm">{actions}</Group>}
      </Group>
      {children}
    </div>
  );
}
