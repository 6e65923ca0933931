import { ScimError } from '../../src/scim/errors.ts';

/** Runs what must be refused and gives the refusal as the client would see it. */
export function refusal(run: () => unknown): { status: number; scimType: string | undefined; detail: string } {
  try {
    run();
  } catch (error) {
    if (error instanceof ScimError) return { status: error.status, scimType: error.scimType, detail: error.message };
    throw error;
  }
  throw new Error('It was not refused.');
}

/** A collector of what was put up with. */
export function collector(): { tolerate: (sentence: string) => void; tolerated: string[] } {
  const tolerated: string[] = [];
  return { tolerate: (sentence) => void tolerated.push(sentence), tolerated };
}
