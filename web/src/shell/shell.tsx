import { Alert, AppShell, Burger, Group } from '@mantine/core';
import { useDisclosure, useNetwork } from '@mantine/hooks';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { Suspense, useEffect, useRef } from 'react';
import { Outlet, useLocation } from 'react-router';
import { PageSkeleton } from '../parts/page-skeleton.tsx';
import { AccountMenu } from './account-menu.tsx';
import { Brand } from './brand.tsx';
import { CrashBoundary } from './crash.tsx';
import { useMe } from './me.tsx';
import { Navigation } from './navigation.tsx';
import { SignedIn } from './signed-in.tsx';
import classes from './shell.module.css';

/** The frame around every page of a signed-in person. */
export function Shell() {
  return (
    <SignedIn>
      <Frame />
    </SignedIn>
  );
}

function Frame() {
  const [opened, { toggle, close }] = useDisclosure(false);
  const { workspace } = useMe();
  const { pathname } = useLocation();
  const main = useFreshStart(pathname);
  return (
    <AppShell
      layout="alt"
      transitionDuration={0}
      header={{ height: { base: 56, sm: 0 } }}
      navbar={{ width: 248, breakpoint: 'sm', collapsed: { mobile: !opened } }}
    >
      <a className="skip-link" href="#main">
        Skip to content
      </a>
      <AppShell.Header hiddenFrom="sm" className={classes.header} px="md">
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Brand workspace={workspace.name} />
          <Burger opened={opened} onClick={toggle} size="sm" aria-label="Open the navigation" aria-expanded={opened} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" className={classes.sidebar} component="div" data-opened={opened || undefined}>
        <Group justify="space-between" wrap="nowrap" px="xs" pt={6} pb="lg">
          <Brand workspace={workspace.name} />
          <Burger opened={opened} onClick={close} size="sm" hiddenFrom="sm" aria-label="Close the navigation" />
        </Group>
        <div className={classes.grow}>
          <Navigation onNavigate={close} />
        </div>
        <AccountMenu />
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} ref={main} className={classes.main}>
        <OfflineNotice />
        <CrashBoundary place={pathname}>
          <Suspense fallback={<PageSkeleton />}>
            <Outlet />
          </Suspense>
        </CrashBoundary>
      </AppShell.Main>
    </AppShell>
  );
}

/** Lets the eye, a screen reader and the keyboard begin at the top of a new page, as a page load would. */
function useFreshStart(pathname: string) {
  const main = useRef<HTMLElement>(null);
  const last = useRef(pathname);
  useEffect(() => {
    if (last.current !== pathname) {
      main.current?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    last.current = pathname;
  }, [pathname]);
  return main;
}

function OfflineNotice() {
  const { online } = useNetwork();
  if (online) return null;
  return (
    <Alert color="amber" radius={0} role="status" icon={<IconPlugConnectedX size={18} aria-hidden />}>
      You are offline. What you see may be out of date, and changes cannot be saved until the connection is back.
    </Alert>
  );
}
