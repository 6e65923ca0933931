/** A JSON value, as `JSON.parse` gives it. */
export type Json = string | number | boolean | null | Json[] | JsonObject;

/** A JSON object; in this folder its keys are always names from an attribute table, never a client's own. */
export interface JsonObject {
  [name: string]: Json;
}

/** Tells whether a value is a JSON object, and neither a list nor null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Takes a plain sentence on something that was put up with; the request log shows them to the customer's admin. */
export type Tolerate = (sentence: string) => void;
