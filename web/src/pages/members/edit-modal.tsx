import { Modal, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { MemberPartsFragment, MutationErrorPartsFragment } from '../../gql/graphql.ts';
import { FormEnd } from '../../parts/form-end.tsx';
import { notifyDone } from '../../parts/notify.tsx';
import { VersionConflictAlert } from '../../parts/version-conflict.tsx';
import { FIELDS, fieldOf } from './profile-fields.ts';
import { useMemberEdit, type MemberChange } from './use-member-edit.ts';

type Values = Record<string, string>;

interface EditModalProps {
  readonly user: MemberPartsFragment;
  readonly onRefetch: () => unknown;
  readonly onClose: () => void;
}

/** The fields that the workspace keeps of a member, to be changed together. */
export function EditModal({ user, onRefetch, onClose }: EditModalProps) {
  const edit = useMemberEdit(user);
  const form = useForm<Values>({
    initialValues: valuesOf(user),
    validate: {
      userName: (name) => (name?.trim() === '' ? 'Everybody needs a name to sign in with.' : null),
    },
  });
  const save = async (values: Values) => {
    const change = changeOf(form.getInitialValues(), values);
    if (Object.keys(change).length === 0) return onClose();
    if (!(await edit.save(change))) return void onRefetch();
    notifyDone('The profile is saved.');
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title="Edit profile" size="lg">
      <form onSubmit={form.onSubmit((values) => void save(values))} noValidate>
        <Stack gap="md">
          <TextInput
            label="User name"
            description="What they sign in with, usually an email address."
            maxLength={256}
            {...form.getInputProps('userName')}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
            {FIELDS.map(([name, label]) => (
              <TextInput
                key={name}
                label={label}
                placeholder={derivedValue(user, name)}
                maxLength={256}
                {...form.getInputProps(name)}
                error={form.errors[name] ?? issueAt(edit.error, name)}
              />
            ))}
          </SimpleGrid>
          {edit.conflict && <VersionConflictAlert what="this member" />}
          <FormEnd submit="Save" busy={edit.busy} error={edit.error} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}

function valuesOf(user: MemberPartsFragment): Values {
  const fields = FIELDS.map(([name]) => {
    const { value, source } = fieldOf(user, name);
    // An override is no value of the field, and neither is what was made of others.
    return [name, source === 'WORKSPACE' ? (value ?? '') : ''] as const;
  });
  return { userName: user.userName, ...Object.fromEntries(fields) };
}

function derivedValue(user: MemberPartsFragment, name: (typeof FIELDS)[number][0]): string {
  const { value, source } = fieldOf(user, name);
  return source === 'DERIVED' ? (value ?? '') : '';
}

/** What is different now; a field that was emptied is cleared. */
function changeOf(before: Values, after: Values): MemberChange {
  const names = Object.keys(after).filter((name) => after[name]?.trim() !== before[name]);
  return Object.fromEntries(names.map((name) => [name, after[name]?.trim() || null]));
}

function issueAt(error: MutationErrorPartsFragment | undefined, name: string): string | undefined {
  if (error === undefined || !('issues' in error)) return undefined;
  return error.issues.find(({ path }) => path[0] === name)?.message;
}
