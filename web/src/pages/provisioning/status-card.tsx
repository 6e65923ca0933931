import { Anchor, Group, Stack, Text } from '@mantine/core';
import type { ProvisioningStatus } from '../../gql/graphql.ts';
import { CopyField } from '../../parts/copy-field.tsx';
import { Section } from '../../parts/section.tsx';
import { StatusBadge, type Tone } from '../../parts/status-badge.tsx';
import classes from './status.module.css';
import { statusReason, type StatusFacts } from './status-reason.ts';

const WORDS: Readonly<Record<ProvisioningStatus, { readonly word: string; readonly tone: Tone }>> = {
  SSO_NOT_IN_SUBSCRIPTION: { word: 'Unavailable', tone: 'quiet' },
  PAUSED: { word: 'Paused', tone: 'warning' },
  NO_CREDENTIAL: { word: 'Disconnected', tone: 'quiet' },
  AWAITING_FIRST_CALL: { word: 'Waiting', tone: 'pending' },
  FAILING: { word: 'Failing', tone: 'bad' },
  DEGRADED: { word: 'Degraded', tone: 'warning' },
  HEALTHY: { word: 'Healthy', tone: 'good' },
};

/** Where provisioning stands, in one word and with the reason, and the address that Okta calls. */
export function StatusCard(facts: StatusFacts & { readonly baseUrl: string }) {
  const { word, tone } = WORDS[facts.status];
  return (
    <Section title="Status">
      <Stack gap="lg">
        <Group gap="sm" align="center" role="status">
          <StatusBadge tone={tone} size="lg">
            {word}
          </StatusBadge>
          <Text size="sm" maw="44rem" className={classes.words}>
            {statusReason(facts)}
            {facts.upgradeUrl !== null && (
              <>
                {' '}
                <Anchor href={facts.upgradeUrl} size="sm" underline="always">
                  See the plans
                </Anchor>
              </>
            )}
          </Text>
        </Group>
        <CopyField
          label="Base URL"
          description="The address of this workspace for Okta. It is the same for every credential and never changes."
          value={facts.baseUrl}
        />
      </Stack>
    </Section>
  );
}
