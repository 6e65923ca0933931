import type { MemberPartsFragment, Role } from '../../gql/graphql.ts';
import { notifyDone } from '../../parts/notify.tsx';
import { RoleChoiceModal } from '../../parts/role-choice-modal.tsx';
import { roleMeanings } from '../../parts/roles.ts';
import { roleNames } from '../../parts/words.ts';
import { useMay } from '../../shell/me.tsx';
import { ROLES } from './list-query.ts';
import { useMemberEdit } from './use-member-edit.ts';

interface RoleModalProps {
  readonly user: MemberPartsFragment;
  readonly onClose: () => void;
}

/** The roles with what each allows, to choose from. */
export function RoleModal({ user, onClose }: RoleModalProps) {
  const mayMakeOwners = useMay('MANAGE_OWNERS');
  const edit = useMemberEdit(user);
  const save = async (role: Role) => {
    if (!(await edit.save({ role }))) return;
    notifyDone(`${user.displayName} has the role ${roleNames[role]}.`);
    onClose();
  };
  return (
    <RoleChoiceModal
      title={`Role of ${user.displayName}`}
      label="Role"
      choices={ROLES.map((value) => choiceOf(value, value === 'OWNER' && !mayMakeOwners))}
      initial={user.role}
      what="this member"
      edit={edit}
      onSave={save}
      onClose={onClose}
    />
  );
}

function choiceOf(value: Role, disabled: boolean) {
  const meaning = disabled ? `${roleMeanings[value]} Only owners can make owners.` : roleMeanings[value];
  return { value, label: roleNames[value], meaning, disabled };
}
