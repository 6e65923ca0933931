import { Button, Group } from '@mantine/core';
import type { MutationErrorPartsFragment } from '../gql/graphql.ts';
import { MutationErrorAlert } from './mutation-error.tsx';

interface FormEndProps {
  /** The verb of the act, never "OK". */
  readonly submit: string;
  readonly busy: boolean;
  /** Whether there is nothing to submit yet. */
  readonly disabled?: boolean;
  readonly error: MutationErrorPartsFragment | undefined;
  readonly onCancel: () => void;
}

/** How every form in a dialog ends: why it was refused, and the two ways on. */
export function FormEnd({ submit, busy, disabled = false, error, onCancel }: FormEndProps) {
  return (
    <>
      <MutationErrorAlert error={error} />
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" loading={busy} disabled={disabled}>
          {submit}
        </Button>
      </Group>
    </>
  );
}
