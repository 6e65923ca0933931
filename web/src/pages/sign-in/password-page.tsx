import { Anchor, Text } from '@mantine/core';
import { Link, useParams, useSearchParams } from 'react-router';
import { placeAfterSignIn } from '../../shell/places.ts';
import { SignInFrame } from './frame.tsx';
import { PasswordForm } from './password-form.tsx';

/** `/sign-in/<slug>/password` */
export function Component() {
  const { slug = '' } = useParams();
  const [search] = useSearchParams();
  return (
    <SignInFrame title={`Sign in to ${slug}`}>
      <PasswordForm slug={slug} place={placeAfterSignIn(search)} secondary={false} />
      <Text ta="center" mt="md" size="sm">
        <Anchor component={Link} to="/sign-in" size="sm">
          Another workspace
        </Anchor>
      </Text>
    </SignInFrame>
  );
}
