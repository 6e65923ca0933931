import { Modal, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useSubmit } from '../../apollo/use-submit.ts';
import type { CredentialPartsFragment, MutationErrorPartsFragment } from '../../gql/graphql.ts';
import { graphql } from '../../gql/index.ts';
import { FormEnd } from '../../parts/form-end.tsx';
import { notifyDone } from '../../parts/notify.tsx';
import { KeyNameInput, keyNameFault } from './key-name.tsx';

const RenameDocument = graphql(/* GraphQL */ `
  mutation RenameScimCredential($input: RenameScimCredentialInput!) {
    renameScimCredential(input: $input) {
      __typename
      ... on RenameScimCredentialSuccess {
        scimCredential {
          ...CredentialParts
        }
      }
      ...MutationErrorParts
    }
  }
`);

interface RenameModalProps {
  /** Undefined keeps the dialog closed. */
  readonly credential: CredentialPartsFragment | undefined;
  readonly onClosed: () => void;
}

/** Asks for another name of a credential. */
export function RenameModal({ credential, onClosed }: RenameModalProps) {
  return (
    <Modal opened={credential !== undefined} onClose={onClosed} title={`Rename “${credential?.name ?? ''}”`}>
      {credential !== undefined && <RenameForm credential={credential} onClose={onClosed} />}
    </Modal>
  );
}

interface RenameFormProps {
  readonly credential: CredentialPartsFragment;
  readonly onClose: () => void;
}

function RenameForm({ credential: { id, name: before }, onClose }: RenameFormProps) {
  const { submit, busy, error, reset } = useSubmit(RenameDocument, 'renameScimCredential');
  const form = useForm({
    initialValues: { name: before },
    validate: { name: keyNameFault },
    onValuesChange: reset,
  });
  const rename = async (name: string) => {
    if (name === before) return onClose();
    if ((await submit({ input: { scimCredentialId: id, name } })) === undefined) return;
    notifyDone(`“${before}” is called “${name}” now.`);
    onClose();
  };
  const isOfName = error?.path?.[0] === 'name';
  const input = form.getInputProps('name');
  return (
    <form onSubmit={form.onSubmit(({ name }) => void rename(name.trim()))} noValidate>
      <Stack gap="md">
        <KeyNameInput {...input} error={input.error ?? (isOfName && sentencesOf(error))} />
        <FormEnd submit="Rename" busy={busy} error={isOfName ? undefined : error} onCancel={onClose} />
      </Stack>
    </form>
  );
}

function sentencesOf({ message, remedy }: MutationErrorPartsFragment): string {
  return remedy == null ? message : `${message} ${remedy.text}`;
}
