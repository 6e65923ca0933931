import { Select, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { graphql } from '../../gql/index.ts';
import type { CredentialPartsFragment } from '../../gql/graphql.ts';
import { useSubmit } from '../../apollo/use-submit.ts';
import { FormEnd } from '../../parts/form-end.tsx';
import { SecretModal } from '../../parts/secret-modal.tsx';
import { useSecretModal } from '../../parts/use-secret-modal.ts';
import { expiresAtOf, expiryChoices, LATEST } from './expiry.ts';
import { AFTER_COPY, KeyReveal } from './key-reveal.tsx';

const RotateDocument = graphql(/* GraphQL */ `
  mutation RotateScimCredential($input: RotateScimCredentialInput!) {
    rotateScimCredential(input: $input) {
      __typename
      ... on RotateScimCredentialSuccess {
        secret
        scimCredential {
          ...CredentialParts
          predecessor {
            ...CredentialParts
          }
        }
      }
      ...MutationErrorParts
    }
  }
`);

const OVERLAPS = [
  { value: '0', label: 'No overlap: the old key stops at once' },
  { value: '24', label: '24 hours' },
  { value: '72', label: '3 days' },
  { value: '168', label: '7 days' },
];

interface RotateModalProps {
  /** Undefined keeps the dialog closed. */
  readonly credential: CredentialPartsFragment | undefined;
  readonly baseUrl: string;
  readonly longest: number | null;
  readonly onClosed: () => void;
  readonly onRotated: () => unknown;
}

/** Rotation: a new key, while the old one goes on for the overlap. */
export function RotateModal({ credential, baseUrl, longest, onClosed, onRotated }: RotateModalProps) {
  const dialog = useSecretModal({ afterCopy: AFTER_COPY, onMade: onRotated, onClosed });
  const name = credential?.name ?? '';
  return (
    <SecretModal
      opened={credential !== undefined}
      dialog={dialog}
      title={`Rotate “${name}”`}
      madeTitle={`The new key of “${name}”`}
      form={
        credential !== undefined && (
          <RotateForm credential={credential} longest={longest} onCancel={dialog.close} onSecret={dialog.show} />
        )
      }
      reveal={(secret) => <KeyReveal baseUrl={baseUrl} secret={secret} dialog={dialog} />}
    />
  );
}

interface RotateFormProps {
  readonly credential: CredentialPartsFragment;
  readonly longest: number | null;
  readonly onCancel: () => void;
  readonly onSecret: (secret: string) => void;
}

function RotateForm({ credential, longest, onCancel, onSecret }: RotateFormProps) {
  const { submit, busy, error } = useSubmit(RotateDocument, 'rotateScimCredential');
  const form = useForm({ initialValues: { overlap: '24', expiry: LATEST } });
  const rotate = async ({ overlap, expiry }: { overlap: string; expiry: string }) => {
    const overlapHours = Number(overlap);
    const done = await submit({ input: { scimCredentialId: credential.id, overlapHours, ...expiresAtOf(expiry) } });
    if (done !== undefined && 'secret' in done) onSecret(done.secret);
  };
  return (
    <form onSubmit={form.onSubmit((values) => void rotate(values))}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          You get a new key to enter in Okta. The old one keeps working for the overlap, so that nothing is lost in
          between; this page tells when Okta has switched.
        </Text>
        <Select
          label="Overlap"
          description="How long the old key keeps working."
          data={OVERLAPS}
          allowDeselect={false}
          data-autofocus
          {...form.getInputProps('overlap')}
        />
        <Select
          label="The new key expires"
          data={expiryChoices(longest)}
          allowDeselect={false}
          {...form.getInputProps('expiry')}
        />
        <FormEnd submit="Rotate" busy={busy} error={error} onCancel={onCancel} />
      </Stack>
    </form>
  );
}
