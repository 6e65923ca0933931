import { Button, Code, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconCloudOff } from '@tabler/icons-react';
import { explain } from '../apollo/explain.ts';

interface ErrorStateProps {
  readonly error: unknown;
  readonly onRetry?: () => unknown;
}

/** Stands where something could not be read: what happened, what to do, and the id to quote. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const { title, message, requestId } = explain(error);
  return (
    <Stack align="center" gap="xs" py="xl" px="md" ta="center" role="alert">
      <ThemeIcon variant="light" color="red" size={44} radius="xl" mb={4}>
        <IconCloudOff size={22} stroke={1.6} aria-hidden />
      </ThemeIcon>
      <Text fw={600}>{title}</Text>
      <Text c="dimmed" size="sm" maw="28rem">
        {message}
      </Text>
      {requestId !== undefined && (
        <Text size="xs" c="dimmed">
          Request ID <Code>{requestId}</Code>
        </Text>
      )}
      {onRetry !== undefined && (
        <Button variant="default" mt="xs" onClick={() => void onRetry()}>
          Try again
        </Button>
      )}
    </Stack>
  );
}
