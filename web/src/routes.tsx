import { lazy, Suspense, useState, type ComponentType } from 'react';
import { matchPath, Navigate, Route, Routes } from 'react-router';
import { NotFound } from './shell/not-found.tsx';
import { takePlace } from './shell/places.ts';
import { Shell } from './shell/shell.tsx';

interface PageModule {
  readonly Component: ComponentType;
}

/** Pages of a signed-in person. Each is a module whose `Component` is the page; its code is loaded when it is opened. */
const PAGES: Readonly<Record<string, () => Promise<PageModule>>> = {
  members: () => import('./pages/members/page.tsx'),
  'members/:userId': () => import('./pages/members/member-page.tsx'),
  teams: () => import('./pages/teams/page.tsx'),
  'teams/:teamId': () => import('./pages/teams/team-page.tsx'),
  'security/provisioning': () => import('./pages/provisioning/page.tsx'),
  'security/activity': () => import('./pages/activity/page.tsx'),
  account: () => import('./pages/account/page.tsx'),
};

/** Pages that need no sign-in. */
const OPEN_PAGES: typeof PAGES = {
  'sign-in': () => import('./pages/sign-in/page.tsx'),
  'sign-in/:slug/password': () => import('./pages/sign-in/password-page.tsx'),
  'sign-in/:slug/invitation': () => import('./pages/sign-in/invitation-page.tsx'),
};

const opened = routesOf(OPEN_PAGES);
const closed = routesOf(PAGES);

/** Every address of the application. */
export function Addresses() {
  return (
    <Suspense fallback={null}>
      <Routes>
        {opened}
        <Route path="sign-in/:slug" element={<Navigate to="password" replace />} />
        <Route element={<Shell />}>
          <Route index element={<Home />} />
          <Route path="security" element={<Navigate to="/security/provisioning" replace />} />
          {closed}
          <Route path="*" element={<NotFound />} />
        </Route>
      </Routes>
    </Suspense>
  );
}

/** The home address leads on to where a person was going, or to the start. */
function Home() {
  const [place] = useState(takePlace);
  return <Navigate to={place} replace />;
}

function routesOf(pages: typeof PAGES) {
  return Object.entries(pages).map(([path, load]) => {
    // The page that was opened is sent for at once, beside the question who is signed in.
    const ahead = isOpened(path) ? load() : undefined;
    ahead?.catch(() => {});
    const Page = lazy(() => (ahead ?? load()).then(({ Component }) => ({ default: Component })));
    return <Route key={path} path={path} element={<Page />} />;
  });
}

/** Whether the application was opened at an address of this path. */
function isOpened(path: string): boolean {
  return matchPath(`/${path}`, location.pathname) !== null;
}

/** Whether the application was opened at an address that needs a signed-in person. */
export const isOpenedInside: boolean = !Object.keys(OPEN_PAGES).some(isOpened);
