import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { CopyField } from '../../parts/copy-field.tsx';
import type { SecretModal } from '../../parts/use-secret-modal.ts';

interface InvitationRevealProps {
  readonly url: string;
  readonly modal: SecretModal;
}

/** The invitation's link, to carry to whom it is for. It is shown this once, so closing is asked about. */
export function InvitationReveal({ url, modal }: InvitationRevealProps) {
  const [copied, setCopied] = useState(false);
  return (
    <Stack gap="md">
      <Text size="sm">
        Rollcall sends no mail. Pass this link on in a message that only they can read: whoever opens it first sets the
        password. It works once, for 7 days.
      </Text>
      <CopyField label="Invitation link" value={url} onCopy={() => setCopied(true)} />
      {modal.leaving ? (
        <Alert
          color="red"
          role="alert"
          icon={<IconAlertTriangle size={18} aria-hidden />}
          title={copied ? 'Have you passed the link on, or kept it?' : 'You have not copied the link'}
        >
          Once this is closed, nobody can see the link again.
          <Group justify="flex-end" mt="md" gap="sm">
            <Button variant="default" onClick={modal.stay} data-autofocus>
              Back to the link
            </Button>
            <Button color="red" onClick={modal.close}>
              {copied ? 'Close' : 'Close without copying'}
            </Button>
          </Group>
        </Alert>
      ) : (
        <>
          <Alert color="amber" icon={<IconAlertTriangle size={18} aria-hidden />} title="The link is shown only now">
            If it is lost, delete the member and invite them anew.
          </Alert>
          <Group justify="flex-end">
            <Button onClick={modal.requestClose}>Done</Button>
          </Group>
        </>
      )}
    </Stack>
  );
}
