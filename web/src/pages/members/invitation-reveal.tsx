import { Text } from '@mantine/core';
import { CopyField } from '../../parts/copy-field.tsx';
import { SecretReveal } from '../../parts/secret-modal.tsx';
import type { SecretDialog } from '../../parts/use-secret-modal.ts';

/** What closing asks once the link was copied. */
export const AFTER_COPY = 'Have you passed the link on, or kept it?';

interface InvitationRevealProps {
  readonly url: string;
  readonly dialog: SecretDialog;
}

/** The invitation's link, to carry to whom it is for. */
export function InvitationReveal({ url, dialog }: InvitationRevealProps) {
  return (
    <SecretReveal dialog={dialog} noun="link" whenLost="If it is lost, delete the member and invite them anew.">
      <Text size="sm">
        Rollcall sends no mail. Pass this link on in a message that only they can read: whoever opens it first sets the
        password. It works once, for 7 days.
      </Text>
      <CopyField label="Invitation link" value={url} onCopy={dialog.noteCopy} />
    </SecretReveal>
  );
}
