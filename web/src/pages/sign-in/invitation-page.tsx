import { Navigate } from 'react-router';

/** Leads to the sign-in page. */
export function Component() {
  return <Navigate to="/sign-in" replace />;
}
