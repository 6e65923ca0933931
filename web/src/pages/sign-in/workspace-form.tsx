import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { lastWorkspace } from '../../shell/places.ts';

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/u;

/** Asks for the workspace by the name that stands in its addresses. */
export function WorkspaceForm({
  busy = false,
  onChosen,
}: {
  readonly busy?: boolean;
  readonly onChosen: (slug: string) => void;
}) {
  const form = useForm({
    initialValues: { slug: lastWorkspace() },
    transformValues: ({ slug }) => ({ slug: slug.trim().toLowerCase() }),
    validate: { slug: slugFault },
  });
  return (
    <form onSubmit={form.onSubmit(({ slug }) => onChosen(slug))} noValidate>
      <Stack gap="md">
        <TextInput
          label="Workspace"
          description="The name in your workspace’s address, for example acme-legal."
          placeholder="acme-legal"
          autoComplete="organization"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          data-autofocus
          {...form.getInputProps('slug')}
        />
        <Button type="submit" loading={busy} fullWidth>
          Continue
        </Button>
      </Stack>
    </form>
  );
}

function slugFault(text: string): string | null {
  const slug = text.trim().toLowerCase();
  if (slug === '') return 'Enter the name of your workspace.';
  if (!SLUG.test(slug)) return 'It has only letters, digits and single hyphens, like acme-legal.';
  return null;
}
