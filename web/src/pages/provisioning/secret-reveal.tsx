import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { CopyField } from '../../parts/copy-field.tsx';

interface SecretRevealProps {
  readonly baseUrl: string;
  readonly secret: string;
  /** Whether the person has asked to close, and is asked back. */
  readonly leaving: boolean;
  readonly onLeave: () => void;
  readonly onStay: () => void;
  readonly onClose: () => void;
}

/** Base URL and key, to carry to Okta. The key is shown this once, so closing is asked about. */
export function SecretReveal({ baseUrl, secret, leaving, onLeave, onStay, onClose }: SecretRevealProps) {
  const [copied, setCopied] = useState(false);
  return (
    <Stack gap="md">
      <Text size="sm">
        In Okta, open your app → <strong>Provisioning</strong> → <strong>Configure API Integration</strong>, tick{' '}
        <strong>Enable API Integration</strong>, and paste these two:
      </Text>
      <CopyField label="Base URL" value={baseUrl} />
      <CopyField
        label="Key"
        description="Okta calls this field API Token."
        value={secret}
        onCopy={() => setCopied(true)}
      />
      {leaving ? (
        <Leaving copied={copied} onStay={onStay} onClose={onClose} />
      ) : (
        <>
          <Alert color="amber" icon={<IconAlertTriangle size={18} aria-hidden />} title="The key is shown only now">
            Rollcall keeps no copy that can be read. If it is lost, rotate the credential to get another one.
          </Alert>
          <Group justify="flex-end">
            <Button onClick={onLeave}>Done</Button>
          </Group>
        </>
      )}
    </Stack>
  );
}

function Leaving({
  copied,
  onStay,
  onClose,
}: {
  readonly copied: boolean;
  readonly onStay: () => void;
  readonly onClose: () => void;
}) {
  return (
    <Alert
      color="red"
      role="alert"
      icon={<IconAlertTriangle size={18} aria-hidden />}
      title={copied ? 'Is the key in Okta, or in a safe place?' : 'You have not copied the key'}
    >
      Once this is closed, nobody can see the key again.
      <Group justify="flex-end" mt="md" gap="sm">
        <Button variant="default" onClick={onStay} data-autofocus>
          Back to the key
        </Button>
        <Button color="red" onClick={onClose}>
          {copied ? 'Close' : 'Close without copying'}
        </Button>
      </Group>
    </Alert>
  );
}
