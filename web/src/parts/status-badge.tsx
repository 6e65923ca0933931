import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';

/** How a state is meant to be taken. */
export type Tone = 'good' | 'warning' | 'bad' | 'pending' | 'quiet';

const COLORS: Readonly<Record<Tone, string>> = {
  good: 'spruce',
  warning: 'amber',
  bad: 'red',
  pending: 'blue',
  quiet: 'gray',
};

interface StatusBadgeProps {
  readonly tone: Tone;
  readonly size?: 'sm' | 'md' | 'lg';
  readonly children: ReactNode;
}

/** A state in a word. The word says it; the colour only helps. */
export function StatusBadge({ tone, size = 'md', children }: StatusBadgeProps) {
  return (
    <Badge color={COLORS[tone]} size={size} flex="none">
      {children}
    </Badge>
  );
}
