import { VisuallyHidden } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { memo } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { EventLineFragment } from '../../gql/graphql.ts';
import { RelativeTime } from '../../parts/relative-time.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import classes from './activity.module.css';
import { OUTCOMES, targetOf, took } from './words.ts';

interface EventRowProps {
  readonly event: EventLineFragment;
  /** Whether it has just come in: it is tinted for a moment. */
  readonly isNew: boolean;
}

/** An event in one line. The whole line opens it. */
export const EventRow = memo(function EventRow({ event, isNew }: EventRowProps) {
  const { id, outcome, summary, error, credential, occurredAt, durationMs } = event;
  const { word, tone } = OUTCOMES[outcome];
  return (
    <li className={classes.row} data-new={isNew || undefined} data-wide={targetOf(event).name === null || undefined}>
      <span className={classes.outcome}>
        <StatusBadge tone={tone}>{word}</StatusBadge>
      </span>
      <span className={classes.story}>
        <EventLink id={id}>{summary}</EventLink>
        {error != null && <span className={classes.detail}>{error.detail}</span>}
      </span>
      <Target event={event} />
      <span className={classes.who}>
        {credential !== null && (
          <>
            <IconKey size={14} stroke={1.7} aria-hidden />
            <VisuallyHidden>by the credential </VisuallyHidden>
            <span className={classes.cut}>{credential.name}</span>
          </>
        )}
      </span>
      <span className={`${classes.took} tabular`}>
        <VisuallyHidden>took </VisuallyHidden>
        {took(durationMs)}
      </span>
      <span className={`${classes.when} tabular`}>
        <RelativeTime at={occurredAt} />
      </span>
    </li>
  );
});

/** Opens an event without leaving the list: its conditions stay in the address. */
function EventLink({ id, children }: { readonly id: string; readonly children: string }) {
  const [search] = useSearchParams();
  const to = new URLSearchParams(search);
  to.set('event', id);
  return (
    <Link id={`event-${id}`} to={{ search: to.toString() }} className={classes.open} preventScrollReset>
      {children}
    </Link>
  );
}

function Target({ event }: { readonly event: EventLineFragment }) {
  const { name, to } = targetOf(event);
  return (
    <span className={classes.target}>
      {to === null ? (
        <span className={classes.cut}>{name}</span>
      ) : (
        <Link to={to} className={classes.link}>
          {name}
        </Link>
      )}
    </span>
  );
}
