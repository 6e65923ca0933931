import { Select } from '@mantine/core';
import { TeamSelect } from '../../parts/team-select.tsx';
import type { ListAddress } from '../../parts/list-address.ts';
import { managedByNames } from '../../parts/managed-by.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { statusNames } from '../../parts/user-status.tsx';
import { roleNames } from '../../parts/words.ts';
import { MANAGERS, orderOf, ORDERS, ROLES, STATUSES, type Condition } from './list-query.ts';
import classes from './member-filters.module.css';

/** Search, filters and order of the list, all kept in the address. */
export function MemberFilters({ address }: { readonly address: ListAddress }) {
  return (
    <search className={classes.filters} aria-label="Members">
      <div className={classes.search}>
        <SearchField
          label="Search members"
          placeholder="Search by name or email"
          value={address.get('q') ?? ''}
          onSearch={(q) => address.set({ q })}
        />
      </div>
      <Choice address={address} name="status" label="Status" any="Any status" names={pick(STATUSES, statusNames)} />
      <Choice address={address} name="role" label="Role" any="Any role" names={pick(ROLES, roleNames)} />
      <Choice
        address={address}
        name="managed"
        label="Managed by"
        any="Managed by"
        names={pick(MANAGERS, managedByNames)}
      />
      <TeamSelect
        label="Team"
        placeholder="Any team"
        value={address.get('team')}
        onChange={(team) => address.set({ team })}
      />
      <Select
        aria-label="Sort by"
        data={Object.entries(ORDERS).map(([value, { label }]) => ({ value, label }))}
        value={orderOf(address)}
        allowDeselect={false}
        onChange={(sort) => address.set({ sort: sort === 'name' ? null : sort })}
      />
    </search>
  );
}

interface ChoiceProps {
  readonly address: ListAddress;
  readonly name: Condition;
  readonly label: string;
  readonly any: string;
  readonly names: readonly { readonly value: string; readonly label: string }[];
}

function Choice({ address, name, label, any, names }: ChoiceProps) {
  const value = address.get(name);
  return (
    <Select
      aria-label={label}
      placeholder={any}
      data={names}
      value={value}
      clearable
      clearButtonProps={{ 'aria-label': `${label}: any` }}
      onChange={(chosen) => address.set({ [name]: chosen })}
    />
  );
}

function pick<Key extends string>(keys: readonly Key[], names: Readonly<Record<Key, string>>) {
  return keys.map((value) => ({ value, label: names[value] }));
}
