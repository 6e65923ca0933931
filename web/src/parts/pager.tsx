import { Button, Group, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import classes from './list-table.module.css';
import type { ListAddress, PageEnds } from './list-address.ts';
import { count, counted } from './words.ts';

interface PagerProps {
  readonly address: ListAddress;
  readonly shown: number;
  readonly total: number;
  readonly ends: PageEnds;
  readonly one: string;
}

/** The foot of a list that is read page by page: where one is in it, and the ways on and back. None where all is shown. */
export function Pager({ address, shown, total, ends, one }: PagerProps) {
  const { first, goOn, goBack } = address;
  if (shown >= total) return null;
  return (
    <div className={classes.foot}>
      <Text size="xs" c="dimmed" role="status" className="tabular">
        {count(first)}–{count(first + shown - 1)} of {counted(total, one)}
      </Text>
      <Group gap="xs" wrap="nowrap" component="nav" aria-label="Pages">
        <Button
          variant="default"
          size="xs"
          leftSection={<IconChevronLeft size={14} aria-hidden />}
          disabled={!ends.hasPreviousPage}
          onClick={() => goBack(ends)}
        >
          Previous
        </Button>
        <Button
          variant="default"
          size="xs"
          rightSection={<IconChevronRight size={14} aria-hidden />}
          disabled={!ends.hasNextPage}
          onClick={() => goOn(ends, shown)}
        >
          Next
        </Button>
      </Group>
    </div>
  );
}
