import { useApolloClient } from '@apollo/client/react';
import { useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { signInPath } from './places.ts';

const ended = new EventTarget();

/** Told by the API's client when the server no longer knows the session. */
export function sessionEnded(): void {
  ended.dispatchEvent(new Event('end'));
}

/** Leads to the sign-in page when the session is over, and keeps the place, so that signing in leads back to it. */
export function SessionEnd() {
  const client = useApolloClient();
  const navigate = useNavigate();
  const location = useLocation();
  useEffect(() => {
    const leave = async () => {
      if (location.pathname.startsWith('/sign-in')) return;
      await navigate(signInPath(location, true), { replace: true });
      await client.clearStore();
    };
    const onEnd = () => void leave();
    ended.addEventListener('end', onEnd);
    return () => ended.removeEventListener('end', onEnd);
  }, [client, navigate, location]);
  return null;
}
