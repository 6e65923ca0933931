import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import classes from '../shell/shell.module.css';

/** A page while its code or its first answer is under way: as high as a page, so that nothing jumps. */
export function PageSkeleton() {
  return (
    <div className={classes.page} aria-busy="true">
      <VisuallyHidden role="status">Loading</VisuallyHidden>
      <Skeleton h={30} w={220} mb="sm" />
      <Skeleton h={16} w="min(28rem, 100%)" mb="xl" />
      <CardSkeletons />
    </div>
  );
}

/** Cards while their content is under way. */
export function CardSkeletons({ heights = [150, 320, 220] }: { readonly heights?: readonly number[] }) {
  return (
    <Stack gap="lg">
      {heights.map((height) => (
        <Skeleton key={height} h={height} radius="lg" />
      ))}
    </Stack>
  );
}
