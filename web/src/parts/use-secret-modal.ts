import { useState } from 'react';

/** A dialog that ends by showing a secret, and closes only when it was asked about twice. */
export interface SecretModal {
  readonly secret: string | undefined;
  readonly leaving: boolean;
  readonly show: (secret: string) => void;
  /** Closes at once before there is a secret, and asks after. */
  readonly requestClose: () => void;
  readonly stay: () => void;
  readonly close: () => void;
}

/** Keeps where such a dialog stands. The secret is in memory alone, and gone when it closes. */
export function useSecretModal(onClosed: () => void): SecretModal {
  const [secret, setSecret] = useState<string>();
  const [leaving, setLeaving] = useState(false);
  const close = () => {
    setSecret(undefined);
    setLeaving(false);
    onClosed();
  };
  return {
    secret,
    leaving,
    show: setSecret,
    requestClose: () => (secret === undefined ? close() : setLeaving(true)),
    stay: () => setLeaving(false),
    close,
  };
}
