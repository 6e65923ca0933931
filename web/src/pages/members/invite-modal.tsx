import { Button, Group, Modal, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useSubmit } from '../../apollo/use-submit.ts';
import { graphql } from '../../gql/index.ts';
import type { Role } from '../../gql/graphql.ts';
import { MutationErrorAlert } from '../../parts/mutation-error.tsx';
import { roleMeanings } from '../../parts/roles.ts';
import { useSecretModal } from '../../parts/use-secret-modal.ts';
import { roleNames } from '../../parts/words.ts';
import { useMay } from '../../shell/me.tsx';
import { InvitationReveal } from './invitation-reveal.tsx';
import { ROLES } from './list-query.ts';

const InviteDocument = graphql(/* GraphQL */ `
  mutation InviteMember($input: InviteUserInput!) {
    inviteUser(input: $input) {
      __typename
      ... on InviteUserSuccess {
        invitationUrl
        user {
          ...MemberRowParts
        }
      }
      ...MutationErrorParts
    }
  }
`);

interface InviteModalProps {
  readonly opened: boolean;
  readonly onClosed: () => void;
  readonly onInvited: () => unknown;
}

/** Invite a member: who and as what, then the link to pass on. */
export function InviteModal({ opened, onClosed, onInvited }: InviteModalProps) {
  const modal = useSecretModal(onClosed);
  const { secret } = modal;
  return (
    <Modal
      opened={opened}
      onClose={modal.requestClose}
      closeOnClickOutside={secret === undefined}
      size="lg"
      title={secret === undefined ? 'Invite a member' : 'Pass this link on'}
    >
      {secret === undefined ? (
        <InviteForm
          onCancel={modal.close}
          onInvited={(url) => {
            modal.show(url);
            void onInvited();
          }}
        />
      ) : (
        <InvitationReveal url={secret} modal={modal} />
      )}
    </Modal>
  );
}

interface InviteFormProps {
  readonly onCancel: () => void;
  readonly onInvited: (url: string) => void;
}

const NOBODY = { email: '', givenName: '', familyName: '', role: 'MEMBER' as Role };

function InviteForm({ onCancel, onInvited }: InviteFormProps) {
  const { submit, busy, error } = useSubmit(InviteDocument, 'inviteUser');
  const roles = useMay('MANAGE_OWNERS') ? ROLES : ROLES.filter((role) => role !== 'OWNER');
  const form = useForm({
    initialValues: NOBODY,
    validate: {
      email: (email) => (/.@./u.test(email.trim()) ? null : 'Enter the email address that they will sign in with.'),
    },
  });
  const invite = async ({ role, ...texts }: typeof NOBODY) => {
    const email = texts.email.trim();
    const names = { givenName: texts.givenName.trim() || null, familyName: texts.familyName.trim() || null };
    const done = await submit({ input: { userName: email, email, role, ...names } });
    if (done !== undefined && 'invitationUrl' in done) onInvited(done.invitationUrl);
  };
  return (
    <form onSubmit={form.onSubmit((values) => void invite(values))} noValidate>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          For people whom your directory does not bring in. They set a password by a link that you pass on to them.
        </Text>
        <TextInput
          type="email"
          label="Email address"
          description="They sign in with it."
          maxLength={254}
          data-autofocus
          {...form.getInputProps('email')}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
          <TextInput label="Given name" maxLength={256} {...form.getInputProps('givenName')} />
          <TextInput label="Family name" maxLength={256} {...form.getInputProps('familyName')} />
        </SimpleGrid>
        <Select
          label="Role"
          description={roleMeanings[form.values.role]}
          data={roles.map((value) => ({ value, label: roleNames[value] }))}
          allowDeselect={false}
          {...form.getInputProps('role')}
        />
        <MutationErrorAlert error={error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={busy}>
            Invite
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
