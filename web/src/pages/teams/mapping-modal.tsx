import type { TeamPartsFragment } from '../../gql/graphql.ts';
import { notifyDone } from '../../parts/notify.tsx';
import { RoleChoiceModal } from '../../parts/role-choice-modal.tsx';
import { mappingOf, MAPPINGS, NO_ROLE } from './mappings.ts';
import { useTeamEdit } from './use-team-edit.ts';

interface MappingModalProps {
  readonly team: TeamPartsFragment;
  readonly onClose: () => void;
}

/** The roles that a team can give, with what each means for its members. */
export function MappingModal({ team, onClose }: MappingModalProps) {
  const edit = useTeamEdit(team);
  const save = async (choice: string) => {
    if (!(await edit.save({ roleMapping: mappingOf(choice) }))) return;
    notifyDone('The role of the team is saved.');
    onClose();
  };
  return (
    <RoleChoiceModal<string>
      title="Role that the team gives"
      label="Members of the team get"
      choices={MAPPINGS}
      initial={team.roleMapping ?? NO_ROLE}
      what="this team"
      edit={edit}
      onSave={save}
      onClose={onClose}
    />
  );
}
