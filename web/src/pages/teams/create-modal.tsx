import { Modal, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from 'react-router';
import { useSubmit } from '../../apollo/use-submit.ts';
import { graphql } from '../../gql/index.ts';
import { FormEnd } from '../../parts/form-end.tsx';
import { notifyDone } from '../../parts/notify.tsx';
import { teamPath } from '../../shell/places.ts';
import { mappingOf, MAPPINGS, NO_ROLE } from './mappings.ts';

const CreateTeamDocument = graphql(/* GraphQL */ `
  mutation CreateTeam($input: CreateTeamInput!) {
    createTeam(input: $input) {
      __typename
      ... on CreateTeamSuccess {
        team {
          ...TeamParts
        }
      }
      ...MutationErrorParts
    }
  }
`);

/** Asks for the name of a new team, and leads to its page. */
export function CreateModal({ onClose }: { readonly onClose: () => void }) {
  const { submit, busy, error } = useSubmit(CreateTeamDocument, 'createTeam');
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { name: '', role: NO_ROLE },
    validate: { name: (name) => (name.trim() === '' ? 'Give the team a name.' : null) },
  });
  const create = async ({ name, role }: { name: string; role: string }) => {
    const done = await submit({ input: { name: name.trim(), roleMapping: mappingOf(role) } });
    if (done === undefined || !('team' in done)) return;
    notifyDone(`The team ${done.team.name} is created.`);
    await navigate(teamPath(done.team.id));
  };
  return (
    <Modal opened onClose={onClose} title="Create a team">
      <form onSubmit={form.onSubmit((values) => void create(values))} noValidate>
        <Stack gap="md">
          <TextInput label="Name" maxLength={256} data-autofocus {...form.getInputProps('name')} />
          <Select
            label="Role of its members"
            description="Members have at least this role. It can be changed later."
            data={[...MAPPINGS]}
            allowDeselect={false}
            {...form.getInputProps('role')}
          />
          <FormEnd submit="Create team" busy={busy} error={error} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
