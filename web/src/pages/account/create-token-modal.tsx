import { Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useSubmit } from '../../apollo/use-submit.ts';
import { graphql } from '../../gql/index.ts';
import { now } from '../../parts/clock.ts';
import { CopyField } from '../../parts/copy-field.tsx';
import { FormEnd } from '../../parts/form-end.tsx';
import { day } from '../../parts/relative-time.tsx';
import { SecretModal, SecretReveal } from '../../parts/secret-modal.tsx';
import { useSecretModal, type SecretDialog } from '../../parts/use-secret-modal.ts';

const CreateToken = graphql(/* GraphQL */ `
  mutation CreateAccessToken($input: CreateAccessTokenInput!) {
    createAccessToken(input: $input) {
      __typename
      ... on CreateAccessTokenSuccess {
        secret
        accessToken {
          ...AccessTokenParts
        }
      }
      ...MutationErrorParts
    }
  }
`);

interface CreateTokenModalProps {
  readonly opened: boolean;
  readonly onClosed: () => void;
  readonly onCreated: () => unknown;
}

/** Name and end of a token, then its secret, shown this once: closing is asked about until it was copied. */
export function CreateTokenModal({ opened, onClosed, onCreated }: CreateTokenModalProps) {
  const dialog = useSecretModal({ onMade: onCreated, onClosed });
  return (
    <SecretModal
      opened={opened}
      dialog={dialog}
      title="Create an access token"
      madeTitle="Your access token"
      form={<CreateForm onCancel={dialog.close} onSecret={dialog.show} />}
      reveal={(secret) => <TokenReveal secret={secret} dialog={dialog} />}
    />
  );
}

function TokenReveal({ secret, dialog }: { readonly secret: string; readonly dialog: SecretDialog }) {
  return (
    <SecretReveal
      dialog={dialog}
      noun="token"
      whenLost="Rollcall keeps no copy that can be read. If it is lost, revoke it and create another."
    >
      <CopyField
        label="Access token"
        description="Send it as Authorization: Bearer <token>. Keep it like a password."
        value={secret}
        onCopy={dialog.noteCopy}
      />
    </SecretReveal>
  );
}

const DAY_MS = 86_400_000;
const LIVES = [7, 30, 90, 180, 365];

function CreateForm({
  onCancel,
  onSecret,
}: {
  readonly onCancel: () => void;
  readonly onSecret: (secret: string) => void;
}) {
  const { submit, busy, error } = useSubmit(CreateToken, 'createAccessToken');
  const form = useForm({
    initialValues: { name: '', days: '90' },
    validate: {
      name: (name) => (name.trim() === '' ? 'Give the token a name by which you will know it again.' : null),
    },
  });
  const create = async ({ name, days }: { name: string; days: string }) => {
    const done = await submit({ input: { name: name.trim(), expiresAt: endIn(Number(days)) } });
    if (done !== undefined && 'secret' in done) onSecret(done.secret);
  };
  return (
    <form onSubmit={form.onSubmit((values) => void create(values))} noValidate>
      <Stack gap="md">
        <TextInput
          label="Name"
          description="What uses it: a script, a tool, a machine."
          placeholder="Weekly report"
          maxLength={80}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Select
          label="Expires"
          data={LIVES.map((days) => ({ value: String(days), label: lifeOf(days) }))}
          allowDeselect={false}
          {...form.getInputProps('days')}
        />
        <Text size="sm" c="dimmed">
          It stops working when it expires, when you revoke it, and when you are deactivated.
        </Text>
        <FormEnd submit="Create" busy={busy} error={error} onCancel={onCancel} />
      </Stack>
    </form>
  );
}

/** A minute less than the days, so that the longest life is not beyond the limit by the time on the way. */
function endIn(days: number): string {
  return new Date(now() + days * DAY_MS - 60_000).toISOString();
}

function lifeOf(days: number): string {
  return `In ${days === 365 ? '1 year' : `${days} days`} (${day(endIn(days))})`;
}
