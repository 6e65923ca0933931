import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { explain } from '../apollo/explain.ts';
import type { MutationErrorPartsFragment } from '../gql/graphql.ts';

const CLOSE = { 'aria-label': 'Close' };

/** Says that something was done. */
export function notifyDone(message: string): void {
  notifications.show({ message, color: 'spruce', autoClose: 5_000, closeButtonProps: CLOSE });
}

/** Says that something was done, and offers to take it back for as long as it is shown. The answer is to hide it by. */
export function notifyUndoable(message: string, onUndo: () => void): string {
  return notifications.show({
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        {message}
        <Button variant="subtle" size="compact-sm" flex="none" onClick={onUndo}>
          Undo
        </Button>
      </Group>
    ),
    color: 'spruce',
    autoClose: 8_000,
    closeButtonProps: CLOSE,
  });
}

/** Says that an act was refused, and why; stays until it is closed, for nothing else on the screen tells. */
export function notifyRefused({ message, remedy }: Pick<MutationErrorPartsFragment, 'message' | 'remedy'>): void {
  notifications.show({
    title: message,
    message: remedy?.text ?? '',
    color: 'red',
    autoClose: false,
    closeButtonProps: CLOSE,
  });
}

/** Says that an act could not be carried to the server, or failed there. */
export function notifyFailure(error: unknown): void {
  const { title, message, requestId } = explain(error);
  const quoted =
    requestId === undefined || message.includes(requestId) ? message : `${message} Request ID: ${requestId}`;
  notifications.show({ title, message: quoted, color: 'red', autoClose: 12_000, closeButtonProps: CLOSE });
}
