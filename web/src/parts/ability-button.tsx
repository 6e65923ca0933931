import { Button, Tooltip, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { graphql } from '../gql/index.ts';
import type { AbilityPartsFragment } from '../gql/graphql.ts';

/** What every control that an ability guards selects: `...AbilityParts`. */
export const AbilityParts = graphql(/* GraphQL */ `
  fragment AbilityParts on Ability {
    allowed
    explanation
    missingPermission
  }
`);

interface AbilityButtonProps extends ButtonProps {
  readonly ability: Pick<AbilityPartsFragment, 'allowed' | 'explanation'>;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** A button that, where the act is not allowed, says why on hover and on focus: it can still be reached by keyboard. */
export function AbilityButton({ ability, onClick, children, ...button }: AbilityButtonProps) {
  if (ability.allowed)
    return (
      <Button {...button} onClick={onClick}>
        {children}
      </Button>
    );
  return (
    <Tooltip label={ability.explanation}>
      <Button {...button} data-disabled aria-disabled onClick={(event) => event.preventDefault()}>
        {children}
      </Button>
    </Tooltip>
  );
}

/** An ability that asks for the permission alone, and leaves the rules to the form behind the button. */
export function byPermission({ missingPermission, explanation }: AbilityPartsFragment) {
  return { allowed: missingPermission === null, explanation };
}
