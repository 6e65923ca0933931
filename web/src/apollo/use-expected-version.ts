import { useState } from 'react';
import type { MutationErrorPartsFragment } from '../gql/graphql.ts';

/** How a form stands that changes what others may change as well. */
export interface VersionedEdit {
  readonly busy: boolean;
  /** Whether somebody else was quicker while the form was open; the next save goes on top of theirs. */
  readonly conflict: boolean;
  /** Any other failure. */
  readonly error: MutationErrorPartsFragment | undefined;
}

/** The version that a save goes on top of. */
interface ExpectedVersion extends Pick<VersionedEdit, 'conflict' | 'error'> {
  /** To be asked once for every save. */
  readonly next: () => number;
}

/**
 * The version with which the form was opened, whatever is read in the meantime, until a save finds another: `error` is
 * that of the last one, whose mutation selects `currentVersion` of a `VersionConflictError`.
 */
export function useExpectedVersion(opened: number, error: MutationErrorPartsFragment | undefined): ExpectedVersion {
  const [expected, setExpected] = useState(opened);
  const found = error !== undefined && 'currentVersion' in error ? Number(error.currentVersion) : undefined;
  const next = () => {
    const version = found ?? expected;
    setExpected(version);
    return version;
  };
  return { next, conflict: found !== undefined, error: found === undefined ? error : undefined };
}
