import { useState } from 'react';

/** A dialog that ends by showing a secret, and closes only when it was asked about twice. */
export interface SecretDialog {
  readonly secret: string | undefined;
  /** Whether the person has asked to close, and is asked back. */
  readonly leaving: boolean;
  readonly copied: boolean;
  /** What closing asks back once the secret was copied. */
  readonly afterCopy: string | undefined;
  readonly show: (secret: string) => void;
  readonly noteCopy: () => void;
  /** Closes at once where nothing can be lost, and asks else. */
  readonly requestClose: () => void;
  readonly stay: () => void;
  readonly close: () => void;
}

interface SecretModalOptions {
  /** Without it, copying is enough: closing asks nothing any more. */
  readonly afterCopy?: string;
  /** There is a secret now. */
  readonly onMade: () => unknown;
  readonly onClosed: () => void;
}

/** Keeps where such a dialog stands. The secret is in memory alone, and gone when it closes. */
export function useSecretModal({ afterCopy, onMade, onClosed }: SecretModalOptions): SecretDialog {
  const [secret, setSecret] = useState<string>();
  const [copied, setCopied] = useState(false);
  const [asked, setAsked] = useState(false);
  const isSafe = secret === undefined || (copied && afterCopy === undefined);
  const close = () => {
    setSecret(undefined);
    setCopied(false);
    setAsked(false);
    onClosed();
  };
  return {
    secret,
    leaving: asked && !isSafe,
    copied,
    afterCopy,
    show: (made) => {
      setSecret(made);
      void onMade();
    },
    noteCopy: () => setCopied(true),
    requestClose: () => (isSafe ? close() : setAsked(true)),
    stay: () => setAsked(false),
    close,
  };
}
