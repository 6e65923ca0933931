import { Anchor, Group, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { MemberPartsFragment } from '../../gql/graphql.ts';
import { Rows, Section } from '../../parts/section.tsx';
import { count, roleNames } from '../../parts/words.ts';
import { teamPath } from '../../shell/places.ts';

/** The teams a member is in, and the role that each of them gives. */
export function MemberTeams({ teams }: Pick<MemberPartsFragment, 'teams'>) {
  const beyond = teams.totalCount - teams.nodes.length;
  return (
    <Section title={teams.totalCount === 0 ? 'Teams' : `Teams (${count(teams.totalCount)})`}>
      {teams.totalCount === 0 ? (
        <Text size="sm" c="dimmed">
          In no team. Members are added on a team’s page, or by the directory when it pushes groups.
        </Text>
      ) : (
        <Rows label="Teams">
          {teams.nodes.map((team) => (
            <li key={team.id}>
              <Group justify="space-between" wrap="nowrap" gap="sm">
                <Anchor component={Link} to={teamPath(team.id)} truncate>
                  {team.name}
                </Anchor>
                {team.roleMapping !== null && (
                  <Text size="xs" c="dimmed" flex="none">
                    gives {roleNames[team.roleMapping]}
                  </Text>
                )}
              </Group>
            </li>
          ))}
        </Rows>
      )}
      {beyond > 0 && (
        <Text size="xs" c="dimmed" mt="sm">
          and {count(beyond)} more
        </Text>
      )}
    </Section>
  );
}
