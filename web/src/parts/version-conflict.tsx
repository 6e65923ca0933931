import { Alert } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';

/** Says that somebody else was quicker, and that nothing of what was typed is lost. */
export function VersionConflictAlert({ what }: { readonly what: string }) {
  return (
    <Alert
      color="amber"
      role="alert"
      icon={<IconUsers size={18} aria-hidden />}
      title={`Somebody else changed ${what} meanwhile`}
    >
      Nothing was saved yet, and what you entered is still here. Look through it once more, then save again to put your
      changes on top of theirs.
    </Alert>
  );
}
