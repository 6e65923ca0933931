import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconArrowsExchange, IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { useRef, type ReactNode } from 'react';
import type { CredentialPartsFragment } from '../../gql/graphql.ts';

/** A credential, and what opens the dialogs of its acts. */
export interface CredentialMenuProps {
  readonly credential: CredentialPartsFragment;
  readonly onRename: () => void;
  readonly onRotate: () => void;
  readonly onRevoke: () => void;
}

/** What can be done with a credential that works; where it is not allowed, why not. */
export function CredentialMenu({ credential, onRename, onRotate, onRevoke }: CredentialMenuProps) {
  const { name, viewerCanRotate, viewerCanRevoke } = credential;
  const button = useRef<HTMLButtonElement>(null);
  // The item is gone when the dialog closes: the focus then goes back to what had it when the dialog opened.
  const from = (open: () => void) => () => {
    button.current?.focus();
    open();
  };
  return (
    <Menu position="bottom-end" width={190}>
      <Menu.Target>
        <ActionIcon ref={button} aria-label={`Actions for ${name}`} size="lg">
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={from(onRename)}>
          Rename…
        </Menu.Item>
        <Act
          ability={viewerCanRotate}
          label="Rotate…"
          icon={<IconArrowsExchange size={16} aria-hidden />}
          onClick={from(onRotate)}
        />
        <Act
          ability={viewerCanRevoke}
          label="Revoke…"
          icon={<IconTrash size={16} aria-hidden />}
          color="red"
          onClick={from(onRevoke)}
        />
      </Menu.Dropdown>
    </Menu>
  );
}

interface ActProps {
  readonly ability: CredentialPartsFragment['viewerCanRotate'];
  readonly label: string;
  readonly icon: ReactNode;
  readonly color?: string;
  readonly onClick: () => void;
}

function Act({ ability: { allowed, explanation }, label, icon, color, onClick }: ActProps) {
  return (
    <Tooltip label={explanation ?? ''} disabled={allowed} position="left">
      <div>
        <Menu.Item leftSection={icon} disabled={!allowed} {...(color === undefined ? {} : { color })} onClick={onClick}>
          {label}
        </Menu.Item>
      </div>
    </Tooltip>
  );
}
