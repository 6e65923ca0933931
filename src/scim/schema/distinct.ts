import type { Json, JsonObject } from '../json.ts';

/**
 * Adds values to a list: one that is there already is not added again, but parts it did not have are (RFC 7644 §3.5.2.1,
 * RFC 7643 §2.4). Where an added value is primary, the others cease to be (RFC 7644 §3.5.2).
 */
export function appended(elements: readonly JsonObject[], given: readonly JsonObject[]): JsonObject[] {
  const result = [...elements];
  const places = new Map(result.map((element, place) => [identity(element), place]));
  let primary: number | undefined;
  for (const element of given) {
    const place = places.get(identity(element)) ?? result.length;
    places.set(identity(element), place);
    result[place] = { ...result[place], ...element };
    if (element['primary'] === true) primary = place;
  }
  return primary === undefined ? result : onlyPrimary(result, primary);
}

/** A list in which no combination of value and type stands twice (RFC 7643 §2.4). */
export function distinct(elements: readonly JsonObject[]): JsonObject[] {
  return appended([], elements);
}

/** What makes two values of a list the same one: value and type (RFC 7643 §2.4), or everything where there is no value. */
export function identity(element: JsonObject): string {
  const value: Json | undefined = element['value'];
  if (value !== undefined && value !== null) return JSON.stringify([value, element['type'] ?? null]);
  const parts = Object.entries(element).filter(([name]) => name !== 'primary');
  return JSON.stringify(parts.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** The list with one primary value, the one at that place. */
export function onlyPrimary(elements: readonly JsonObject[], place: number): JsonObject[] {
  return elements.map((element, index) =>
    element['primary'] === true && index !== place ? { ...element, primary: false } : element,
  );
}
