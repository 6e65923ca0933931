import { Alert } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { SignInFrame } from './frame.tsx';
import { WorkspaceForm } from './workspace-form.tsx';

/** `/sign-in`: which workspace, then how. */
export function Component() {
  const [search] = useSearchParams();
  return (
    <SignInFrame title="Sign in" description="Enter the workspace you want to sign in to.">
      {search.has('ended') && (
        <Alert color="blue" role="status" mb="md">
          Your session has ended. Sign in again to go on where you were.
        </Alert>
      )}
      <WorkspaceForm onChosen={(slug) => location.assign(`/sign-in/${slug}`)} />
    </SignInFrame>
  );
}
