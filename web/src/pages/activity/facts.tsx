import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyField } from '../../parts/copy-field.tsx';
import type { Story } from './event-story.tsx';
import classes from './story.module.css';
import { took } from './words.ts';

/** The call as it came in, for those who look into it together with support or the directory's admin. */
export function Facts({ event }: { readonly event: Story }) {
  const { credential, httpMethod, path, httpStatus, durationMs, ipAddress, userAgent } = event;
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['Credential', credential === null ? 'None that is known' : `${credential.name} (${credential.prefix}…)`],
    ['Asked', <code key="asked">{`${httpMethod} ${path}`}</code>],
    ['Answered', `HTTP ${httpStatus} in ${took(durationMs)}`],
    ['From', ipAddress],
    ['Caller', userAgent ?? 'Did not say'],
  ];
  return (
    <Stack gap="md">
      <CopyField label="Request ID" description="Quote it to support." value={event.requestId} />
      <dl className={classes.facts}>
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Stack>
  );
}
