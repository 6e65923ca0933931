import { Stack, Text } from '@mantine/core';
import { graphql } from '../../gql/index.ts';
import type { CredentialPartsFragment } from '../../gql/graphql.ts';
import { useSubmit } from '../../apollo/use-submit.ts';
import { ConfirmModal } from '../../parts/confirm-modal.tsx';
import { MutationErrorAlert } from '../../parts/mutation-error.tsx';
import { notifyDone } from '../../parts/notify.tsx';
import { relative } from '../../parts/relative-time.tsx';

const RevokeDocument = graphql(/* GraphQL */ `
  mutation RevokeScimCredential($input: RevokeScimCredentialInput!) {
    revokeScimCredential(input: $input) {
      __typename
      ... on RevokeScimCredentialSuccess {
        scimCredential {
          ...CredentialParts
        }
      }
      ...MutationErrorParts
    }
  }
`);

interface RevokeModalProps {
  /** Undefined keeps the dialog closed. */
  readonly credential: CredentialPartsFragment | undefined;
  /** Whether no other credential works. */
  readonly isLast: boolean;
  readonly onClosed: () => void;
  readonly onRevoked: () => unknown;
}

/** Asks before a credential is ended for good. */
export function RevokeModal({ credential, isLast, onClosed, onRevoked }: RevokeModalProps) {
  const { submit, busy, error, reset } = useSubmit(RevokeDocument, 'revokeScimCredential');
  const close = () => {
    reset();
    onClosed();
  };
  const revoke = async () => {
    if (credential === undefined || (await submit({ input: { scimCredentialId: credential.id } })) === undefined)
      return;
    notifyDone(`“${credential.name}” is revoked.`);
    close();
    void onRevoked();
  };
  return (
    <ConfirmModal
      opened={credential !== undefined}
      title={`Revoke “${credential?.name ?? ''}”?`}
      confirm="Revoke"
      busy={busy}
      onConfirm={() => void revoke()}
      onClose={close}
    >
      <Stack gap="sm">
        <Text size="sm">The next call with this key is refused. It cannot be taken back.</Text>
        {isLast && (
          <Text size="sm" fw={600}>
            It is the only credential that works. Provisioning stands still, and leavers keep their access, until Okta
            has another key.
          </Text>
        )}
        {credential?.lastUsedAt != null && (
          <Text size="sm" c="dimmed">
            Last used {relative(credential.lastUsedAt)}.
          </Text>
        )}
        <MutationErrorAlert error={error} />
      </Stack>
    </ConfirmModal>
  );
}
