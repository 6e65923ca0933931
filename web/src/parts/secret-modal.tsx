import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { SecretDialog } from './use-secret-modal.ts';

interface SecretModalProps {
  readonly opened: boolean;
  readonly dialog: SecretDialog;
  readonly title: string;
  /** Title once the secret is there. */
  readonly madeTitle: string;
  /** Stands there until the secret does. */
  readonly form: ReactNode;
  readonly reveal: (secret: string) => ReactNode;
}

/** A form, then the secret that it made. A click beside the dialog closes the form alone. */
export function SecretModal({ opened, dialog, title, madeTitle, form, reveal }: SecretModalProps) {
  const { secret, requestClose } = dialog;
  return (
    <Modal
      opened={opened}
      onClose={requestClose}
      closeOnClickOutside={secret === undefined}
      size="lg"
      title={secret === undefined ? title : madeTitle}
    >
      {secret === undefined ? form : reveal(secret)}
    </Modal>
  );
}

interface SecretRevealProps {
  readonly dialog: SecretDialog;
  /** What the secret is: "The … is shown only now". */
  readonly noun: string;
  /** What to do when it is lost. */
  readonly whenLost: string;
  /** The secret with what goes with it, and where to carry it. */
  readonly children: ReactNode;
}

/** A secret that is shown this once, so closing is asked about. */
export function SecretReveal({ dialog, noun, whenLost, children }: SecretRevealProps) {
  return (
    <Stack gap="md">
      {children}
      {dialog.leaving ? (
        <Leaving dialog={dialog} noun={noun} />
      ) : (
        <>
          <Alert
            color="amber"
            icon={<IconAlertTriangle size={18} aria-hidden />}
            title={`The ${noun} is shown only now`}
          >
            {whenLost}
          </Alert>
          <Group justify="flex-end">
            <Button onClick={dialog.requestClose}>Done</Button>
          </Group>
        </>
      )}
    </Stack>
  );
}

function Leaving({ dialog: { copied, afterCopy, stay, close }, noun }: Pick<SecretRevealProps, 'dialog' | 'noun'>) {
  return (
    <Alert
      color="red"
      role="alert"
      icon={<IconAlertTriangle size={18} aria-hidden />}
      title={copied ? afterCopy : `You have not copied the ${noun}`}
    >
      Once this is closed, nobody can see the {noun} again.
      {/* The padding keeps the ring of the focus inside the alert, which cuts off what sticks out. */}
      <Group justify="flex-end" mt="md" gap="sm" p={4}>
        <Button variant="default" onClick={stay} autoFocus>
          Back to the {noun}
        </Button>
        <Button color="red" onClick={close}>
          {copied ? 'Close' : 'Close without copying'}
        </Button>
      </Group>
    </Alert>
  );
}
