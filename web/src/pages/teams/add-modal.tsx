import { useQuery } from '@apollo/client/react';
import { Modal, MultiSelect, Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState, type FormEvent } from 'react';
import { FormEnd } from '../../parts/form-end.tsx';
import { notifyDone } from '../../parts/notify.tsx';
import { counted } from '../../parts/words.ts';
import { MembersQueryDocument } from '../members/list-query.ts';
import type { Membership } from './use-membership.ts';

interface AddModalProps {
  readonly membership: Membership;
  readonly onClose: () => void;
}

const MOST = 250;

/** People to add to a team, found by name or address as they are typed. */
export function AddModal({ membership: { add, busy, error }, onClose }: AddModalProps) {
  const { choices, typed, setTyped, chosen, setChosen } = usePeople();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await add(chosen))) return;
    notifyDone(`${counted(chosen.length, 'member')} added.`);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title="Add members">
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          <MultiSelect
            label="People"
            description="Type a part of a name or email address."
            data={choices}
            value={chosen}
            onChange={setChosen}
            searchable
            searchValue={typed}
            onSearchChange={setTyped}
            filter={({ options }) => options}
            hidePickedOptions
            maxValues={MOST}
            nothingFoundMessage="Nobody else is like that."
            data-autofocus
          />
          <FormEnd submit="Add" busy={busy} disabled={chosen.length === 0} error={error} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}

/** People found by what is typed, and those chosen so far, whose names are kept when the search goes on. */
function usePeople() {
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const [search] = useDebouncedValue(typed.trim().slice(0, 100), 250);
  const { data, previousData } = useQuery(MembersQueryDocument, {
    variables: { first: 20, after: null, last: null, before: null, orderBy: 'DISPLAY_NAME_ASC', filter: { search } },
    fetchPolicy: 'cache-and-network',
  });
  const found = ((data ?? previousData)?.workspace?.members.nodes ?? []).map(({ id, displayName, userName }) => ({
    value: id,
    label: displayName === userName ? userName : `${displayName} (${userName})`,
  }));
  const kept = chosen.filter((id) => !found.some(({ value }) => value === id));
  const choices = [...found, ...kept.map((value) => ({ value, label: names.get(value) ?? value }))];
  const choose = (ids: string[]) => {
    setNames(new Map(choices.map(({ value, label }) => [value, label])));
    setChosen(ids);
  };
  return { choices, typed, setTyped, chosen, setChosen: choose };
}
