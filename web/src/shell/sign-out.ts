import { useApolloClient } from '@apollo/client/react';
import { useNavigate } from 'react-router';

/** Ends the session and forgets everything that was read in it. */
export function useSignOut(): () => Promise<void> {
  const client = useApolloClient();
  const navigate = useNavigate();
  return async () => {
    await navigate('/sign-in', { replace: true });
    await client.clearStore();
  };
}
