import { now } from '../../parts/clock.ts';

const DAY_MS = 86_400_000;
const CHOICES = [30, 90, 180, 365, 730];
/** The value that stands for the latest end that the settings allow. */
export const LATEST = 'latest';

/** The lives that a new credential may be given, longest last; `longest` is the settings' limit in days. */
export function expiryChoices(longest: number | null): { value: string; label: string }[] {
  const shorter = CHOICES.filter((days) => longest === null || days < longest).map((days) => ({
    value: String(days),
    label: `In ${lengthOf(days)}`,
  }));
  const latest = longest === null ? 'Never' : `In ${lengthOf(longest)}, the longest your settings allow`;
  return [...shorter, { value: LATEST, label: latest }];
}

/** The end that a choice stands for; undefined leaves it to the settings. */
export function expiresAtOf(choice: string): { expiresAt: string } | undefined {
  return choice === LATEST ? undefined : { expiresAt: new Date(now() + Number(choice) * DAY_MS).toISOString() };
}

/** Days as people count them. */
export function lengthOf(days: number): string {
  if (days % 365 === 0) return days === 365 ? '1 year' : `${days / 365} years`;
  return days === 1 ? '1 day' : `${days} days`;
}
