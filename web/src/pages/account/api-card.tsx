import { Button, Code, List, Stack, Text } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { CopyField } from '../../parts/copy-field.tsx';
import { Section } from '../../parts/section.tsx';

/** Where the API is, and how to try it in Apollo Sandbox. */
export function ApiCard() {
  return (
    <Section
      title="GraphQL API"
      description="Everything that these pages do, they do through it; so can you."
      actions={
        <Button
          component="a"
          href="/graphql"
          target="_blank"
          rel="noreferrer"
          variant="default"
          rightSection={<IconExternalLink size={16} aria-hidden />}
        >
          Open Apollo Sandbox
        </Button>
      }
    >
      <Stack gap="md">
        <CopyField label="Endpoint" value={new URL('/graphql', location.origin).href} />
        <div>
          <Text size="sm" mb={6}>
            Sandbox has to know who you are. Either is enough:
          </Text>
          <List size="sm" spacing={4}>
            <List.Item>
              Under Headers, set <Code>Authorization</Code> to <Code>Bearer</Code> and one of your access tokens, as any
              program would.
            </List.Item>
            <List.Item>
              Or remove the <Code>Authorization</Code> header: Sandbox then acts in the session of this browser.
            </List.Item>
          </List>
          <Text size="xs" c="dimmed" mt="sm">
            If no page opens, whoever runs this server has turned Sandbox off. The endpoint answers all the same.
          </Text>
        </div>
      </Stack>
    </Section>
  );
}
