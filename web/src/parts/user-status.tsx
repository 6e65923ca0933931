import type { UserStatus } from '../gql/graphql.ts';
import { StatusBadge, type Tone } from './status-badge.tsx';

/** Where a user stands, as people read it. */
export const statusNames: Readonly<Record<UserStatus, string>> = {
  ACTIVE: 'Active',
  INVITED: 'Invited',
  DEACTIVATED: 'Deactivated',
};

const TONES: Readonly<Record<UserStatus, Tone>> = { ACTIVE: 'good', INVITED: 'pending', DEACTIVATED: 'quiet' };

/** Where a user stands. */
export function UserStatusBadge({ status }: { readonly status: UserStatus }) {
  return <StatusBadge tone={TONES[status]}>{statusNames[status]}</StatusBadge>;
}
