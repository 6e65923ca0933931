import { Button, Group, Text } from '@mantine/core';
import { counted } from './words.ts';

interface ListSummaryProps {
  /** Undefined while nothing has been read yet. */
  readonly total: number | undefined;
  readonly one: string;
  /** Undefined while nothing narrows the list. */
  readonly onClear: (() => void) | undefined;
}

/** The line above a list: how many there are, and the way back to all of them. As high with as without. */
export function ListSummary({ total, one, onClear }: ListSummaryProps) {
  return (
    <Group justify="space-between" mih={38} wrap="nowrap">
      <Text size="sm" c="dimmed" role="status" className="tabular">
        {total === undefined ? '' : counted(total, one)}
      </Text>
      {onClear !== undefined && (
        <Button variant="subtle" size="compact-sm" onClick={onClear}>
          Clear filters
        </Button>
      )}
    </Group>
  );
}
