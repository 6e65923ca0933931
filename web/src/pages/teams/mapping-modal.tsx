import { Button, Group, Modal, Radio, Stack } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { TeamPartsFragment } from '../../gql/graphql.ts';
import { MutationErrorAlert } from '../../parts/mutation-error.tsx';
import { notifyDone } from '../../parts/notify.tsx';
import { VersionConflictAlert } from '../../parts/version-conflict.tsx';
import { mappingOf, MAPPINGS, NO_ROLE } from './mappings.ts';
import { useTeamEdit } from './use-team-edit.ts';

interface MappingModalProps {
  readonly team: TeamPartsFragment;
  readonly onClose: () => void;
}

/** The roles that a team can give, with what each means for its members. */
export function MappingModal({ team, onClose }: MappingModalProps) {
  const [choice, setChoice] = useState<string>(team.roleMapping ?? NO_ROLE);
  const { save, busy, conflict, error } = useTeamEdit(team);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await save({ roleMapping: mappingOf(choice) }))) return;
    notifyDone('The role of the team is saved.');
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title="Role that the team gives">
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          <Radio.Group label="Members of the team get" value={choice} onChange={setChoice}>
            <Stack gap="sm" mt="xs">
              {MAPPINGS.map(({ value, label, meaning }) => (
                <Radio
                  key={value}
                  value={value}
                  label={label}
                  description={meaning}
                  {...(value === choice ? { 'data-autofocus': true } : {})}
                />
              ))}
            </Stack>
          </Radio.Group>
          {conflict && <VersionConflictAlert what="this team" />}
          <MutationErrorAlert error={error} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              Save role
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
