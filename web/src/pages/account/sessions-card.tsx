import { Button, Text } from '@mantine/core';
import { useApolloClient } from '@apollo/client/react';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from 'react-router';
import { useSubmit } from '../../apollo/use-submit.ts';
import { graphql } from '../../gql/index.ts';
import { ConfirmModal } from '../../parts/confirm-modal.tsx';
import { RelativeTime } from '../../parts/relative-time.tsx';
import { Section } from '../../parts/section.tsx';

const SignOutEverywhere = graphql(/* GraphQL */ `
  mutation SignOutEverywhere {
    signOut(input: { everywhere: true }) {
      __typename
      ... on SignOutSuccess {
        endedSessionCount
      }
    }
  }
`);

/** The viewer's sessions: when this one ends, and the way to end all of them. */
export function SessionsCard({ expiresAt }: { readonly expiresAt: string | null }) {
  const [asking, { open, close }] = useDisclosure(false);
  const { submit, busy } = useSubmit(SignOutEverywhere, 'signOut');
  const client = useApolloClient();
  const navigate = useNavigate();
  const signOut = async () => {
    if ((await submit({})) === undefined) return;
    await navigate('/sign-in', { replace: true });
    await client.clearStore();
  };
  return (
    <Section
      title="Sessions"
      description="Left a device somewhere, or signed in on one that is not yours? End all your sessions."
      actions={
        <Button variant="default" onClick={open}>
          Sign out everywhere
        </Button>
      }
    >
      <Text size="sm">
        {expiresAt === null ? (
          'You are here by an access token, not by a session.'
        ) : (
          <>
            If you do nothing, this session ends <RelativeTime at={expiresAt} />.
          </>
        )}
      </Text>
      <ConfirmModal
        opened={asking}
        title="Sign out everywhere?"
        confirm="Sign out everywhere"
        busy={busy}
        onConfirm={() => void signOut()}
        onClose={close}
      >
        <Text size="sm">
          All your sessions end, on this device too. Your access tokens go on working: revoke those that should not.
        </Text>
      </ConfirmModal>
    </Section>
  );
}
