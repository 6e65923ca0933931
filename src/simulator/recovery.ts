import { DirectoryFailure, requireSuccess } from './failures.ts';
import type { Answer } from './http.ts';

/** Whether a create was refused for what an earlier copy of it has made: its answer was lost, or it was sent twice. */
export function isMadeBefore({ status, repeated }: Answer): boolean {
  return status === 409 && repeated;
}

/** What an earlier copy of a create has made, as the look-up after it found it. Fails with: DirectoryFailure where it found nothing. */
export function madeBefore<Found>(found: Found | undefined): Found {
  if (found !== undefined) return found;
  throw new DirectoryFailure(
    'the answer to the create was lost; a second one is refused with 409, yet nothing is found.',
  );
}

/** Lets a deletion pass; one that was sent before may find nothing any more. Fails with: DirectoryFailure. */
export function requireGone(answer: Answer): void {
  if (answer.status !== 404 || !answer.repeated) requireSuccess(answer);
}
