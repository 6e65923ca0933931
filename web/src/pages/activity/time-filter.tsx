import { Radio, Stack, TextInput } from '@mantine/core';
import { FilterPopover } from './filter-menu.tsx';
import { RANGES, type Filters, type Range } from './filters.ts';

const ANY = 'any';
const BETWEEN = 'between';

/** When the calls came in: a while back from now, or between two instants. */
export function TimeFilter({ filters }: { readonly filters: Filters }) {
  const [range, from, to] = [filters.one('range'), filters.one('from'), filters.one('to')];
  const isBetween = from !== null || to !== null;
  const known = range !== null && Object.hasOwn(RANGES, range) ? RANGES[range as Range].label : null;
  const choose = (value: string) => {
    if (value !== BETWEEN) filters.set({ range: value === ANY ? null : value, from: null, to: null });
  };
  return (
    <FilterPopover label="Time" chosen={known ?? (isBetween ? 'chosen days' : null)}>
      <Radio.Group
        aria-label="Time"
        value={known === null ? (isBetween ? BETWEEN : ANY) : (range ?? ANY)}
        onChange={choose}
      >
        <Stack gap="sm">
          <Radio value={ANY} label="Any time" />
          {Object.entries(RANGES).map(([value, { label }]) => (
            <Radio key={value} value={value} label={label} />
          ))}
        </Stack>
      </Radio.Group>
      <Stack gap="xs" mt="md">
        <Instant label="From" value={from} onChange={(instant) => filters.set({ from: instant, range: null })} />
        <Instant label="Until" value={to} onChange={(instant) => filters.set({ to: instant, range: null })} />
      </Stack>
    </FilterPopover>
  );
}

interface InstantProps {
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (instant: string | null) => void;
}

function Instant({ label, value, onChange }: InstantProps) {
  const change = (text: string) => {
    const time = Date.parse(text);
    if (text === '') onChange(null);
    else if (!Number.isNaN(time)) onChange(new Date(time).toISOString());
  };
  return (
    <TextInput
      type="datetime-local"
      size="xs"
      label={label}
      defaultValue={localOf(value)}
      key={value}
      onBlur={(event) => change(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && change(event.currentTarget.value)}
    />
  );
}

/** An instant as the field takes it: local, to the minute. */
function localOf(instant: string | null): string {
  const time = Date.parse(instant ?? '');
  if (Number.isNaN(time)) return '';
  const local = new Date(time - new Date(time).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
