import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Permission } from '../gql/graphql.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { useMay } from './me.tsx';
import { Page } from './page.tsx';

interface RequireProps {
  readonly permission: Permission;
  readonly title: string;
  readonly children: ReactNode;
}

/** Shows a page to those whose role allows it, and tells the others who can help. The server refuses them as well. */
export function Require({ permission, title, children }: RequireProps) {
  if (useMay(permission)) return children;
  return (
    <Page title={title}>
      <EmptyState icon={IconLock} title="Your role does not open this page">
        It is for owners and admins of the workspace. Ask one of them to change your role, or to do it for you.
      </EmptyState>
    </Page>
  );
}
