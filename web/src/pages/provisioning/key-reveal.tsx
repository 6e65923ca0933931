import { Text } from '@mantine/core';
import { CopyField } from '../../parts/copy-field.tsx';
import { SecretReveal } from '../../parts/secret-modal.tsx';
import type { SecretDialog } from '../../parts/use-secret-modal.ts';

/** What closing asks once the key was copied: a clipboard is no safe place. */
export const AFTER_COPY = 'Is the key in Okta, or in a safe place?';

interface KeyRevealProps {
  readonly baseUrl: string;
  readonly secret: string;
  readonly dialog: SecretDialog;
}

/** Base URL and key, to carry to Okta. */
export function KeyReveal({ baseUrl, secret, dialog }: KeyRevealProps) {
  return (
    <SecretReveal
      dialog={dialog}
      noun="key"
      whenLost="Rollcall keeps no copy that can be read. If it is lost, rotate the credential to get another one."
    >
      <Text size="sm">
        In Okta, open your app → <strong>Provisioning</strong> → <strong>Configure API Integration</strong>, tick{' '}
        <strong>Enable API Integration</strong>, and paste these two:
      </Text>
      <CopyField label="Base URL" value={baseUrl} />
      <CopyField label="Key" description="Okta calls this field API Token." value={secret} onCopy={dialog.noteCopy} />
    </SecretReveal>
  );
}
