import { Avatar, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AccountQuery } from '../../gql/graphql.ts';
import { day } from '../../parts/relative-time.tsx';
import { Section } from '../../parts/section.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { roleNames } from '../../parts/words.ts';
import classes from './account.module.css';

type User = NonNullable<AccountQuery['viewer']>['user'];

/** The viewer as the workspace knows them, and who can change that. */
export function ProfileCard({ user }: { readonly user: User }) {
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['User name', user.userName],
    ['Email', user.email ?? 'None'],
    ['Role', `${roleNames[user.role]}${roleReason(user)}`],
    ['Member since', day(user.createdAt)],
  ];
  return (
    <Section
      title="Profile"
      description={
        user.managedBy === 'DIRECTORY'
          ? 'Your directory manages your profile: name and email are changed there.'
          : 'An owner or admin of the workspace changes your profile under Members.'
      }
    >
      <Group gap="md" mb="md" wrap="nowrap">
        <Avatar name={user.displayName} size={48} radius="xl" color="spruce" aria-hidden />
        <div className={classes.grow}>
          <Text fw={600} size="lg" truncate>
            {user.displayName}
          </Text>
          <StatusBadge tone={user.managedBy === 'DIRECTORY' ? 'pending' : 'quiet'}>
            {user.managedBy === 'DIRECTORY' ? 'Managed by the directory' : 'Managed in the workspace'}
          </StatusBadge>
        </div>
      </Group>
      <dl className={classes.facts}>
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function roleReason({ roleSource, roleTeam }: User): string {
  if (roleSource === 'TEAM' && roleTeam !== null) return `, through the team ${roleTeam.name}`;
  return roleSource === 'DEFAULT' ? ', as everyone from the directory' : '';
}
