import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useApolloClient } from '@apollo/client/react';
import { useNavigate } from 'react-router';
import { useSubmit } from '../../apollo/use-submit.ts';
import { graphql } from '../../gql/index.ts';
import { MutationErrorAlert } from '../../parts/mutation-error.tsx';
import { rememberWorkspace } from '../../shell/places.ts';

const SignInDocument = graphql(/* GraphQL */ `
  mutation SignInWithPassword($input: SignInWithPasswordInput!) {
    signInWithPassword(input: $input) {
      __typename
      ... on SignInWithPasswordSuccess {
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

interface PasswordFormProps {
  readonly slug: string;
  /** Where to go once signed in. */
  readonly place: string;
  /** Whether another way stands before it. */
  readonly secondary: boolean;
}

/** User name and password. A refusal never tells which of them is wrong. */
export function PasswordForm({ slug, place, secondary }: PasswordFormProps) {
  const client = useApolloClient();
  const navigate = useNavigate();
  const { submit, busy, error } = useSubmit(SignInDocument, 'signInWithPassword');
  const form = useForm({
    initialValues: { userName: '', password: '' },
    validate: {
      userName: (userName) => (userName.trim() === '' ? 'Enter your user name.' : null),
      password: (password) => (password === '' ? 'Enter your password.' : null),
    },
  });
  const signIn = async ({ userName, password }: typeof form.values) => {
    const done = await submit({ input: { workspaceSlug: slug, userName: userName.trim(), password } });
    if (done === undefined) return form.setFieldValue('password', '');
    rememberWorkspace(slug);
    await client.clearStore();
    await navigate(place, { replace: true });
  };
  return (
    <form onSubmit={form.onSubmit((values) => void signIn(values))} noValidate>
      <Stack gap="md">
        <MutationErrorAlert error={error} />
        <TextInput
          label="User name"
          description="Usually your email address."
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          {...form.getInputProps('userName')}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={busy} fullWidth variant={secondary ? 'default' : 'filled'}>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}
