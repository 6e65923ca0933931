import { Button, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { useRef } from 'react';
import type { EventLineFragment } from '../../gql/graphql.ts';
import { now } from '../../parts/clock.ts';
import { LoadMore } from '../../parts/load-more.tsx';
import { counted } from '../../parts/words.ts';
import classes from './activity.module.css';
import { EventRow } from './event-row.tsx';
import { Liveness } from './liveness.tsx';
import type { Events } from './use-events.ts';

/** The events day by day, the newest first; newer ones wait above until they are asked for. */
export function EventList({ events }: { readonly events: Events }) {
  const top = useRef<HTMLDivElement>(null);
  const showNews = () => {
    const [first] = events.showNews();
    // The eye and the keyboard go to where the new events are.
    requestAnimationFrame(() => {
      top.current?.scrollIntoView({ block: 'nearest' });
      if (first !== undefined) document.getElementById(`event-${first.id}`)?.focus({ preventScroll: true });
    });
  };
  return (
    <div ref={top} className={classes.list} data-busy={events.loading || undefined}>
      <NewsPill events={events} onShow={showNews} />
      <div className={classes.bar}>
        <Text size="xs" c="dimmed" className="tabular">
          {events.total === null ? 'More than 10,000 events' : counted(events.total, 'event')}
        </Text>
        <Liveness error={events.error} />
      </div>
      {byDay(events.events).map(({ day, events: ofDay }) => (
        <section key={day} aria-label={day}>
          <Title order={2} className={classes.day}>
            {day}
          </Title>
          <ol className={classes.rows}>
            {ofDay.map((event) => (
              <EventRow key={event.id} event={event} isNew={events.shownNews.has(event.id)} />
            ))}
          </ol>
        </section>
      ))}
      {events.hasMore && (
        <div className={classes.foot}>
          <LoadMore
            shown={events.events.length}
            total={events.total}
            one="event"
            hasMore={events.hasMore}
            loading={events.loadingMore}
            onMore={events.showMore}
          />
        </div>
      )}
    </div>
  );
}

function NewsPill({ events: { news, behind }, onShow }: { readonly events: Events; readonly onShow: () => void }) {
  const text = behind ? '100+ new' : `${news.length} new`;
  return (
    <div className={classes.pill}>
      <VisuallyHidden role="status">{news.length === 0 ? '' : `${text} events`}</VisuallyHidden>
      {news.length > 0 && (
        <Button size="compact-sm" radius="xl" leftSection={<IconArrowUp size={14} aria-hidden />} onClick={onShow}>
          {text}
          <VisuallyHidden> events: show them</VisuallyHidden>
        </Button>
      )}
    </div>
  );
}

interface Day {
  readonly day: string;
  readonly events: EventLineFragment[];
}

const DATE = new Intl.DateTimeFormat('en', { weekday: 'long', month: 'long', day: 'numeric' });
const DATE_AND_YEAR = new Intl.DateTimeFormat('en', { dateStyle: 'full' });

function byDay(events: readonly EventLineFragment[]): Day[] {
  const days: Day[] = [];
  for (const event of events) {
    const day = dayName(new Date(event.occurredAt));
    if (days.at(-1)?.day === day) days.at(-1)?.events.push(event);
    else days.push({ day, events: [event] });
  }
  return days;
}

function dayName(date: Date): string {
  const today = new Date(now());
  if (date.toDateString() === today.toDateString()) return 'Today';
  const yesterday = new Date(today);
  yesterday.setDate(today.getDate() - 1);
  if (date.toDateString() === yesterday.toDateString()) return 'Yesterday';
  return (date.getFullYear() === today.getFullYear() ? DATE : DATE_AND_YEAR).format(date);
}
