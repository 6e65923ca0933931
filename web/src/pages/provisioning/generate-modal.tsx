import { Select, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { graphql } from '../../gql/index.ts';
import { useSubmit } from '../../apollo/use-submit.ts';
import { FormEnd } from '../../parts/form-end.tsx';
import { SecretModal } from '../../parts/secret-modal.tsx';
import { useSecretModal } from '../../parts/use-secret-modal.ts';
import { expiresAtOf, expiryChoices, LATEST } from './expiry.ts';
import { KeyNameInput, keyNameFault } from './key-name.tsx';
import { AFTER_COPY, KeyReveal } from './key-reveal.tsx';

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
  const dialog = useSecretModal({ afterCopy: AFTER_COPY, onMade: onGenerated, onClosed });
  return (
    <SecretModal
      opened={opened}
      dialog={dialog}
      title="Generate SCIM Credentials"
      madeTitle="Your SCIM credentials"
      form={<GenerateForm longest={longest} onCancel={dialog.close} onSecret={dialog.show} />}
      reveal={(secret) => <KeyReveal baseUrl={baseUrl} secret={secret} dialog={dialog} />}
    />
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
    validate: { name: keyNameFault },
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
        <KeyNameInput {...form.getInputProps('name')} />
        <Select
          label="Expires"
          description="Rollcall tells two weeks ahead. Without an end, rotate the key from time to time."
          data={expiryChoices(longest)}
          allowDeselect={false}
          {...form.getInputProps('expiry')}
        />
        <FormEnd submit="Generate" busy={busy} error={error} onCancel={onCancel} />
      </Stack>
    </form>
  );
}
