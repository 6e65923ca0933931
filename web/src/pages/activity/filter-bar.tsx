import { Button, CloseButton, Group, TextInput } from '@mantine/core';
import { useQuery } from '@apollo/client/react';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ActivityFilterChoicesQuery } from '../../gql/graphql.ts';
import { FilterMenu, type Choice } from './filter-menu.tsx';
import type { Filters } from './filters.ts';
import { ChoicesQuery } from './queries.ts';
import { TimeFilter } from './time-filter.tsx';
import { ERRORS, OPERATIONS, OUTCOMES, PROBLEMS } from './words.ts';

const OUTCOME_CHOICES: readonly Choice[] = Object.entries(OUTCOMES).map(([value, { word, meaning }]) => ({
  value,
  label: word,
  description: meaning,
}));
const OPERATION_CHOICES = choicesOf(OPERATIONS);
const ERROR_CHOICES = choicesOf(ERRORS);
const PROBLEMS_PRESET = { label: 'Problems only', values: PROBLEMS };

/** What the list is narrowed by. */
export function FilterBar({ filters }: { readonly filters: Filters }) {
  const target = filters.one('target');
  // An ID has to be asked for; one that is nobody's is answered by null.
  const { data } = useQuery(ChoicesQuery, { variables: { target: target ?? '-' } });
  const credentials = data?.workspace?.provisioning?.credentials.nodes ?? [];
  return (
    <Group gap="xs" mb="md" role="search" aria-label="Filter events">
      <FilterMenu
        label="Outcome"
        choices={OUTCOME_CHOICES}
        values={filters.several('outcome')}
        preset={PROBLEMS_PRESET}
        onChange={(outcome) => filters.set({ outcome })}
      />
      <FilterMenu
        label="Operation"
        choices={OPERATION_CHOICES}
        values={filters.several('operation')}
        onChange={(operation) => filters.set({ operation })}
      />
      <FilterMenu
        label="Error"
        choices={ERROR_CHOICES}
        values={filters.several('error')}
        onChange={(error) => filters.set({ error })}
      />
      <FilterMenu
        single
        label="Credential"
        choices={credentials.map(({ id, name, prefix }) => ({ value: id, label: name, description: `${prefix}…` }))}
        values={filters.several('credential')}
        onChange={(credential) => filters.set({ credential })}
      />
      <TimeFilter filters={filters} />
      {target !== null && (
        <Button
          variant="light"
          size="xs"
          rightSection={<IconX size={14} aria-hidden />}
          aria-label={`About ${nameOf(data)}: lift this filter`}
          onClick={() => filters.set({ target: null })}
        >
          About {nameOf(data)}
        </Button>
      )}
      <RequestField value={filters.one('request') ?? ''} onChange={(request) => filters.set({ request })} />
      {filters.key !== '' && (
        <Button variant="subtle" size="xs" onClick={filters.clear}>
          Clear filters
        </Button>
      )}
    </Group>
  );
}

function choicesOf(words: Readonly<Record<string, string>>): readonly Choice[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}

function nameOf(data: ActivityFilterChoicesQuery | undefined): string {
  const node = data?.node;
  if (node?.__typename === 'User') return node.displayName;
  if (node?.__typename === 'Team') return node.teamName;
  return data === undefined ? '…' : 'someone deleted';
}

interface RequestFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Finds one call by the id that its answer carried; pasted whole, so it is taken as soon as it is entered. */
function RequestField({ value, onChange }: RequestFieldProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const take = (typed: string) => {
    if (typed.trim() !== value) onChange(typed.trim());
  };
  return (
    <TextInput
      size="xs"
      w={170}
      aria-label="Request ID"
      placeholder="Request ID"
      spellCheck={false}
      maxLength={200}
      value={text}
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={
        text === '' ? null : <CloseButton size="sm" aria-label="Clear the request ID" onClick={() => take('')} />
      }
      onChange={(event) => setText(event.currentTarget.value)}
      onPaste={(event) => {
        const pasted = event.clipboardData.getData('text');
        if (text === '') setTimeout(() => take(pasted));
      }}
      onKeyDown={(event) => event.key === 'Enter' && take(text)}
      onBlur={() => take(text)}
    />
  );
}
