import type { Location } from 'react-router';

const START = '/members';
const PLACE = 'rollcall.place';
const LAST_WORKSPACE = 'rollcall.workspace';

/** Where to sign in and then come back to `place`. */
export function signInPath(place: Pick<Location, 'pathname' | 'search'>, ended: boolean): string {
  const to = place.pathname + place.search;
  const query = new URLSearchParams({ ...(to === '/' ? {} : { to }), ...(ended ? { ended: '1' } : {}) });
  return query.size === 0 ? '/sign-in' : `/sign-in?${query}`;
}

/** The place to go to after signing in: one of ours, never another site's. */
export function placeAfterSignIn(search: URLSearchParams): string {
  const to = search.get('to') ?? '/';
  // Browsers leave out tabs and line breaks: `/\t/other.example` is an address of another site.
  return /^\/(?![/\\])\P{Cc}*$/u.test(to) ? to : '/';
}

/** Keeps a place over a sign-in that leaves the application, for the home address to go on to. */
export function keepPlace(place: string): void {
  sessionStorage.setItem(PLACE, place);
}

/** The place that was kept, this once; else the start. */
export function takePlace(): string {
  const place = sessionStorage.getItem(PLACE) ?? START;
  sessionStorage.removeItem(PLACE);
  return place === '/' ? START : place;
}

/** The workspace that this browser was last signed in to, so that nobody has to remember its name. */
export function lastWorkspace(): string {
  return localStorage.getItem(LAST_WORKSPACE) ?? '';
}

/** Keeps the workspace's name for the next sign-in. */
export function rememberWorkspace(slug: string): void {
  localStorage.setItem(LAST_WORKSPACE, slug);
}

/** The page of a member. */
export function memberPath(userId: string): string {
  return `/members/${encodeURIComponent(userId)}`;
}

/** The page of a team. */
export function teamPath(teamId: string): string {
  return `/teams/${encodeURIComponent(teamId)}`;
}

/** The activity about one user or team. */
export function activityPath(targetId: string): string {
  return `/security/activity?${new URLSearchParams({ target: targetId })}`;
}
