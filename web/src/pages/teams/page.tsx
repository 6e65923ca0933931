import { IconHourglass } from '@tabler/icons-react';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Page } from '../../shell/page.tsx';

/** `/teams` */
export function Component() {
  return (
    <Page title="Teams">
      <EmptyState icon={IconHourglass} title="This page is not here yet">
        Until it is, GraphQL at /graphql answers everything that it will show.
      </EmptyState>
    </Page>
  );
}
