import { Text } from '@mantine/core';
import { Link } from 'react-router';
import mark from '../favicon.svg';
import classes from './shell.module.css';

/** The mark, and under the product's name the workspace one is in. */
export function Brand({ workspace }: { readonly workspace?: string }) {
  return (
    <Link to="/" className={classes.brand}>
      <img src={mark} width={30} height={30} alt="" />
      <span className={classes.grow}>
        <Text component="span" display="block" fw={680} size="md" lh={1.2}>
          Rollcall
        </Text>
        {workspace !== undefined && (
          <Text component="span" display="block" size="xs" c="dimmed" lh={1.3} truncate>
            {workspace}
          </Text>
        )}
      </span>
    </Link>
  );
}
