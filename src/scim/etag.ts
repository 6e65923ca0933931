/** The weak entity tag of a version (RFC 7644 §3.14, RFC 9110 §8.8.3). */
export function etagOf(version: number): string {
  return `W/"${version}"`;
}

/** A version no object has: what an `If-Match` that is not ours asks for. */
const NO_VERSION = -1;

/**
 * The version that `If-Match` asks for; undefined where any will do (no header, or `*`). The weak mark does not count:
 * our tags name versions, and all answers of one version are equivalent.
 */
export function expectedVersion(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  const version = /^\s*(?:W\/)?"(\d{1,15})"\s*$/u.exec(ifMatch)?.[1];
  return version === undefined ? NO_VERSION : Number(version);
}
