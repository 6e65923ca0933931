import { Anchor, Collapse, SegmentedControl, Skeleton, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChartBar } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useState, type ReactNode } from 'react';
import { useLiveQuery } from '../../apollo/use-live-query.ts';
import { graphql } from '../../gql/index.ts';
import type { HealthWindow, ProvisioningHealthQuery } from '../../gql/graphql.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { RemedyText } from '../../parts/mutation-error.tsx';
import { RelativeTime } from '../../parts/relative-time.tsx';
import { Rows, Section } from '../../parts/section.tsx';
import { count, counted } from '../../parts/words.ts';
import { HealthChart, HealthTable } from './health-chart.tsx';
import classes from './health.module.css';

/** Exported for the status, which names how many calls failed. */
export const HealthDocument = graphql(/* GraphQL */ `
  query ProvisioningHealth($window: HealthWindow!) {
    workspace {
      id
      provisioning {
        id
        health(window: $window) {
          window
          requestCount
          refusedCount
          throttledCount
          failedCount
          durationP95Ms
          lastRequestAt
          lastSuccessAt
          topErrors {
            code
            count
            lastOccurredAt
            remedy {
              ...RemedyParts
            }
          }
          buckets {
            start
            succeeded
            refused
            throttled
            failed
          }
        }
      }
    }
  }
`);

type Health = NonNullable<NonNullable<ProvisioningHealthQuery['workspace']>['provisioning']>['health'];

const WINDOWS: { value: HealthWindow; label: string; inWords: string }[] = [
  { value: 'LAST_HOUR', label: '1 hour', inWords: 'the last hour' },
  { value: 'LAST_24_HOURS', label: '24 hours', inWords: 'the last 24 hours' },
  { value: 'LAST_7_DAYS', label: '7 days', inWords: 'the last 7 days' },
  { value: 'LAST_30_DAYS', label: '30 days', inWords: 'the last 30 days' },
];

/** How provisioning has been doing: figures, a chart by outcome, and the commonest errors with what to do. */
export function HealthCard() {
  const [window, look] = useState<HealthWindow>('LAST_24_HOURS');
  const { data, error, refetch } = useLiveQuery(HealthDocument, { window });
  const health = data?.workspace?.provisioning?.health;
  return (
    <Section
      title="Health"
      actions={
        <SegmentedControl
          aria-label="How far back"
          size="xs"
          data={WINDOWS.map(({ value, label }) => ({ value, label }))}
          value={window}
          onChange={(value) => look(value)}
        />
      }
    >
      {error !== undefined && <ErrorState error={error} onRetry={refetch} />}
      {health === undefined && error === undefined && <Skeleton h={260} />}
      {health !== undefined && <HealthOf health={health} />}
    </Section>
  );
}

function HealthOf({ health }: { readonly health: Health }) {
  const { inWords } = WINDOWS.find(({ value }) => value === health.window)!;
  const [opened, { toggle }] = useDisclosure(false);
  if (health.lastRequestAt === null)
    return (
      <EmptyState icon={IconChartBar} title="Okta has not called yet">
        Calls show here by outcome as soon as there are some.
      </EmptyState>
    );
  return (
    <>
      <Figures health={health} />
      <HealthChart buckets={health.buckets} label={summary(health, inWords)} />
      <div className={classes.more}>
        <Anchor component="button" type="button" size="sm" onClick={toggle} aria-expanded={opened}>
          {opened ? 'Hide the numbers' : 'Show the numbers'}
        </Anchor>
      </div>
      <Collapse expanded={opened}>
        <HealthTable buckets={health.buckets} />
      </Collapse>
      {health.topErrors.length > 0 && <TopErrors errors={health.topErrors} />}
    </>
  );
}

function Figures({ health }: { readonly health: Health }) {
  const { requestCount, refusedCount, failedCount, durationP95Ms, lastRequestAt, lastSuccessAt } = health;
  const figures: [string, ReactNode][] = [
    ['Calls', count(requestCount)],
    ['Refused', count(refusedCount)],
    ['Failed', count(failedCount)],
    ['95% answered within', durationP95Ms === null ? '–' : `${count(Math.ceil(durationP95Ms))} ms`],
    ['Last call', <RelativeTime key="call" at={lastRequestAt} />],
    ['Last success', <RelativeTime key="success" at={lastSuccessAt} />],
  ];
  return (
    <dl className={`${classes.figures} tabular`}>
      {figures.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function summary({ requestCount, refusedCount, throttledCount, failedCount }: Health, inWords: string): string {
  const succeeded = requestCount - refusedCount - throttledCount - failedCount;
  return `Calls over time. In ${inWords}: ${counted(requestCount, 'call')}, of which ${succeeded} succeeded, ${refusedCount} were refused, ${throttledCount} slowed down and ${failedCount} failed.`;
}

function TopErrors({ errors }: { readonly errors: Health['topErrors'] }) {
  return (
    <>
      <Text component="h3" fw={600} size="sm" mt="xl" mb="sm">
        Commonest errors
      </Text>
      <Rows label="Commonest errors">
        {errors.map(({ code, count: times, lastOccurredAt, remedy }) => (
          <li key={code}>
            <Anchor component={Link} to={`/security/activity?error=${code}`} size="sm" fw={550}>
              {errorNames(code)}
            </Anchor>
            <Text size="xs" c="dimmed" mb={4}>
              {counted(times, 'time')} · last <RelativeTime at={lastOccurredAt} />
            </Text>
            <RemedyText remedy={remedy} />
          </li>
        ))}
      </Rows>
    </>
  );
}

function errorNames(code: string): string {
  const words = code.replaceAll('_', ' ').toLowerCase().replace('sso', 'SSO');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
