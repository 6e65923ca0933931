import { Button } from '@mantine/core';
import { useState } from 'react';
import type { MemberPartsFragment } from '../../gql/graphql.ts';
import { DirectoryTie } from '../../parts/directory-tie.tsx';
import { Section } from '../../parts/section.tsx';
import { useMay } from '../../shell/me.tsx';
import { ActModal } from './act-modal.tsx';

/** The tie to the directory, and the way out of it. */
export function DirectoryCard({ user }: { readonly user: MemberPartsFragment }) {
  const [unlinking, setUnlinking] = useState(false);
  const mayUnlink = useMay('MANAGE_SECURITY_AND_IDENTITY');
  return (
    <Section title="Directory">
      <DirectoryTie by={user.managedBy} link={user.provisioningLink} what="member" />
      {mayUnlink && user.managedBy === 'DIRECTORY' && (
        <Button variant="default" fullWidth mt="md" onClick={() => setUnlinking(true)}>
          Unlink from the directory
        </Button>
      )}
      {unlinking && <ActModal act="unlink" user={user} onClose={() => setUnlinking(false)} />}
    </Section>
  );
}
