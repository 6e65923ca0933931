import { Alert, Button, Text } from '@mantine/core';
import { IconInfoCircle, IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { AccessTokenPartsFragment } from '../../gql/graphql.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { RelativeTime } from '../../parts/relative-time.tsx';
import { Rows, Section } from '../../parts/section.tsx';
import classes from './account.module.css';
import { CreateTokenModal } from './create-token-modal.tsx';
import { RevokeTokenModal } from './revoke-token-modal.tsx';

/** As many as a person may hold. */
const MOST = 20;

interface TokensCardProps {
  readonly tokens: readonly AccessTokenPartsFragment[];
  readonly onChanged: () => unknown;
}

/** The viewer's personal access tokens: make one, see which are used, end one. */
export function TokensCard({ tokens, onChanged }: TokensCardProps) {
  const [creating, create] = useState(false);
  const [revoking, revoke] = useState<AccessTokenPartsFragment>();
  const isFull = tokens.length >= MOST;
  const add = (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      data-disabled={isFull}
      aria-disabled={isFull}
      onClick={() => !isFull && create(true)}
    >
      Create token
    </Button>
  );
  return (
    <Section
      title="Personal access tokens"
      description="For scripts and tools that call the API in your name, with all that your role allows."
      actions={add}
    >
      {isFull && (
        <Alert color="amber" mb="md" icon={<IconInfoCircle size={18} aria-hidden />} title={`You have ${MOST} tokens`}>
          Nobody can have more. Revoke one that is no longer used to create another.
        </Alert>
      )}
      {tokens.length === 0 ? (
        <EmptyState icon={IconKey} title="You have no access tokens">
          Create one for each script or tool, so that you can revoke it without stopping the others.
        </EmptyState>
      ) : (
        <Rows label="Access tokens">
          {tokens.map((token) => (
            <TokenItem key={token.id} token={token} onRevoke={() => revoke(token)} />
          ))}
        </Rows>
      )}
      <CreateTokenModal opened={creating} onClosed={() => create(false)} onCreated={onChanged} />
      <RevokeTokenModal token={revoking} onClosed={() => revoke(undefined)} onRevoked={onChanged} />
    </Section>
  );
}

function TokenItem({
  token: { name, prefix, lastUsedAt, expiresAt, createdAt },
  onRevoke,
}: {
  readonly token: AccessTokenPartsFragment;
  readonly onRevoke: () => void;
}) {
  return (
    <li className={classes.token}>
      <div className={classes.grow}>
        <Text fw={550} className={classes.name}>
          {name} <code className={classes.prefix}>{prefix}…</code>
        </Text>
        <Text size="xs" c="dimmed" mt={2}>
          {lastUsedAt === null ? (
            'Never used'
          ) : (
            <>
              Last used <RelativeTime at={lastUsedAt} />
            </>
          )}
          {' · expires '}
          <RelativeTime at={expiresAt} />
          {' · created '}
          <RelativeTime at={createdAt} />
        </Text>
      </div>
      <Button variant="default" size="xs" onClick={onRevoke} aria-label={`Revoke ${name}`}>
        Revoke
      </Button>
    </li>
  );
}
