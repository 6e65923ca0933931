/** Differs after every commit to the database that this process has to know of. */
export type DataVersion = () => number | string;

/** How to ask, and what of it is worth remembering. */
interface Question<Words extends readonly string[], T> {
  readonly ask: (...words: Words) => Promise<T | undefined>;
  readonly isKept: (found: T, ...words: Words) => boolean;
}

/** Remembers what a question gave until the database changes. */
export function untilChanged<Words extends readonly string[], T>(
  version: DataVersion,
  { ask, isKept }: Question<Words, T>,
): Question<Words, T>['ask'] {
  const known = new Map<string, T>();
  let seen: ReturnType<DataVersion> | undefined;
  return async (...words) => {
    const now = version();
    if (now !== seen) known.clear();
    seen = now;
    const key = words.join('\n');
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    const found = await ask(...words);
    // Somebody may have asked after a change meanwhile, and what was found is older than that.
    if (found !== undefined && seen === now && isKept(found, ...words)) known.set(key, found);
    return found;
  };
}
