import { Alert, Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useSubmit } from '../../apollo/use-submit.ts';
import { graphql } from '../../gql/index.ts';
import { MutationErrorAlert } from '../../parts/mutation-error.tsx';
import { rememberWorkspace } from '../../shell/places.ts';
import { SignInFrame } from './frame.tsx';

const AcceptDocument = graphql(/* GraphQL */ `
  mutation AcceptInvitation($input: AcceptInvitationInput!) {
    acceptInvitation(input: $input) {
      __typename
      ... on AcceptInvitationSuccess {
        viewer {
          user {
            id
          }
        }
      }
      ...MutationErrorParts
    }
  }
`);

const SHORTEST = 8;

/** `/sign-in/<slug>/invitation#token=…`: the part after the # never leaves the browser but for this one mutation. */
export function Component() {
  const { slug = '' } = useParams();
  const [token] = useState(tokenInAddress);
  // Out of the address bar and the history: it is a secret until it is used.
  useEffect(() => history.replaceState(history.state, '', location.pathname), []);
  return (
    <SignInFrame title={`Join ${slug}`} description="Choose a password to accept your invitation.">
      {token === null ? (
        <Alert color="red" title="This link is not complete">
          Open the link of your invitation again, or ask the person who invited you for a new one.
        </Alert>
      ) : (
        <AcceptForm slug={slug} token={token} />
      )}
    </SignInFrame>
  );
}

function tokenInAddress(): string | null {
  return new URLSearchParams(location.hash.slice(1)).get('token');
}

function AcceptForm({ slug, token }: { readonly slug: string; readonly token: string }) {
  const client = useApolloClient();
  const navigate = useNavigate();
  const { submit, busy, error } = useSubmit(AcceptDocument, 'acceptInvitation');
  const form = useForm({
    initialValues: { password: '', again: '' },
    validate: {
      password: (password) => (password.length < SHORTEST ? `Use at least ${SHORTEST} characters.` : null),
      again: (again, { password }) => (again === password ? null : 'The two passwords are not the same.'),
    },
  });
  const accept = async ({ password }: typeof form.values) => {
    if ((await submit({ input: { token, password } })) === undefined) return;
    rememberWorkspace(slug);
    await client.clearStore();
    await navigate('/', { replace: true });
  };
  return (
    <form onSubmit={form.onSubmit((values) => void accept(values))} noValidate>
      <Stack gap="md">
        <MutationErrorAlert error={error} />
        <PasswordInput
          label="Password"
          description="8 characters or more, and not your user name. A few words in a row are easy to keep in mind."
          autoComplete="new-password"
          visibilityToggleButtonProps={TOGGLE}
          {...form.getInputProps('password')}
        />
        <PasswordInput
          label="Password, once more"
          autoComplete="new-password"
          visibilityToggleButtonProps={TOGGLE}
          {...form.getInputProps('again')}
        />
        <Button type="submit" loading={busy} fullWidth>
          Join
        </Button>
        <Text size="xs" c="dimmed" ta="center">
          An invitation can be used once, within 7 days.
        </Text>
      </Stack>
    </form>
  );
}

const TOGGLE = { 'aria-label': 'Show or hide the password' };
