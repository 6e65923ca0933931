import { compareKey } from './values.ts';

/** The shortest and the longest password, in characters. */
export const PASSWORD_LENGTH = { least: 8, most: 256 } as const;

/** Which rule of passwords a text breaks, in a sentence that does not tell the text; undefined where it breaks none. */
export function passwordFault(password: string, userName?: string): string | undefined {
  const { length } = Array.from(preparedPassword(password));
  const { least, most } = PASSWORD_LENGTH;
  if (length < least) return `The password is too short. Choose one of ${least} to ${most} characters.`;
  if (length > most) return `The password is too long. Choose one of ${least} to ${most} characters.`;
  if (userName === undefined || compareKey(preparedPassword(password)) !== compareKey(userName)) return undefined;
  return 'The password is the userName. Choose another password.';
}

/** The form in which a password is hashed, so that it is the same from every keyboard (RFC 8265 §4.2, OpaqueString). */
export function preparedPassword(password: string): string {
  return password.replace(/\p{Zs}/gu, ' ').normalize('NFC');
}
