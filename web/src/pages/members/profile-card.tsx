import { Text } from '@mantine/core';
import { useState } from 'react';
import type { MemberPartsFragment } from '../../gql/graphql.ts';
import { AbilityButton, byPermission } from '../../parts/ability-button.tsx';
import { notifyDone } from '../../parts/notify.tsx';
import { Section } from '../../parts/section.tsx';
import { useMay } from '../../shell/me.tsx';
import { EditModal } from './edit-modal.tsx';
import { OverrideModal } from './override-modal.tsx';
import classes from './profile-card.module.css';
import { FIELDS, fieldOf, languageName, sourceNames, sourceReasons, type FieldName } from './profile-fields.ts';
import { SourceMark } from './source-mark.tsx';
import { useOverride } from './use-override.ts';

interface ProfileCardProps {
  readonly user: MemberPartsFragment;
  readonly onRefetch: () => unknown;
}

/** The profile, field by field: the value in force, and beside it what the directory says. */
export function ProfileCard({ user, onRefetch }: ProfileCardProps) {
  const [editing, setEditing] = useState(false);
  const isDirectory = user.managedBy === 'DIRECTORY';
  const mayManage = useMay('MANAGE_USERS_AND_TEAMS');
  return (
    <Section
      title="Profile"
      description={
        isDirectory
          ? 'The directory keeps these fields up to date, so they are changed there. Only the display name can be overridden here.'
          : 'People in this workspace keep these fields.'
      }
      actions={
        mayManage &&
        !isDirectory && (
          <AbilityButton
            ability={byPermission(user.viewerCanChangeRole)}
            variant="default"
            size="xs"
            onClick={() => setEditing(true)}
          >
            Edit profile
          </AbilityButton>
        )
      }
    >
      <table className={classes.fields}>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Shown here</th>
            {isDirectory && <th scope="col">In the directory</th>}
            <th scope="col">Comes from</th>
          </tr>
        </thead>
        <tbody>
          {FIELDS.map(([name, label]) => (
            <FieldRow key={name} user={user} name={name} label={label} />
          ))}
        </tbody>
      </table>
      <NameOverride user={user} />
      {editing && <EditModal user={user} onRefetch={onRefetch} onClose={() => setEditing(false)} />}
    </Section>
  );
}

interface FieldRowProps {
  readonly user: MemberPartsFragment;
  readonly name: FieldName;
  readonly label: string;
}

function FieldRow({ user, name, label }: FieldRowProps) {
  const { value, source, directoryValue, locked } = fieldOf(user, name);
  const shown = (text: string) => (name === 'locale' ? languageName(text) : text);
  return (
    <tr>
      <th scope="row">{label}</th>
      <td data-label="Shown here">{value === null ? <None /> : shown(value)}</td>
      {user.managedBy === 'DIRECTORY' && (
        <td data-label="In the directory" className={directoryValue === value ? classes.same : undefined}>
          {directoryValue === null ? <None what="Not sent" /> : shown(directoryValue)}
        </td>
      )}
      <td data-label="Comes from">
        {source === null ? (
          <None />
        ) : (
          <SourceMark
            word={sourceNames[source]}
            reason={reasonOf(sourceReasons[source], locked, name)}
            locked={locked}
          />
        )}
      </td>
    </tr>
  );
}

function reasonOf(reason: string, locked: boolean, name: FieldName): string {
  if (!locked) return reason;
  return name === 'displayName'
    ? `${reason} The name itself is changed in the directory; an override here takes its place.`
    : `${reason} It is locked here: change it in the directory (in Okta: Directory > People).`;
}

function None({ what = 'None' }: { readonly what?: string }) {
  return (
    <Text component="span" size="sm" c="dimmed">
      {what}
    </Text>
  );
}

/** The override of the display name: what it is, and the ways to set and to clear it. */
function NameOverride({ user }: { readonly user: MemberPartsFragment }) {
  const [naming, setNaming] = useState(false);
  const { clear } = useOverride(user);
  const { displayNameOverride: override, viewerCanOverrideDisplayName: ability } = user;
  const clearIt = async () => {
    if (await clear()) notifyDone('The override is cleared.');
  };
  return (
    <div className={classes.override}>
      <div className={classes.words}>
        <Text fw={550} size="sm">
          {override === null ? 'No display name override' : 'The display name is overridden'}
        </Text>
        <Text size="sm" c="dimmed">
          {override === null
            ? 'Show another name here than the one on record. It stays through every sync.'
            : `“${override}” is shown everywhere in Rollcall. It stays through every sync.`}
        </Text>
      </div>
      <div className={classes.acts}>
        {override !== null && (
          // Going back is always allowed to those who may have one set, whatever the settings say now.
          <AbilityButton ability={byPermission(ability)} variant="default" size="xs" onClick={() => void clearIt()}>
            Clear override
          </AbilityButton>
        )}
        <AbilityButton ability={ability} variant="default" size="xs" onClick={() => setNaming(true)}>
          {override === null ? 'Override name' : 'Change override'}
        </AbilityButton>
      </div>
      {naming && <OverrideModal user={user} onClose={() => setNaming(false)} />}
    </div>
  );
}
