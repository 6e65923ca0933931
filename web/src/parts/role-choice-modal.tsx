import { Modal, Radio, Stack } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { VersionedEdit } from '../apollo/use-expected-version.ts';
import { FormEnd } from './form-end.tsx';
import { VersionConflictAlert } from './version-conflict.tsx';

interface RoleChoice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** What it allows. */
  readonly meaning: string;
  readonly disabled?: boolean;
}

interface RoleChoiceModalProps<Value extends string> {
  readonly title: string;
  readonly label: string;
  readonly choices: readonly RoleChoice<Value>[];
  readonly initial: Value;
  /** Whose role it is: "Somebody else changed … meanwhile". */
  readonly what: string;
  readonly edit: VersionedEdit;
  /** Saves the choice, and closes where that went well. */
  readonly onSave: (choice: Value) => Promise<void>;
  readonly onClose: () => void;
}

/** Roles with what each means, to choose one from. */
export function RoleChoiceModal<Value extends string>(props: RoleChoiceModalProps<Value>) {
  const { title, label, choices, initial, what, edit, onSave, onClose } = props;
  const [choice, choose] = useState(initial);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void onSave(choice);
  };
  return (
    <Modal opened onClose={onClose} title={title}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Radio.Group label={label} value={choice} onChange={choose}>
            <Stack gap="sm" mt="xs">
              {choices.map(({ meaning, ...radio }) => (
                <Radio
                  key={radio.value}
                  {...radio}
                  description={meaning}
                  {...(radio.value === choice ? { 'data-autofocus': true } : {})}
                />
              ))}
            </Stack>
          </Radio.Group>
          {edit.conflict && <VersionConflictAlert what={what} />}
          <FormEnd submit="Save role" busy={edit.busy} error={edit.error} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
