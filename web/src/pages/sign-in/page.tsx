import { Alert, Anchor, Button, Divider, Stack, Text } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { keepPlace, placeAfterSignIn } from '../../shell/places.ts';
import { SignInFrame } from './frame.tsx';
import { askForOptions } from './options.ts';
import { PasswordForm } from './password-form.tsx';
import { WorkspaceForm } from './workspace-form.tsx';

interface Chosen {
  readonly slug: string;
  readonly sso: boolean;
}

/** `/sign-in`: which workspace, then how. */
export function Component() {
  const [search] = useSearchParams();
  const [busy, setBusy] = useState(false);
  const [chosen, choose] = useState<Chosen>();
  const look = async (slug: string) => {
    setBusy(true);
    choose({ slug, ...(await askForOptions(slug)) });
    setBusy(false);
  };
  return (
    <SignInFrame
      title={chosen === undefined ? 'Sign in' : `Sign in to ${chosen.slug}`}
      description={chosen === undefined ? 'Enter the workspace you want to sign in to.' : undefined}
    >
      {search.has('ended') && (
        <Alert color="blue" role="status" mb="md">
          Your session has ended. Sign in again to go on where you were.
        </Alert>
      )}
      {chosen === undefined ? (
        <WorkspaceForm busy={busy} onChosen={(slug) => void look(slug)} />
      ) : (
        <Ways {...chosen} place={placeAfterSignIn(search)} onOther={() => choose(undefined)} />
      )}
    </SignInFrame>
  );
}

function Ways({ slug, sso, place, onOther }: Chosen & { readonly place: string; readonly onOther: () => void }) {
  return (
    <Stack gap="md">
      {sso && (
        <>
          <Button
            component="a"
            href={`/sign-in/${slug}`}
            leftSection={<IconShieldLock size={18} aria-hidden />}
            fullWidth
            onClick={() => keepPlace(place)}
          >
            Continue with SSO
          </Button>
          <Divider label="or with a password" />
        </>
      )}
      <PasswordForm slug={slug} place={place} secondary={sso} />
      <Text size="sm" ta="center">
        <Anchor component="button" type="button" size="sm" onClick={onOther}>
          Another workspace
        </Anchor>
      </Text>
    </Stack>
  );
}
