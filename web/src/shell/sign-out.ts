import { useApolloClient } from '@apollo/client/react';
import { useNavigate } from 'react-router';
import { useSubmit } from '../apollo/use-submit.ts';
import { graphql } from '../gql/index.ts';

const SignOutDocument = graphql(/* GraphQL */ `
  mutation SignOut {
    signOut(input: {}) {
      __typename
      ... on SignOutSuccess {
        endedSessionCount
      }
    }
  }
`);

/** Ends the session and forgets everything that was read in it. */
export function useSignOut(): () => Promise<void> {
  const client = useApolloClient();
  const navigate = useNavigate();
  const { submit } = useSubmit(SignOutDocument, 'signOut');
  return async () => {
    // The answer makes the browser clear what the site has stored: light or dark and the workspace's name are no secrets.
    const preferences = storedPreferences();
    if ((await submit({})) === undefined) return;
    for (const [key, value] of preferences) localStorage.setItem(key, value);
    await navigate('/sign-in', { replace: true });
    await client.clearStore();
  };
}

function storedPreferences(): [string, string][] {
  const keys = Array.from({ length: localStorage.length }, (_none, index) => localStorage.key(index) ?? '');
  return keys.map((key) => [key, localStorage.getItem(key) ?? '']);
}
