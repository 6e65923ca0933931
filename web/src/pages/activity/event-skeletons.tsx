import { Skeleton, VisuallyHidden } from '@mantine/core';
import classes from './activity.module.css';

/** The list while its first page is under way, its lines as high as events are. */
export function EventSkeletons() {
  return (
    <>
      <VisuallyHidden role="status">Loading events</VisuallyHidden>
      <div className={classes.bar}>
        <Skeleton h={12} w={90} />
      </div>
      {Array.from({ length: 12 }, (_, index) => (
        <div key={index} className={classes.row}>
          <Skeleton h={20} w={84} className={classes.outcome} />
          <Skeleton h={14} w={`${34 + ((index * 17) % 31)}%`} className={classes.story} />
          <Skeleton h={12} w={76} className={classes.when} />
        </div>
      ))}
    </>
  );
}
