import { Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useSubmit } from '../../apollo/use-submit.ts';
import { graphql } from '../../gql/index.ts';
import type { Role } from '../../gql/graphql.ts';
import { FormEnd } from '../../parts/form-end.tsx';
import { roleMeanings } from '../../parts/roles.ts';
import { SecretModal } from '../../parts/secret-modal.tsx';
import { useSecretModal } from '../../parts/use-secret-modal.ts';
import { roleNames } from '../../parts/words.ts';
import { useMay } from '../../shell/me.tsx';
import { AFTER_COPY, InvitationReveal } from './invitation-reveal.tsx';
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
  const dialog = useSecretModal({ afterCopy: AFTER_COPY, onMade: onInvited, onClosed });
  return (
    <SecretModal
      opened={opened}
      dialog={dialog}
      title="Invite a member"
      madeTitle="Pass this link on"
      form={<InviteForm onCancel={dialog.close} onInvited={dialog.show} />}
      reveal={(url) => <InvitationReveal url={url} dialog={dialog} />}
    />
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
        <FormEnd submit="Invite" busy={busy} error={error} onCancel={onCancel} />
      </Stack>
    </form>
  );
}
