import { ActionIcon, Drawer, Group, Skeleton, Stack, Title, Tooltip, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@apollo/client/react';
import { IconChevronDown, IconChevronUp, IconClockOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { EventLineFragment } from '../../gql/graphql.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { EventStory } from './event-story.tsx';
import { StoryQuery } from './queries.ts';
import classes from './story.module.css';

/** The event that the address names, beside the list. */
export function EventDrawer({ events }: { readonly events: readonly EventLineFragment[] }) {
  const [search, setSearch] = useSearchParams();
  const id = search.get('event');
  const shown = useLast(id);
  const go = (to: string | null) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        if (to === null) after.delete('event');
        else after.set('event', to);
        return after;
      },
      { replace: true, preventScrollReset: true },
    );
  return (
    <Drawer.Root opened={id !== null} onClose={() => go(null)} position="right" size="40rem">
      <Drawer.Overlay backgroundOpacity={0.3} />
      <Drawer.Content>
        <Drawer.Header className={classes.header}>
          <Drawer.Title>Event</Drawer.Title>
          <Group gap={4}>
            <Neighbours id={shown} events={events} onGo={go} />
            <Drawer.CloseButton aria-label="Close" data-autofocus />
          </Group>
        </Drawer.Header>
        <Drawer.Body>{shown !== null && <Story key={shown} id={shown} />}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

/** The last value that was one, so that a closing drawer does not empty on its way. */
function useLast(value: string | null): string | null {
  const [last, setLast] = useState(value);
  useEffect(() => {
    if (value !== null) setLast(value);
  }, [value]);
  return value ?? last;
}

interface NeighboursProps {
  readonly id: string | null;
  readonly events: readonly EventLineFragment[];
  readonly onGo: (id: string) => void;
}

/** The ways to the next newer and older event, for reading one after the other. */
function Neighbours({ id, events, onGo }: NeighboursProps) {
  const place = events.findIndex((event) => event.id === id);
  if (place === -1) return null;
  const ways = [
    { label: 'Newer event', to: events[place - 1]?.id, icon: IconChevronUp },
    { label: 'Older event', to: events[place + 1]?.id, icon: IconChevronDown },
  ];
  return ways.map(({ label, to, icon: Glyph }) => (
    <Tooltip key={label} label={label}>
      <ActionIcon
        aria-label={label}
        size="lg"
        data-disabled={to === undefined}
        aria-disabled={to === undefined}
        onClick={() => to !== undefined && onGo(to)}
      >
        <Glyph size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  ));
}

function Story({ id }: { readonly id: string }) {
  const { data, error, refetch } = useQuery(StoryQuery, { variables: { id } });
  if (data?.node?.__typename === 'ProvisioningEvent') return <EventStory event={data.node} />;
  if (error !== undefined) return <ErrorState error={error} onRetry={refetch} />;
  if (data === undefined) return <StorySkeleton />;
  return (
    <EmptyState icon={IconClockOff} title="This event is not kept any more">
      Calls that only read and succeeded are kept for 7 days, all others for 90. Or its address is incomplete.
    </EmptyState>
  );
}

function StorySkeleton() {
  return (
    <Stack gap="md" aria-busy="true">
      <VisuallyHidden>
        <Title order={2}>Loading</Title>
      </VisuallyHidden>
      <Skeleton h={26} w="70%" />
      <Skeleton h={18} w="45%" />
      <Skeleton h={120} radius="md" mt="md" />
      <Skeleton h={160} radius="md" />
    </Stack>
  );
}
