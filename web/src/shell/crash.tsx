import { Button, Center, Code, Stack, Text, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';

interface CrashBoundaryProps {
  /** Another one means another page: what broke is left behind. */
  readonly place: string;
  readonly children: ReactNode;
}

interface Crashed {
  readonly error?: unknown;
  readonly place: string;
}

/** Keeps the frame standing where a page broke, or where its code could not be loaded after an update of the server. */
export class CrashBoundary extends Component<CrashBoundaryProps, Crashed> {
  override state: Crashed = { place: this.props.place };

  static getDerivedStateFromError(error: unknown): Partial<Crashed> {
    return { error };
  }

  static getDerivedStateFromProps({ place }: CrashBoundaryProps, state: Crashed): Crashed | null {
    return place === state.place ? null : { place, error: undefined };
  }

  override render() {
    const { error } = this.state;
    return error === undefined ? this.props.children : <Crash error={error} />;
  }
}

function Crash({ error }: { readonly error: unknown }) {
  return (
    <Center mih="70vh" p="md">
      <Stack align="center" gap="sm" ta="center" role="alert">
        <Title order={1}>This page stopped working</Title>
        <Text c="dimmed" maw="28rem">
          Nothing that was saved is lost. Load the page again; if it happens once more, tell us what you did and what
          stands below.
        </Text>
        <Code>{error instanceof Error ? error.message : String(error)}</Code>
        <Button onClick={() => location.reload()}>Load the page again</Button>
      </Stack>
    </Center>
  );
}
