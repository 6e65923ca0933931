import { Code, Text } from '@mantine/core';
import { graphql } from '../gql/index.ts';
import type { LinkPartsFragment, ManagedBy } from '../gql/graphql.ts';
import { Fact, Facts } from './facts.tsx';
import { ManagedByMark } from './managed-by.tsx';
import { RelativeTime } from './relative-time.tsx';

/** The tie of a user or team to the directory. */
export const LinkParts = graphql(/* GraphQL */ `
  fragment LinkParts on ProvisioningLink {
    adopted
    externalId
    lastSyncedAt
    linkedAt
  }
`);

interface DirectoryTieProps {
  readonly by: ManagedBy;
  readonly link: LinkPartsFragment | null;
  readonly what: 'member' | 'team';
}

/** Who manages a member or team and, where it is the directory, since when and under which ID. */
export function DirectoryTie({ by, link, what }: DirectoryTieProps) {
  return (
    <>
      <Facts>
        <Fact name="Managed by">
          <ManagedByMark by={by} />
        </Fact>
        {link !== null && (
          <>
            <Fact name="Last synced">
              <RelativeTime at={link.lastSyncedAt} />
            </Fact>
            <Fact name={link.adopted ? 'Taken over' : 'Created'}>
              <RelativeTime at={link.linkedAt} />
            </Fact>
            <Fact name="Directory ID">{link.externalId === null ? 'Not sent' : <Code>{link.externalId}</Code>}</Fact>
          </>
        )}
      </Facts>
      <Text size="sm" c="dimmed" mt="sm">
        {by === 'WORKSPACE'
          ? `People in this workspace manage this ${what}. If the directory writes it, the directory takes it over.`
          : link?.adopted === true
            ? `This ${what} was here first; the directory has taken it over.`
            : `The directory created this ${what} and keeps it up to date.`}
      </Text>
    </>
  );
}
