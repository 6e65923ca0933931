import { NavLink as Item, Stack, Text } from '@mantine/core';
import { IconActivity, IconPlugConnected, IconUsers, IconUsersGroup, type Icon } from '@tabler/icons-react';
import { NavLink } from 'react-router';
import type { Permission } from '../gql/graphql.ts';
import { useMe } from './me.tsx';
import classes from './shell.module.css';

interface Destination {
  readonly to: string;
  readonly label: string;
  readonly icon: Icon;
}

interface Section {
  readonly title?: string;
  readonly permission?: Permission;
  readonly destinations: readonly Destination[];
}

const SECTIONS: readonly Section[] = [
  {
    destinations: [
      { to: '/members', label: 'Members', icon: IconUsers },
      { to: '/teams', label: 'Teams', icon: IconUsersGroup },
    ],
  },
  {
    title: 'Security & Identity',
    permission: 'MANAGE_SECURITY_AND_IDENTITY',
    destinations: [
      { to: '/security/provisioning', label: 'Provisioning', icon: IconPlugConnected },
      { to: '/security/activity', label: 'Activity', icon: IconActivity },
    ],
  },
];

/** The ways through the application that the viewer's role opens. */
export function Navigation({ onNavigate }: { readonly onNavigate: () => void }) {
  const { permissions } = useMe().viewer;
  const open = SECTIONS.filter(({ permission }) => permission === undefined || permissions.includes(permission));
  return (
    <Stack gap="lg" component="nav" aria-label="Main">
      {open.map((section) => (
        <div key={section.title ?? ''}>
          {section.title !== undefined && (
            <Text size="xs" fw={600} c="dimmed" px="sm" mb={6}>
              {section.title}
            </Text>
          )}
          {section.destinations.map((destination) => (
            <Way key={destination.to} {...destination} onNavigate={onNavigate} />
          ))}
        </div>
      ))}
    </Stack>
  );
}

function Way({ to, label, icon: Glyph, onNavigate }: Destination & { readonly onNavigate: () => void }) {
  return (
    <NavLink to={to} className={classes.way ?? ''} onClick={onNavigate}>
      {({ isActive }) => (
        <Item
          component="span"
          label={label}
          active={isActive}
          className={classes.item}
          leftSection={<Glyph size={18} stroke={1.7} aria-hidden />}
        />
      )}
    </NavLink>
  );
}
