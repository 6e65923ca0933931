import { Center, Paper, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import mark from '../../favicon.svg';
import classes from './frame.module.css';

interface SignInFrameProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
}

/** A page outside the shell: the mark, one heading, one card. */
export function SignInFrame({ title, description, children }: SignInFrameProps) {
  useDocumentTitle(`${title} · Rollcall`);
  return (
    <Center component="main" mih="100vh" p="md" className={classes.stage}>
      <Stack gap="lg" w="100%" maw={400} mb="8vh">
        <Stack gap={4} align="center" ta="center">
          <img src={mark} width={44} height={44} alt="Rollcall" />
          <Title order={1} mt="sm">
            {title}
          </Title>
          {description !== undefined && <Text c="dimmed">{description}</Text>}
        </Stack>
        <Paper withBorder p="xl" className={classes.card}>
          {children}
        </Paper>
      </Stack>
    </Center>
  );
}
