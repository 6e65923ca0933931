import { Alert, Anchor, Code, Group, List, Stack, Text, Title } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import { useId, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { ProvisioningEventStoryQuery } from '../../gql/graphql.ts';
import { RemedyText } from '../../parts/mutation-error.tsx';
import { exact, RelativeTime } from '../../parts/relative-time.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { Changes } from './changes.tsx';
import { Facts } from './facts.tsx';
import classes from './story.module.css';
import { ERRORS, OPERATIONS, OUTCOMES, targetOf } from './words.ts';

/** An event with all that is known of it. */
export type Story = Extract<ProvisioningEventStoryQuery['node'], { __typename: 'ProvisioningEvent' }>;

/** What happened, what to do about it, what changed, and the facts to quote. */
export function EventStory({ event }: { readonly event: Story }) {
  return (
    <Stack gap="xl">
      <Heading event={event} />
      {event.error !== null && <Failure event={event} error={event.error} />}
      <Part title="What changed">
        <Changes event={event} />
      </Part>
      {event.tolerated.length > 0 && (
        <Part title="Put up with">
          <Text size="sm" c="dimmed" mb="xs">
            Oddities of the call that did no harm: they were corrected, or left out.
          </Text>
          <List size="sm" spacing={6}>
            {event.tolerated.map((oddity) => (
              <List.Item key={oddity}>{oddity}</List.Item>
            ))}
          </List>
        </Part>
      )}
      <Part title="The call">
        <Facts event={event} />
      </Part>
    </Stack>
  );
}

function Heading({ event }: { readonly event: Story }) {
  const { word, tone } = OUTCOMES[event.outcome];
  const { name, to } = targetOf(event);
  return (
    <div>
      <Title order={2} className={classes.title}>
        {event.summary}
      </Title>
      <Group gap="xs" mt="xs">
        <StatusBadge tone={tone}>{word}</StatusBadge>
        <Text size="sm">{OPERATIONS[event.operation]}</Text>
        <Text size="sm" c="dimmed">
          <RelativeTime at={event.occurredAt} /> · {exact(event.occurredAt)}
        </Text>
      </Group>
      {event.target !== null && to !== null && (
        <Group gap="lg" mt="sm">
          <Anchor component={Link} to={to} size="sm">
            Open {name}
          </Anchor>
          <Anchor component={Link} to={`/security/activity?target=${event.target.id}`} size="sm">
            All events of {name}
          </Anchor>
        </Group>
      )}
    </div>
  );
}

function Failure({ event, error }: { readonly event: Story; readonly error: NonNullable<Story['error']> }) {
  return (
    <>
      <Alert color="blue" icon={<IconBulb size={18} aria-hidden />} title="What to do">
        <RemedyText remedy={error.remedy} />
      </Alert>
      <Part title="What Okta’s screen showed">
        <div className={classes.answer}>
          <Text size="xs" c="dimmed" mb={4}>
            {ERRORS[error.code]} · HTTP {event.httpStatus}
            {error.scimType !== null && (
              <>
                {' · '}
                <Code>{error.scimType}</Code>
              </>
            )}
          </Text>
          <Text size="sm">{error.detail}</Text>
        </div>
      </Part>
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Title order={3} id={id} mb="xs">
        {title}
      </Title>
      {children}
    </section>
  );
}
