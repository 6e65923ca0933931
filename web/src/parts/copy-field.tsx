import { Button, CopyButton, Group, Input, Text, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useId } from 'react';
import classes from './copy-field.module.css';

interface CopyFieldProps {
  /** Spelled as the screen that it is to be pasted into spells it. */
  readonly label: string;
  readonly value: string;
  readonly description?: string;
  readonly onCopy?: () => void;
}

/** A value that is to be carried elsewhere: shown whole, selectable, with a button that copies it. */
export function CopyField({ label, value, description, onCopy }: CopyFieldProps) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id}>
      <Input.Label component="div" id={id} mb={description === undefined ? 4 : 0}>
        {label}
      </Input.Label>
      {description !== undefined && (
        <Text size="xs" c="dimmed" mb={6}>
          {description}
        </Text>
      )}
      <Group gap={0} wrap="nowrap" align="stretch" className={classes.box}>
        <code className={classes.value}>{value}</code>
        <CopyAction label={label} value={value} onCopy={onCopy} />
      </Group>
    </div>
  );
}

function CopyAction({
  label,
  value,
  onCopy,
}: Pick<CopyFieldProps, 'label' | 'value'> & { onCopy: CopyFieldProps['onCopy'] | undefined }) {
  return (
    <CopyButton value={value} timeout={2_000}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          className={classes.copy}
          leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
          onClick={() => {
            copy();
            onCopy?.();
          }}
        >
          {copied ? 'Copied' : 'Copy'}
          <VisuallyHidden> {label}</VisuallyHidden>
        </Button>
      )}
    </CopyButton>
  );
}
