/** A number that differs after every commit to the database, whoever made it. */
export type DataVersion = () => number;

/**
 * Remembers what a question gave until the database changes: no answer is ever stale. A database that cannot tell at
 * once whether it has changed, as one beyond a network, is asked each time.
 */
export function untilChanged<T>(
  version: DataVersion | undefined,
  ask: (key: string) => Promise<T | undefined>,
): (key: string) => Promise<T | undefined> {
  if (version === undefined) return ask;
  const known = new Map<string, T>();
  let seen = Number.NaN;
  return async (key) => {
    const now = version();
    if (now !== seen) known.clear();
    seen = now;
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    const found = await ask(key);
    // Somebody may have asked after a change meanwhile, and what was found is older than that.
    if (found !== undefined && seen === now) known.set(key, found);
    return found;
  };
}
