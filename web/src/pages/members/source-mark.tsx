import { Tooltip } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import classes from './source-mark.module.css';

interface SourceMarkProps {
  readonly word: string;
  readonly reason: string;
  readonly locked: boolean;
}

/** Where a value comes from, and on hover, focus or touch why it can or cannot be changed here. */
export function SourceMark({ word, reason, locked }: SourceMarkProps) {
  return (
    <Tooltip label={reason}>
      <button type="button" className={classes.mark}>
        {word}
        {locked && <IconLock size={14} stroke={1.8} aria-label="(locked)" role="img" />}
      </button>
    </Tooltip>
  );
}
