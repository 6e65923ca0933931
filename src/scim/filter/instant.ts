const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/;

/**
 * An xsd:dateTime (RFC 7643 §2.3.5) as UTC text with milliseconds, the form instants are compared in; without an offset
 * it is taken as UTC. Undefined where it names no instant.
 */
export function instantOf(text: string): string | undefined {
  const [whole, year, month, day, offset] = DATE_TIME.exec(text) ?? [];
  if (whole === undefined || Number(day) > daysIn(Number(year), Number(month))) return undefined;
  const time = Date.parse(offset === undefined ? `${whole}Z` : whole);
  if (Number.isNaN(time)) return undefined;
  const instant = new Date(time).toISOString();
  return instant.length === 24 ? instant : undefined;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
