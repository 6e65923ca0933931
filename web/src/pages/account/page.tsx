import { CardSkeletons } from '../../parts/page-skeleton.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { Stack } from '@mantine/core';
import { useLiveQuery } from '../../apollo/use-live-query.ts';
import { Page } from '../../shell/page.tsx';
import { AppearanceCard } from './appearance-card.tsx';
import { ApiCard } from './api-card.tsx';
import { ProfileCard } from './profile-card.tsx';
import { AccountQuery } from './queries.ts';
import { SessionsCard } from './sessions-card.tsx';
import { TokensCard } from './tokens-card.tsx';

/** `/account`: who the viewer is here, their access tokens and sessions. */
export function Component() {
  const { data, error, refetch } = useLiveQuery(AccountQuery, {});
  const viewer = data?.viewer;
  return (
    <Page title="Account" description="Who you are here, and what acts in your name.">
      {error !== undefined && <ErrorState error={error} onRetry={refetch} />}
      {viewer == null && error === undefined && <CardSkeletons heights={[210, 130, 260, 230]} />}
      {viewer != null && (
        <Stack gap="lg">
          <ProfileCard user={viewer.user} />
          <AppearanceCard />
          <TokensCard tokens={viewer.accessTokens} onChanged={refetch} />
          <ApiCard />
          <SessionsCard expiresAt={viewer.sessionExpiresAt} />
        </Stack>
      )}
    </Page>
  );
}
