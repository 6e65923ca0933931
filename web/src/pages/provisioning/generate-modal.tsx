import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { graphql } from '../../gql/index.ts';
import { useSubmit } from '../../apollo/use-submit.ts';
import { MutationErrorAlert } from '../../parts/mutation-error.tsx';
import { expiresAtOf, expiryChoices, LATEST } from './expiry.ts';
import { SecretReveal } from './secret-reveal.tsx';
import { useSecretModal } from '../../parts/use-secret-modal.ts';

const GenerateDocument = graphql(/* GraphQL */ `
  mutation GenerateScimCredential($input: GenerateScimCredentialInput!) {
    generateScimCredential(input: $input) {
      __typename
      ... on GenerateScimCredentialSuccess {
        secret
        scimCredential {
          ...CredentialParts
        }
      }
      ...MutationErrorParts
    }
  }
`);

interface GenerateModalProps {
  readonly opened: boolean;
  readonly baseUrl: string;
  /** The settings' limit in days. */
  readonly longest: number | null;
  readonly onClosed: () => void;
  readonly onGenerated: () => unknown;
}

/** Generate SCIM Credentials: name and end, then Base URL and key. */
export function GenerateModal({ opened, baseUrl, longest, onClosed, onGenerated }: GenerateModalProps) {
  const modal = useSecretModal(onClosed);
  return (
    <Modal
      opened={opened}
      onClose={modal.requestClose}
      closeOnClickOutside={modal.secret === undefined}
      size="lg"
      title={modal.secret === undefined ? 'Generate SCIM Credentials' : 'Your SCIM credentials'}
    >
      {modal.secret === undefined ? (
        <GenerateForm
          longest={longest}
          onCancel={modal.close}
          onSecret={(secret) => {
            modal.show(secret);
            void onGenerated();
          }}
        />
      ) : (
        <SecretReveal
          baseUrl={baseUrl}
          secret={modal.secret}
          leaving={modal.leaving}
          onLeave={modal.requestClose}
          onStay={modal.stay}
          onClose={modal.close}
        />
      )}
    </Modal>
  );
}

interface GenerateFormProps {
  readonly longest: number | null;
  readonly onCancel: () => void;
  readonly onSecret: (secret: string) => void;
}

function GenerateForm({ longest, onCancel, onSecret }: GenerateFormProps) {
  const { submit, busy, error } = useSubmit(GenerateDocument, 'generateScimCredential');
  const form = useForm({
    initialValues: { name: 'Okta', expiry: LATEST },
    validate: { name: (name) => (name.trim() === '' ? 'Give the key a name by which you will know it again.' : null) },
  });
  const generate = async ({ name, expiry }: { name: string; expiry: string }) => {
    const done = await submit({ input: { name: name.trim(), ...expiresAtOf(expiry) } });
    if (done !== undefined && 'secret' in done) onSecret(done.secret);
  };
  return (
    <form onSubmit={form.onSubmit((values) => void generate(values))} noValidate>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          The credential belongs to the workspace. It goes on working when the person who generated it leaves.
        </Text>
        <TextInput
          label="Key name"
          description="For you and the other admins; Okta never sees it."
          maxLength={80}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Select
          label="Expires"
          description="Rollcall tells two weeks ahead. Without an end, rotate the key from time to time."
          data={expiryChoices(longest)}
          allowDeselect={false}
          {...form.getInputProps('expiry')}
        />
        <MutationErrorAlert error={error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={busy}>
            Generate
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
