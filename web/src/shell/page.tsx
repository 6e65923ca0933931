import { Group, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconChevronLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import classes from './shell.module.css';

interface PageProps {
  readonly title: string;
  /** One sentence: what is done here. */
  readonly description?: ReactNode;
  /** The list that the page's subject stands in. */
  readonly back?: { readonly to: string; readonly label: string };
  /** A picture beside the title, such as a person's initials. */
  readonly picture?: ReactNode;
  /** The page's one or two main acts. */
  readonly actions?: ReactNode;
  /** Gives tables the room they need. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A page inside the shell: its document title, its one `h1`, and its measure. */
export function Page({ title, description, back, picture, actions, wide = false, children }: PageProps) {
  useDocumentTitle(`${title} · Rollcall`);
  return (
    <div className={wide ? `${classes.page} ${classes.wide}` : classes.page}>
      {back !== undefined && (
        <Link to={back.to} className={classes.back}>
          <IconChevronLeft size={16} aria-hidden />
          {back.label}
        </Link>
      )}
      <Group justify="space-between" align="flex-start" gap="md" mb="xl">
        {picture}
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
