let skewMilliseconds = 0;

/** Takes over the server's clock, so that "a minute ago" is right on a machine whose own is wrong. */
export function synchronizeClock(serverTime: string): void {
  const skew = Date.parse(serverTime) - Date.now();
  // Below this it is the time that the answer took to travel.
  skewMilliseconds = Math.abs(skew) < 2_000 ? 0 : skew;
}

/** The server's time, as well as it is known. */
export function now(): number {
  return Date.now() + skewMilliseconds;
}
