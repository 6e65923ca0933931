import { TextInput, type TextInputProps } from '@mantine/core';

// The server's word comes late: it is told to who cannot see it.
const ALERT = { role: 'alert' };

/** The name of a credential, to be given or changed. */
export function KeyNameInput(input: TextInputProps) {
  return (
    <TextInput
      label="Key name"
      description="For you and the other admins; Okta never sees it."
      maxLength={80}
      errorProps={ALERT}
      data-autofocus
      {...input}
    />
  );
}

/** What is wrong with a credential's name before the server is asked. */
export function keyNameFault(name: string): string | null {
  return name.trim() === '' ? 'Give the key a name by which you will know it again.' : null;
}
