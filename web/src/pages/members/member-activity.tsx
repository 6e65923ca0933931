import { Anchor, Group, Skeleton, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useLiveQuery } from '../../apollo/use-live-query.ts';
import { graphql } from '../../gql/index.ts';
import type { ManagedBy, MemberActivityQuery, ProvisioningOutcome } from '../../gql/graphql.ts';
import { ErrorState } from '../../parts/error-state.tsx';
import { RelativeTime } from '../../parts/relative-time.tsx';
import { Rows, Section } from '../../parts/section.tsx';
import { StatusBadge, type Tone } from '../../parts/status-badge.tsx';
import { activityPath } from '../../shell/places.ts';

const MemberActivityQueryDocument = graphql(/* GraphQL */ `
  query MemberActivity($userId: ID!) {
    workspace {
      id
      provisioning {
        id
        events(filter: { targetId: $userId }, first: 8) {
          edges {
            cursor
            node {
              id
              occurredAt
              outcome
              summary
            }
          }
          pageInfo {
            startCursor
            endCursor
            hasNextPage
            hasPreviousPage
          }
        }
      }
    }
  }
`);

type Event = NonNullable<
  NonNullable<MemberActivityQuery['workspace']>['provisioning']
>['events']['edges'][number]['node'];

const OUTCOMES: Readonly<Record<ProvisioningOutcome, { readonly tone: Tone; readonly word: string }>> = {
  SUCCEEDED: { tone: 'good', word: 'Done' },
  UNCHANGED: { tone: 'quiet', word: 'No change' },
  REFUSED: { tone: 'bad', word: 'Refused' },
  UNAUTHENTICATED: { tone: 'bad', word: 'Key refused' },
  THROTTLED: { tone: 'warning', word: 'Too many calls' },
  FAILED: { tone: 'bad', word: 'Failed' },
};

/** What the directory has done to a member of late. */
export function MemberActivity({ userId, managedBy }: { readonly userId: string; readonly managedBy: ManagedBy }) {
  const { data, error, refetch } = useLiveQuery(MemberActivityQueryDocument, { userId });
  const events = data?.workspace?.provisioning?.events.edges.map(({ node }) => node);
  return (
    <Section
      title="Directory activity"
      description="The latest calls of the directory about this member."
      actions={
        events !== undefined &&
        events.length > 0 && (
          <Anchor component={Link} to={activityPath(userId)} size="sm">
            See all activity
          </Anchor>
        )
      }
    >
      {error !== undefined ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <Events events={events} managedBy={managedBy} />
      )}
    </Section>
  );
}

interface EventsProps {
  /** Undefined while nothing has been read yet. */
  readonly events: readonly Event[] | undefined;
  readonly managedBy: ManagedBy;
}

function Events({ events, managedBy }: EventsProps) {
  if (events === undefined) return <Skeleton h={120} />;
  if (events.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {managedBy === 'DIRECTORY'
          ? 'Nothing in the time that activity is kept for.'
          : 'The directory has never written this member.'}
      </Text>
    );
  return (
    <Rows label="Directory activity">
      {events.map(({ id, occurredAt, outcome, summary }) => (
        <li key={id}>
          <Group justify="space-between" wrap="nowrap" gap="sm">
            <Text size="sm" truncate>
              {summary}
            </Text>
            <Group gap="sm" wrap="nowrap" flex="none">
              {outcome !== 'SUCCEEDED' && (
                <StatusBadge tone={OUTCOMES[outcome].tone}>{OUTCOMES[outcome].word}</StatusBadge>
              )}
              <Text size="xs" c="dimmed" component="span">
                <RelativeTime at={occurredAt} />
              </Text>
            </Group>
          </Group>
        </li>
      ))}
    </Rows>
  );
}
