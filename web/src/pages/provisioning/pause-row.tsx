import { Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { ConfirmModal } from '../../parts/confirm-modal.tsx';
import { SettingRow } from './settings-card.tsx';
import type { SettingsChange } from './use-settings.ts';

interface PauseProps {
  readonly paused: boolean;
  readonly busy: boolean;
  readonly change: (change: SettingsChange, saved: string) => Promise<boolean>;
}

const RETRY = 'Dashboard > Tasks > Retry Selected';

/** The switch for all of provisioning; both ways it is asked about, and it tells what follows. */
export function PauseRow({ paused, busy, change }: PauseProps) {
  const [asking, { open, close }] = useDisclosure(false);
  // What is asked stays as it was while the answer is saved, though the switch shows it at once.
  const [resuming, setResuming] = useState(paused);
  const ask = () => {
    setResuming(paused);
    open();
  };
  const switchOver = async () => {
    const saved = resuming ? 'Provisioning is resumed.' : 'Provisioning is paused.';
    if (await change({ paused: !resuming }, saved)) close();
  };
  return (
    <>
      <SettingRow
        title={paused ? 'Provisioning is paused' : 'Pause provisioning'}
        description="While it is paused, every call of Okta is refused and changes nothing."
        control={(_title, description) => (
          <Button
            variant={paused ? 'filled' : 'default'}
            aria-describedby={description}
            leftSection={paused ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerPause size={16} aria-hidden />}
            onClick={ask}
          >
            {paused ? 'Resume' : 'Pause'}
          </Button>
        )}
      />
      <ConfirmModal
        opened={asking}
        title={resuming ? 'Resume provisioning?' : 'Pause provisioning?'}
        confirm={resuming ? 'Resume' : 'Pause'}
        danger={!resuming}
        busy={busy}
        onConfirm={() => void switchOver()}
        onClose={close}
      >
        {resuming ? <WhatResumingMeans /> : <WhatPausingMeans />}
      </ConfirmModal>
    </>
  );
}

function WhatPausingMeans() {
  return (
    <Stack gap="sm">
      <Text size="sm" fw={600}>
        People who leave the company keep their access until you resume.
      </Text>
      <Text size="sm">
        Okta’s calls are refused and change nothing: nobody is created, updated or deactivated, and no group is pushed.
        Okta lists what was refused as failed tasks.
      </Text>
    </Stack>
  );
}

function WhatResumingMeans() {
  return (
    <Stack gap="sm">
      <Text size="sm">Okta’s calls are taken again from this moment.</Text>
      <Text size="sm">
        What was refused in between does not come back by itself. In Okta’s Admin Console open <strong>{RETRY}</strong>{' '}
        to send it again, deactivations first.
      </Text>
    </Stack>
  );
}
