import { Anchor, Collapse } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKey } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { CredentialPartsFragment } from '../../gql/graphql.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Rows, Section } from '../../parts/section.tsx';
import { counted } from '../../parts/words.ts';
import { CredentialItem } from './credential-item.tsx';
import classes from './credentials.module.css';
import { RenameModal } from './rename-modal.tsx';
import { RevokeModal } from './revoke-modal.tsx';
import { RotateModal } from './rotate-modal.tsx';

interface CredentialsCardProps {
  readonly credentials: readonly CredentialPartsFragment[];
  readonly baseUrl: string;
  readonly longest: number | null;
  readonly onChanged: () => unknown;
}

/** The keys that Okta may call with, and, folded away, those that have ended. */
export function CredentialsCard({ credentials, baseUrl, longest, onChanged }: CredentialsCardProps) {
  const [renaming, rename] = useState<CredentialPartsFragment>();
  const [rotating, rotate] = useState<CredentialPartsFragment>();
  const [revoking, revoke] = useState<CredentialPartsFragment>();
  const working = credentials.filter(works);
  const ended = credentials.filter((credential) => !works(credential));
  const items = (some: readonly CredentialPartsFragment[]) =>
    some.map((credential) => (
      <CredentialItem
        key={credential.id}
        credential={credential}
        onRename={() => rename(credential)}
        onRotate={() => rotate(credential)}
        onRevoke={() => revoke(credential)}
      />
    ));
  return (
    <Section title="SCIM credentials" description="The keys that Okta calls with. Keep one for each app in Okta.">
      {working.length === 0 ? (
        <EmptyState icon={IconKey} title="No credential works">
          Generate one, and enter its Base URL and key in Okta.
        </EmptyState>
      ) : (
        <Rows label="Working credentials">{items(working)}</Rows>
      )}
      {ended.length > 0 && <Ended count={ended.length}>{items(ended)}</Ended>}
      <RenameModal credential={renaming} onClosed={() => rename(undefined)} />
      <RotateModal
        credential={rotating}
        baseUrl={baseUrl}
        longest={longest}
        onClosed={() => rotate(undefined)}
        onRotated={onChanged}
      />
      <RevokeModal
        credential={revoking}
        isLast={working.length === 1}
        onClosed={() => revoke(undefined)}
        onRevoked={onChanged}
      />
    </Section>
  );
}

function works({ status }: CredentialPartsFragment): boolean {
  return status === 'ACTIVE' || status === 'RETIRING';
}

function Ended({ count, children }: { readonly count: number; readonly children: ReactNode }) {
  const [opened, { toggle }] = useDisclosure(false);
  return (
    <>
      <div className={classes.more}>
        <Anchor component="button" type="button" size="sm" onClick={toggle} aria-expanded={opened}>
          {opened ? 'Hide' : 'Show'} {counted(count, 'credential')} that ended
        </Anchor>
      </div>
      <Collapse expanded={opened}>
        <div className={classes.ended}>
          <Rows label="Ended credentials">{children}</Rows>
        </div>
      </Collapse>
    </>
  );
}
