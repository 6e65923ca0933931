import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from 'react-router';
import { EmptyState } from '../parts/empty-state.tsx';
import { Page } from './page.tsx';

/** Any address that is none of ours. */
export function NotFound() {
  return (
    <Page title="Page not found">
      <EmptyState
        icon={IconMapOff}
        title="There is nothing at this address"
        action={
          <Button component={Link} to="/" variant="default" mt="xs">
            Go to the start
          </Button>
        }
      >
        The link may be old, or have lost a letter on its way.
      </EmptyState>
    </Page>
  );
}
