import { Button, Group, Modal, Radio, Stack } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { MemberPartsFragment, Role } from '../../gql/graphql.ts';
import { MutationErrorAlert } from '../../parts/mutation-error.tsx';
import { notifyDone } from '../../parts/notify.tsx';
import { VersionConflictAlert } from '../../parts/version-conflict.tsx';
import { roleNames } from '../../parts/words.ts';
import { useMay } from '../../shell/me.tsx';
import { ROLES } from './list-query.ts';
import { roleMeanings } from '../../parts/roles.ts';
import { useMemberEdit } from './use-member-edit.ts';

interface RoleModalProps {
  readonly user: MemberPartsFragment;
  readonly onClose: () => void;
}

/** The roles with what each allows, to choose from. */
export function RoleModal({ user, onClose }: RoleModalProps) {
  const [role, setRole] = useState<Role>(user.role);
  const mayMakeOwners = useMay('MANAGE_OWNERS');
  const { save, busy, conflict, error } = useMemberEdit(user);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await save({ role }))) return;
    notifyDone(`${user.displayName} has the role ${roleNames[role]}.`);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`Role of ${user.displayName}`}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          <Radio.Group label="Role" value={role} onChange={(value) => setRole(value)}>
            <Stack gap="sm" mt="xs">
              {ROLES.map((each) => {
                const isClosed = each === 'OWNER' && !mayMakeOwners;
                return (
                  <Radio
                    key={each}
                    value={each}
                    label={roleNames[each]}
                    description={isClosed ? `${roleMeanings[each]} Only owners can make owners.` : roleMeanings[each]}
                    disabled={isClosed}
                    {...(each === role ? { 'data-autofocus': true } : {})}
                  />
                );
              })}
            </Stack>
          </Radio.Group>
          {conflict && <VersionConflictAlert what="this member" />}
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
