import { Text, VisuallyHidden } from '@mantine/core';
import type { Story } from './event-story.tsx';
import classes from './story.module.css';

/** Attributes by the names that people know them by. */
const NAMES: Readonly<Record<string, string>> = {
  userName: 'User name',
  displayName: 'Display name',
  active: 'Active',
  'name.givenName': 'First name',
  'name.familyName': 'Last name',
  'name.formatted': 'Full name',
  title: 'Title',
  externalId: 'External ID',
  members: 'Members',
  emails: 'Emails',
  password: 'Password',
};

/** What a call changed, attribute by attribute, before and after; or why it changed nothing. */
export function Changes({ event }: { readonly event: Pick<Story, 'changes' | 'outcome' | 'operation'> }) {
  if (event.changes.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {whyNone(event)}
      </Text>
    );
  return (
    <table className={classes.changes}>
      <thead>
        <tr>
          <th scope="col">Attribute</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {event.changes.map(({ path, before, after, redacted }, index) => (
          <tr key={`${path} ${index}`}>
            <th scope="row">
              {NAMES[path] ?? path}
              {NAMES[path] !== undefined && NAMES[path].toLowerCase() !== path && <code>{path}</code>}
            </th>
            {redacted ? (
              <td colSpan={2} className={classes.none}>
                Changed; the values are not kept
              </td>
            ) : (
              <>
                <td className={classes.before}>{valueOf(before)}</td>
                <td>{valueOf(after)}</td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function whyNone({ outcome, operation }: Pick<Story, 'outcome' | 'operation'>): string {
  if (outcome === 'UNCHANGED') return 'Nothing: everything was as the call wanted it already.';
  if (outcome !== 'SUCCEEDED') return 'Nothing: the call was not carried out.';
  if (operation === 'READ_USERS' || operation === 'READ_TEAMS' || operation === 'OTHER')
    return 'Nothing: the call only read.';
  return 'Nothing that is kept here.';
}

/** JSON text as people read it. */
function valueOf(text: string | null) {
  if (text === null)
    return (
      <span className={classes.none}>
        <span aria-hidden>–</span>
        <VisuallyHidden>nothing</VisuallyHidden>
      </span>
    );
  return plain(text);
}

function plain(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'string') return value;
    if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  } catch {
    // A long value is cut, and then no JSON any more.
  }
  return text;
}
