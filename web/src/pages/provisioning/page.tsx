import { Alert, Button, Stack, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@apollo/client/react';
import { useLiveQuery } from '../../apollo/use-live-query.ts';
import type { ProvisioningPageQuery } from '../../gql/graphql.ts';
import { ErrorState } from '../../parts/error-state.tsx';
import { CardSkeletons } from '../../parts/page-skeleton.tsx';
import { Page } from '../../shell/page.tsx';
import { Require } from '../../shell/require.tsx';
import { Checklist } from './checklist.tsx';
import { CredentialsCard } from './credentials-card.tsx';
import { GenerateModal } from './generate-modal.tsx';
import { HealthCard, HealthDocument } from './health-card.tsx';
import { ProvisioningPageDocument } from './queries.ts';
import { RehearsalCard } from './rehearsal-card.tsx';
import { SettingsCard } from './settings-card.tsx';
import { StatusCard } from './status-card.tsx';

const NO_VARIABLES = {};

/** `/security/provisioning` */
export function Component() {
  return (
    <Require permission="MANAGE_SECURITY_AND_IDENTITY" title="Provisioning">
      <ProvisioningPage />
    </Require>
  );
}

type Workspace = NonNullable<ProvisioningPageQuery['workspace']>;
type Provisioning = NonNullable<Workspace['provisioning']>;

function ProvisioningPage() {
  const { data, error, stale, refetch } = useLiveQuery(ProvisioningPageDocument, NO_VARIABLES);
  const [generating, { open, close }] = useDisclosure(false);
  const provisioning = data?.workspace?.provisioning ?? undefined;
  const generate = <GenerateButton ability={provisioning?.viewerCanGenerateCredential} onClick={open} />;
  return (
    <Page
      title="Provisioning"
      description="Okta creates, updates and deactivates the members of this workspace through SCIM."
      actions={generate}
    >
      {error !== undefined && <ErrorState error={error} onRetry={refetch} />}
      {provisioning === undefined && error === undefined && <CardSkeletons />}
      {data?.workspace != null && provisioning !== undefined && (
        <Cards workspace={data.workspace} provisioning={provisioning} stale={stale} onChanged={refetch} />
      )}
      {provisioning !== undefined && (
        <GenerateModal
          opened={generating}
          baseUrl={provisioning.baseUrl}
          longest={provisioning.settings.maxCredentialLifetimeDays}
          onClosed={close}
          onGenerated={refetch}
        />
      )}
    </Page>
  );
}

interface CardsProps {
  readonly workspace: Workspace;
  readonly provisioning: Provisioning;
  readonly stale: boolean;
  readonly onChanged: () => unknown;
}

function Cards({ workspace, provisioning, stale, onChanged }: CardsProps) {
  const { sso } = workspace.subscription;
  const credentials = provisioning.credentials.nodes;
  const calls = useCallsOfLastDay();
  return (
    <Stack gap="lg">
      {stale && (
        <Alert color="amber" role="status">
          The server cannot be reached. What you see may be out of date.
        </Alert>
      )}
      <StatusCard
        status={provisioning.status}
        credentials={credentials}
        planReason={sso.reason}
        upgradeUrl={sso.upgradeUrl}
        calls={calls}
        baseUrl={provisioning.baseUrl}
      />
      <Checklist steps={provisioning.setupChecklist} />
      <CredentialsCard
        credentials={credentials}
        baseUrl={provisioning.baseUrl}
        longest={provisioning.settings.maxCredentialLifetimeDays}
        onChanged={onChanged}
      />
      <HealthCard />
      <SettingsCard current={provisioning} onChanged={onChanged} />
      <RehearsalCard />
    </Stack>
  );
}

/** Read by the chart's own query; here it is only looked up. */
function useCallsOfLastDay() {
  const { data } = useQuery(HealthDocument, { variables: { window: 'LAST_24_HOURS' }, fetchPolicy: 'cache-first' });
  const health = data?.workspace?.provisioning?.health;
  if (health === undefined) return undefined;
  const { requestCount, refusedCount, throttledCount, failedCount } = health;
  return { all: requestCount, failed: refusedCount + throttledCount + failedCount };
}

interface GenerateButtonProps {
  readonly ability: Provisioning['viewerCanGenerateCredential'] | undefined;
  readonly onClick: () => void;
}

/** Stays in the order of focus when it is not allowed, so that its reason can be read. */
function GenerateButton({ ability, onClick }: GenerateButtonProps) {
  const refused = ability !== undefined && !ability.allowed;
  return (
    <Tooltip label={ability?.explanation ?? ''} disabled={!refused}>
      <Button
        leftSection={<IconPlus size={16} aria-hidden />}
        disabled={ability === undefined}
        {...(refused ? { 'data-disabled': true, 'aria-disabled': true } : {})}
        onClick={() => !refused && onClick()}
      >
        Generate SCIM Credentials
      </Button>
    </Tooltip>
  );
}
