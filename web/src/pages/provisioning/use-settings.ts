import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { useSubmit } from '../../apollo/use-submit.ts';
import { graphql } from '../../gql/index.ts';
import type { SettingsPartsFragment, UpdateProvisioningSettingsInput } from '../../gql/graphql.ts';
import { notifyRefused, notifyUndoable } from '../../parts/notify.tsx';

const UpdateDocument = graphql(/* GraphQL */ `
  mutation UpdateProvisioningSettings($input: UpdateProvisioningSettingsInput!) {
    updateProvisioningSettings(input: $input) {
      __typename
      ... on UpdateProvisioningSettingsSuccess {
        provisioning {
          ...SettingsParts
        }
      }
      ...MutationErrorParts
    }
  }
`);

/** What may be changed at one time. */
export type SettingsChange = Omit<UpdateProvisioningSettingsInput, 'expectedVersion'>;

interface Settings {
  /** Shows the change at once, saves it, and offers to take it back; where it is refused, it goes back by itself. */
  readonly change: (change: SettingsChange, saved: string) => Promise<boolean>;
  readonly busy: boolean;
}

/** The settings as they are saved. `onConflict` reads them anew after somebody else has changed them. */
export function useSettings(current: SettingsPartsFragment, onChanged: () => unknown): Settings {
  const { submit, busy, error } = useSubmit(UpdateDocument, 'updateProvisioningSettings');
  useEffect(() => {
    if (error === undefined) return;
    notifyRefused(error);
    void onChanged();
    // Only another error is news.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [error]);
  const save = async (change: SettingsChange, expectedVersion: number) => {
    const done = await submit(
      { input: { ...change, expectedVersion } },
      { optimistic: { updateProvisioningSettings: guess(current, change) as never } },
    );
    if (done === undefined || !('provisioning' in done)) return undefined;
    void onChanged();
    return done.provisioning.version;
  };
  const change = async (change: SettingsChange, saved: string) => {
    const before = valuesOf(current, change);
    const version = await save(change, current.version);
    if (version === undefined) return false;
    const id = notifyUndoable(saved, () => {
      notifications.hide(id);
      void save(before, version);
    });
    return true;
  };
  return { change, busy };
}

/** The answer that a change will most likely get. */
function guess(current: SettingsPartsFragment, { paused, ...settings }: SettingsChange) {
  return {
    __typename: 'UpdateProvisioningSettingsSuccess',
    provisioning: {
      __typename: 'Provisioning',
      ...current,
      status: paused === undefined ? current.status : paused ? 'PAUSED' : 'HEALTHY',
      paused: paused ?? current.paused,
      version: current.version + 1,
      settings: { __typename: 'ProvisioningSettings', ...current.settings, ...settings },
    },
  };
}

/** What the fields of a change hold now. */
function valuesOf({ paused, settings }: SettingsPartsFragment, change: SettingsChange): SettingsChange {
  const all: Readonly<Record<string, unknown>> = { paused, ...settings };
  return Object.fromEntries(Object.keys(change).map((field) => [field, all[field]]));
}
