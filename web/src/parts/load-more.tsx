import { Button, Group, Text } from '@mantine/core';
import { counted } from './words.ts';

interface LoadMoreProps {
  readonly shown: number;
  /** Null where the server does not count. */
  readonly total: number | null;
  readonly one: string;
  readonly many?: string;
  readonly hasMore: boolean;
  readonly loading: boolean;
  readonly onMore: () => unknown;
}

/** The foot of a Relay list: how much of it is on the screen, and the way to more. */
export function LoadMore({ shown, total, one, many, hasMore, loading, onMore }: LoadMoreProps) {
  const all = total === null ? `${counted(shown, one, many)} shown` : counted(total, one, many);
  const text = hasMore && total !== null ? `${shown} of ${all}` : all;
  return (
    <Group justify="space-between" mih={36}>
      <Text size="xs" c="dimmed" role="status">
        {text}
      </Text>
      {hasMore && (
        <Button variant="default" size="xs" loading={loading} onClick={() => void onMore()}>
          Show more
        </Button>
      )}
    </Group>
  );
}
