import { Anchor, Button, Checkbox, Group, Popover, Radio, ScrollArea, Stack, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';

/** One of the values that a condition may have. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
}

interface FilterMenuProps {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly values: readonly string[];
  /** Whether only one value can be chosen. */
  readonly single?: boolean;
  /** Values that are often wanted together. */
  readonly preset?: { readonly label: string; readonly values: readonly string[] };
  readonly onChange: (values: readonly string[]) => void;
}

/** A condition of a list: its button says what is chosen, and opens the choices. */
export function FilterMenu({ label, choices, values, single = false, preset, onChange }: FilterMenuProps) {
  const known = choices.filter(({ value }) => values.includes(value));
  return (
    <FilterPopover label={label} chosen={chosenText(known, values)}>
      <Group justify="space-between" mb="sm" mih={20} wrap="nowrap">
        {preset === undefined ? (
          <Text size="sm" fw={600}>
            {label}
          </Text>
        ) : (
          <Anchor component="button" type="button" size="sm" onClick={() => onChange(preset.values)}>
            {preset.label}
          </Anchor>
        )}
        {values.length > 0 && (
          <Anchor component="button" type="button" size="sm" onClick={() => onChange([])}>
            Any
          </Anchor>
        )}
      </Group>
      <ScrollArea.Autosize mah={340} type="auto" offsetScrollbars="present">
        {single ? (
          <Radio.Group aria-label={label} value={values[0] ?? ''} onChange={(value) => onChange([value])}>
            <Stack gap="sm">
              {choices.map((choice) => (
                <Radio key={choice.value} {...choice} />
              ))}
            </Stack>
          </Radio.Group>
        ) : (
          <Checkbox.Group aria-label={label} value={[...values]} onChange={onChange}>
            <Stack gap="sm">
              {choices.map((choice) => (
                <Checkbox key={choice.value} {...choice} />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
        {choices.length === 0 && (
          <Text size="sm" c="dimmed">
            There are none yet.
          </Text>
        )}
      </ScrollArea.Autosize>
    </FilterPopover>
  );
}

function chosenText(known: readonly Choice[], values: readonly string[]): string | null {
  if (values.length === 0) return null;
  if (values.length === 1) return known[0]?.label ?? '1 chosen';
  return String(values.length);
}

interface FilterPopoverProps {
  readonly label: string;
  /** What is chosen, in a word or two; null where nothing is. */
  readonly chosen: string | null;
  readonly children: ReactNode;
}

/** A button that says what is chosen, and what opens below it. */
export function FilterPopover({ label, chosen, children }: FilterPopoverProps) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      shadow="md"
      radius="md"
      trapFocus
      returnFocus
      width={280}
    >
      <Popover.Target>
        <Button
          variant={chosen === null ? 'default' : 'light'}
          size="xs"
          rightSection={<IconChevronDown size={14} aria-hidden />}
          onClick={() => setOpened((was) => !was)}
        >
          {chosen === null ? label : `${label} · ${chosen}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>{children}</Popover.Dropdown>
    </Popover>
  );
}
