import { Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { TeamPartsFragment } from '../../gql/graphql.ts';
import { FormEnd } from '../../parts/form-end.tsx';
import { notifyDone } from '../../parts/notify.tsx';
import { VersionConflictAlert } from '../../parts/version-conflict.tsx';
import { useTeamEdit } from './use-team-edit.ts';

interface RenameModalProps {
  readonly team: TeamPartsFragment;
  readonly onClose: () => void;
}

/** Asks for another name of the team. */
export function RenameModal({ team, onClose }: RenameModalProps) {
  const { save, busy, conflict, error } = useTeamEdit(team);
  const form = useForm({
    initialValues: { name: team.name },
    validate: { name: (name) => (name.trim() === '' ? 'Give the team a name.' : null) },
  });
  const rename = async ({ name }: { name: string }) => {
    if (!(await save({ name: name.trim() }))) return;
    notifyDone(`The team is called ${name.trim()} now.`);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title="Rename team">
      <form onSubmit={form.onSubmit((values) => void rename(values))} noValidate>
        <Stack gap="md">
          <TextInput label="Name" maxLength={256} data-autofocus {...form.getInputProps('name')} />
          {conflict && <VersionConflictAlert what="this team" />}
          <FormEnd submit="Rename" busy={busy} error={error} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
