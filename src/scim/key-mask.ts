const KEY = /\b(scim|pat|ses|inv)_[0-9A-Za-z]{10}_[0-9A-Za-z]+/gu;

/** A text for the log without any key in it: people paste keys into all the wrong places (A9, J6). */
export function withoutKeys(text: string): string {
  return text.replace(KEY, '$1_…[redacted]');
}
