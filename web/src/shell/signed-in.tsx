import { Center, Loader } from '@mantine/core';
import { useQuery } from '@apollo/client/react';
import { useEffect, useMemo, type ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { hasCode } from '../apollo/error-link.ts';
import type { MeQuery } from '../gql/graphql.ts';
import { ErrorState } from '../parts/error-state.tsx';
import { synchronizeClock } from '../parts/clock.ts';
import { MeContext, MeQueryDocument, type Me } from './me.tsx';
import { rememberWorkspace, signInPath } from './places.ts';

/** Shows its children to a signed-in person and sends anyone else to sign in, and back. */
export function SignedIn({ children }: { readonly children: ReactNode }) {
  const { data, error, refetch } = useQuery(MeQueryDocument);
  const location = useLocation();
  const me = useMemo(() => meOf(data), [data]);
  useEffect(() => {
    if (data?.server != null) synchronizeClock(data.server.time);
    if (me !== undefined) rememberWorkspace(me.workspace.slug);
  }, [data, me]);
  if (me !== undefined) return <MeContext value={me}>{children}</MeContext>;
  if (data !== undefined || hasCode(error, 'UNAUTHENTICATED'))
    return <Navigate to={signInPath(location, false)} replace />;
  if (error !== undefined) return <ErrorState error={error} onRetry={refetch} />;
  return (
    <Center mih="100vh">
      <Loader aria-label="Loading" />
    </Center>
  );
}

function meOf(data: MeQuery | undefined): Me | undefined {
  if (data?.viewer == null || data.workspace == null) return undefined;
  return { viewer: data.viewer, workspace: data.workspace, version: data.server?.version ?? '' };
}
