import { Avatar } from '@mantine/core';
import { Link } from 'react-router';
import classes from './person.module.css';

interface PersonProps {
  readonly name: string;
  /** What tells people of one name apart: the user name. */
  readonly detail: string;
  /** Where their page is; without it the name is no link. */
  readonly to?: string;
}

/** A person in a list: initials, name, and under it what they sign in with. Plain elements: a list has many. */
export function Person({ name, detail, to }: PersonProps) {
  return (
    <div className={classes.person}>
      <Avatar name={name} size={34} radius={17} color="initials" allowedInitialsColors={[...TINTS]} aria-hidden />
      <div className={classes.words}>
        {to === undefined ? (
          <span className={classes.name}>{name}</span>
        ) : (
          <Link to={to} className={classes.name}>
            {name}
          </Link>
        )}
        {detail !== name && <span className={classes.detail}>{detail}</span>}
      </div>
    </div>
  );
}

/** The tints that avatars take by the name, so that a person keeps theirs. */
export const TINTS = ['spruce', 'blue', 'amber', 'gray'] as const;
