import { useQuery } from '@apollo/client/react';
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { graphql } from '../gql/index.ts';

const TeamChoicesQueryDocument = graphql(/* GraphQL */ `
  query TeamChoices($search: String) {
    workspace {
      id
      teams(filter: { search: $search }, first: 20) {
        nodes {
          id
          name
        }
      }
    }
  }
`);

const TeamNameQueryDocument = graphql(/* GraphQL */ `
  query TeamName($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Team {
        name
      }
    }
  }
`);

interface TeamSelectProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string | null;
  readonly onChange: (teamId: string | null) => void;
}

/** One of the teams, found by its name as it is typed: there may be thousands. */
export function TeamSelect({ label, placeholder, value, onChange }: TeamSelectProps) {
  const [typed, setTyped] = useState('');
  const [opened, setOpened] = useState(false);
  const chosen = useTeam(value);
  const [search] = useDebouncedValue(typed === chosen?.label ? '' : typed.trim().slice(0, 100), 250);
  const { data, previousData } = useQuery(TeamChoicesQueryDocument, { variables: { search }, skip: !opened });
  const found = ((data ?? previousData)?.workspace?.teams.nodes ?? []).map(({ id, name }) => ({
    value: id,
    label: name,
  }));
  const choices =
    chosen === undefined || found.some((each) => each.value === chosen.value) ? found : [chosen, ...found];
  return (
    <Select
      aria-label={label}
      placeholder={placeholder}
      data={choices}
      value={value}
      onChange={onChange}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      onDropdownOpen={() => setOpened(true)}
      filter={({ options }) => options}
      nothingFoundMessage={data === undefined ? 'Looking…' : 'No team has this in its name.'}
      clearable
      clearButtonProps={{ 'aria-label': `${label}: any` }}
    />
  );
}

/** The chosen team as a choice: the address names it by its id alone. */
function useTeam(id: string | null) {
  const { data } = useQuery(TeamNameQueryDocument, { variables: { id: id ?? '' }, skip: id === null });
  if (id === null || data === undefined) return undefined;
  const team = data.node;
  return { value: id, label: team?.__typename === 'Team' ? team.name : 'Deleted team' };
}
