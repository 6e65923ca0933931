import { Button } from '@mantine/core';
import { IconActivity, IconFilterOff } from '@tabler/icons-react';
import { Link } from 'react-router';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { Page } from '../../shell/page.tsx';
import { Require } from '../../shell/require.tsx';
import classes from './activity.module.css';
import { EventDrawer } from './event-drawer.tsx';
import { EventList } from './event-list.tsx';
import { EventSkeletons } from './event-skeletons.tsx';
import { FilterBar } from './filter-bar.tsx';
import { useFilters, type Filters } from './filters.ts';
import { useEvents, type Events } from './use-events.ts';

/** `/security/activity`: the SCIM calls, newest first; `?event=` opens one of them. */
export function Component() {
  return (
    <Require permission="MANAGE_SECURITY_AND_IDENTITY" title="Activity">
      <Activity />
    </Require>
  );
}

function Activity() {
  const filters = useFilters();
  const events = useEvents(filters.key);
  return (
    <Page
      wide
      title="Activity"
      description="What Okta or another directory asked for, how it ended, and what to do about it."
    >
      <FilterBar filters={filters} />
      <section className={classes.frame} aria-label="Events" aria-busy={events.loading}>
        <Content events={events} filters={filters} />
      </section>
      <EventDrawer events={events.events} />
    </Page>
  );
}

function Content({ events, filters }: { readonly events: Events; readonly filters: Filters }) {
  if (events.loading && events.error !== undefined) return <ErrorState error={events.error} onRetry={events.reload} />;
  if (events.events.length > 0) return <EventList events={events} />;
  if (events.loading) return <EventSkeletons />;
  return filters.key === '' ? <NoCalls /> : <NoneOfThese onClear={filters.clear} />;
}

function NoCalls() {
  return (
    <EmptyState
      icon={IconActivity}
      title="No calls yet"
      action={
        <Button component={Link} to="/security/provisioning" mt="xs">
          Set up provisioning
        </Button>
      }
    >
      As soon as Okta calls, each call is told here. Enter the Base URL and a key in Okta, then press Test API
      Credentials there: that is the first call.
    </EmptyState>
  );
}

function NoneOfThese({ onClear }: { readonly onClear: () => void }) {
  return (
    <EmptyState
      icon={IconFilterOff}
      title="No event meets all of these conditions"
      action={
        <Button variant="default" mt="xs" onClick={onClear}>
          Clear filters
        </Button>
      }
    >
      Calls that only read and succeeded are kept for 7 days, all others for 90. New events that meet the conditions
      show up by themselves.
    </EmptyState>
  );
}
