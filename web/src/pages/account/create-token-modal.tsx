import { Alert, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useSubmit } from '../../apollo/use-submit.ts';
import { graphql } from '../../gql/index.ts';
import { now } from '../../parts/clock.ts';
import { CopyField } from '../../parts/copy-field.tsx';
import { MutationErrorAlert } from '../../parts/mutation-error.tsx';
import { day } from '../../parts/relative-time.tsx';

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
  const [secret, setSecret] = useState<string>();
  const [copied, setCopied] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const close = () => {
    setSecret(undefined);
    setCopied(false);
    setLeaving(false);
    onClosed();
  };
  const requestClose = () => (secret === undefined || copied ? close() : setLeaving(true));
  return (
    <Modal
      opened={opened}
      onClose={requestClose}
      closeOnClickOutside={secret === undefined}
      size="lg"
      title={secret === undefined ? 'Create an access token' : 'Your access token'}
    >
      {secret === undefined ? (
        <CreateForm
          onCancel={close}
          onSecret={(shown) => {
            setSecret(shown);
            void onCreated();
          }}
        />
      ) : (
        <Stack gap="md">
          <CopyField
            label="Access token"
            description="Send it as Authorization: Bearer <token>. Keep it like a password."
            value={secret}
            onCopy={() => setCopied(true)}
          />
          {leaving ? (
            <Leaving onStay={() => setLeaving(false)} onClose={close} />
          ) : (
            <>
              <Alert
                color="amber"
                icon={<IconAlertTriangle size={18} aria-hidden />}
                title="The token is shown only now"
              >
                Rollcall keeps no copy that can be read. If it is lost, revoke it and create another.
              </Alert>
              <Group justify="flex-end">
                <Button onClick={requestClose}>Done</Button>
              </Group>
            </>
          )}
        </Stack>
      )}
    </Modal>
  );
}

function Leaving({ onStay, onClose }: { readonly onStay: () => void; readonly onClose: () => void }) {
  return (
    <Alert
      color="red"
      role="alert"
      icon={<IconAlertTriangle size={18} aria-hidden />}
      title="You have not copied the token"
    >
      Once this is closed, nobody can see the token again.
      <Group justify="flex-end" mt="md" gap="sm" p={4}>
        <Button variant="default" onClick={onStay} autoFocus>
          Back to the token
        </Button>
        <Button color="red" onClick={onClose}>
          Close without copying
        </Button>
      </Group>
    </Alert>
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
        <MutationErrorAlert error={error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={busy}>
            Create
          </Button>
        </Group>
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
