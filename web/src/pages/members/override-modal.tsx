import { Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { MemberPartsFragment } from '../../gql/graphql.ts';
import { FormEnd } from '../../parts/form-end.tsx';
import { notifyDone } from '../../parts/notify.tsx';
import { useOverride } from './use-override.ts';

interface OverrideModalProps {
  readonly user: MemberPartsFragment;
  readonly onClose: () => void;
}

/** Asks for the name that is to be shown in place of the one on record. */
export function OverrideModal({ user, onClose }: OverrideModalProps) {
  const { set, busy, error } = useOverride(user);
  const { directoryValue } = user.profile.displayName;
  const form = useForm({
    initialValues: { name: user.displayName },
    validate: {
      name: (name) => (name.trim() === '' ? 'Enter the name to show, or cancel to keep the present one.' : null),
    },
  });
  const save = async ({ name }: { name: string }) => {
    if (!(await set(name.trim()))) return;
    notifyDone(`The name “${name.trim()}” is shown from now on.`);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title="Override display name">
      <form onSubmit={form.onSubmit((values) => void save(values))} noValidate>
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {directoryValue === null
              ? 'This name is shown in Rollcall until the override is cleared.'
              : `The directory goes on sending “${directoryValue}”. This name is shown instead until the override is cleared.`}
          </Text>
          <TextInput label="Name to show" maxLength={256} data-autofocus {...form.getInputProps('name')} />
          <FormEnd submit="Override name" busy={busy} error={error} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
