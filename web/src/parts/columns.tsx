import type { ReactNode } from 'react';
import classes from './columns.module.css';

/** Two columns of cards, of which the narrow one stands below on a narrow screen. */
export function Columns({ main, side }: { readonly main: ReactNode; readonly side: ReactNode }) {
  return (
    <div className={classes.columns}>
      <div className={classes.column}>{main}</div>
      <div className={classes.column}>{side}</div>
    </div>
  );
}
