import { Stack, Text } from '@mantine/core';
import { useSubmit } from '../../apollo/use-submit.ts';
import type { AccessTokenPartsFragment } from '../../gql/graphql.ts';
import { graphql } from '../../gql/index.ts';
import { ConfirmModal } from '../../parts/confirm-modal.tsx';
import { MutationErrorAlert } from '../../parts/mutation-error.tsx';
import { notifyDone } from '../../parts/notify.tsx';
import { relative } from '../../parts/relative-time.tsx';

const RevokeToken = graphql(/* GraphQL */ `
  mutation RevokeAccessToken($input: RevokeAccessTokenInput!) {
    revokeAccessToken(input: $input) {
      __typename
      ... on RevokeAccessTokenSuccess {
        revokedAccessTokenId
      }
      ...MutationErrorParts
    }
  }
`);

interface RevokeTokenModalProps {
  /** Undefined keeps the dialog closed. */
  readonly token: AccessTokenPartsFragment | undefined;
  readonly onClosed: () => void;
  readonly onRevoked: () => unknown;
}

/** Asks before a token is ended for good. */
export function RevokeTokenModal({ token, onClosed, onRevoked }: RevokeTokenModalProps) {
  const { submit, busy, error, reset } = useSubmit(RevokeToken, 'revokeAccessToken');
  const close = () => {
    reset();
    onClosed();
  };
  const revoke = async () => {
    if (token === undefined || (await submit({ input: { accessTokenId: token.id } })) === undefined) return;
    notifyDone(`“${token.name}” is revoked.`);
    close();
    void onRevoked();
  };
  return (
    <ConfirmModal
      opened={token !== undefined}
      title={`Revoke “${token?.name ?? ''}”?`}
      confirm="Revoke"
      busy={busy}
      onConfirm={() => void revoke()}
      onClose={close}
    >
      <Stack gap="sm">
        <Text size="sm">Whatever uses this token is refused from its next call on. It cannot be taken back.</Text>
        {token?.lastUsedAt != null && (
          <Text size="sm" c="dimmed">
            Last used {relative(token.lastUsedAt)}.
          </Text>
        )}
        <MutationErrorAlert error={error} />
      </Stack>
    </ConfirmModal>
  );
}
