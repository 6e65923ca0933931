import { Group, Text, Tooltip } from '@mantine/core';
import { explain } from '../../apollo/explain.ts';
import classes from './activity.module.css';

/** Whether the list is up to date. */
export function Liveness({ error }: { readonly error: unknown }) {
  const isLive = error === undefined;
  const text = isLive ? 'New events show up by themselves, within 5 seconds.' : explain(error).message;
  return (
    <Tooltip label={text}>
      <Group gap={6} wrap="nowrap" tabIndex={0} role="status" className={classes.live} data-live={isLive || undefined}>
        <span className={classes.dot} aria-hidden />
        <Text size="xs" component="span">
          {isLive ? 'Live' : 'Not up to date. Trying again…'}
        </Text>
      </Group>
    </Tooltip>
  );
}
