import type { Role } from '../gql/graphql.ts';

/** Roles as people read them. */
export const roleNames: Readonly<Record<Role, string>> = { OWNER: 'Owner', ADMIN: 'Admin', MEMBER: 'Member' };

const NUMBERS = new Intl.NumberFormat('en');

/** A whole number with its thousands set apart. */
export function count(number: number): string {
  return NUMBERS.format(number);
}

/** A number of things in words: `1 call`, `2,000 calls`. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** A path of an input field as a person reads it: `expiresAt` is `Expires at`. */
export function fieldLabel(name: string): string {
  const spaced = name.replace(/([A-Z])/gu, ' $1').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
