import { Select, Switch, Text } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import type { SettingsPartsFragment } from '../../gql/graphql.ts';
import { Rows, Section } from '../../parts/section.tsx';
import { roleNames } from '../../parts/words.ts';
import { lengthOf } from './expiry.ts';
import { PauseRow } from './pause-row.tsx';
import classes from './settings.module.css';
import { useSettings } from './use-settings.ts';

interface SettingsCardProps {
  readonly current: SettingsPartsFragment;
  readonly onChanged: () => unknown;
}

/** How provisioned users and teams are treated. Every change is saved at once and can be taken back. */
export function SettingsCard({ current, onChanged }: SettingsCardProps) {
  const { change, busy } = useSettings(current, onChanged);
  const { settings } = current;
  return (
    <Section title="Settings" description="Saved at once. A change applies to what Okta sends from now on.">
      <Rows label="Settings">
        <SettingRow
          title="Default role"
          stacked
          description="The role of people whom Okta creates. A team can give a higher one."
          control={(id, description) => (
            <Select
              aria-labelledby={id}
              aria-describedby={description}
              w={150}
              allowDeselect={false}
              data={ROLES}
              value={settings.defaultRole}
              onChange={(role) => role !== null && void change({ defaultRole: role }, 'The default role is changed.')}
            />
          )}
        />
        {SWITCHES.map(({ field, title, description, on, off }) => (
          <SettingRow
            key={field}
            title={title}
            description={description}
            control={(id, descriptionId) => (
              <Switch
                aria-labelledby={id}
                aria-describedby={descriptionId}
                size="md"
                checked={settings[field]}
                onChange={(event) =>
                  void change({ [field]: event.currentTarget.checked }, event.currentTarget.checked ? on : off)
                }
              />
            )}
          />
        ))}
        <SettingRow
          title="Longest life of a credential"
          stacked
          description="For credentials generated from now on."
          control={(id, description) => (
            <Select
              aria-labelledby={id}
              aria-describedby={description}
              w={150}
              allowDeselect={false}
              data={lifetimes(settings.maxCredentialLifetimeDays)}
              value={String(settings.maxCredentialLifetimeDays ?? NO_LIMIT)}
              onChange={(days) =>
                void change(
                  { maxCredentialLifetimeDays: days === NO_LIMIT ? null : Number(days) },
                  'The longest life of new credentials is changed.',
                )
              }
            />
          )}
        />
        <PauseRow paused={current.paused} busy={busy} change={change} />
      </Rows>
    </Section>
  );
}

const ROLES = (['MEMBER', 'ADMIN'] as const).map((value) => ({ value, label: roleNames[value] }));
const NO_LIMIT = 'none';

const SWITCHES = [
  {
    field: 'passwordSync',
    title: 'Password sync',
    description:
      'Keep the passwords that Okta sends, hashed. Off, they are discarded unread. Needs Sync Password in Okta.',
    on: 'Passwords from Okta are kept from now on.',
    off: 'Passwords from Okta are discarded from now on.',
  },
  {
    field: 'groupPush',
    title: 'Group push',
    description: 'Let Okta create and change teams. Off, it can only read them.',
    on: 'Okta may push groups.',
    off: 'Okta may no longer push groups.',
  },
  {
    field: 'displayNameOverrideAllowed',
    title: 'Name override',
    description: 'Let a display name be set here that no sync overwrites. Off, existing ones stay in force.',
    on: 'Display names may be overridden.',
    off: 'New overrides of display names are refused.',
  },
] as const;

function lifetimes(current: number | null) {
  const days = [...new Set([30, 90, 180, 365, 730, ...(current === null ? [] : [current])])].sort((a, b) => a - b);
  return [
    { value: NO_LIMIT, label: 'No limit' },
    ...days.map((count) => ({ value: String(count), label: lengthOf(count) })),
  ];
}

interface SettingRowProps {
  readonly title: string;
  readonly description: ReactNode;
  /** For a control too wide to stand beside the words on a phone. */
  readonly stacked?: boolean;
  readonly control: (titleId: string, descriptionId: string) => ReactNode;
}

/** A setting: what it is, what it does, and its control at the edge. */
export function SettingRow({ title, description, stacked = false, control }: SettingRowProps) {
  const id = useId();
  return (
    <li className={stacked ? `${classes.row} ${classes.stacked}` : classes.row}>
      <div className={classes.words}>
        <Text fw={550} size="sm" id={id}>
          {title}
        </Text>
        <Text size="sm" c="dimmed" component="div" id={`${id}-description`}>
          {description}
        </Text>
      </div>
      <div className={classes.control}>{control(id, `${id}-description`)}</div>
    </li>
  );
}
