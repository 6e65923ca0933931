import {
  Avatar,
  Group,
  Menu,
  Text,
  UnstyledButton,
  useMantineColorScheme,
  VisuallyHidden,
  type MantineColorScheme,
} from '@mantine/core';
import { IconChevronUp, IconDeviceDesktop, IconKey, IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import { Link } from 'react-router';
import { roleNames } from '../parts/words.ts';
import { useMe } from './me.tsx';
import classes from './shell.module.css';
import { useSignOut } from './sign-out.ts';

/** Who is signed in, how it is to look, and the way out. */
export function AccountMenu() {
  const { user } = useMe().viewer;
  const signOut = useSignOut();
  return (
    <Menu position="top-start" width="target" withinPortal={false}>
      <Menu.Target>
        <UnstyledButton className={classes.account}>
          <Avatar name={user.displayName} size={32} radius="xl" color="spruce" aria-hidden />
          <span className={classes.grow}>
            <VisuallyHidden>Account of </VisuallyHidden>
            <Text component="span" display="block" size="sm" fw={550} truncate>
              {user.displayName}
            </Text>
            <Text component="span" display="block" size="xs" c="dimmed">
              {roleNames[user.role]}
            </Text>
          </span>
          <IconChevronUp size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Appearance</Menu.Label>
        <Appearance />
        <Menu.Divider />
        <Menu.Item component={Link} to="/account" leftSection={<IconKey size={16} aria-hidden />}>
          Access tokens
        </Menu.Item>
        <Menu.Item onClick={() => void signOut()} leftSection={<IconLogout size={16} aria-hidden />}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

const SCHEMES = [
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
  { value: 'auto', label: 'As the system', icon: IconDeviceDesktop },
] as const;

function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(value as MantineColorScheme)}>
      {SCHEMES.map(({ value, label, icon: Glyph }) => (
        <Menu.RadioItem key={value} value={value}>
          <Group gap="sm" component="span">
            <Glyph size={16} stroke={1.7} aria-hidden />
            {label}
          </Group>
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
