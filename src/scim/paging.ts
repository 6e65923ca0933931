/** The most resources that one answer holds. */
export const MAX_RESULTS = 1000;
/** The page size where none is asked for: Okta's. */
export const DEFAULT_COUNT = 100;
/** How long a cursor may be gone on with, in seconds. */
export const CURSOR_SECONDS = 600;
