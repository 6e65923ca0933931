/** What can be done to a member after a question. */
export type ActName = 'deactivate' | 'reactivate' | 'delete' | 'unlink';

interface Act {
  readonly title: (name: string) => string;
  readonly verb: string;
  readonly danger: boolean;
  readonly done: (name: string) => string;
}

/** The words of each. */
export const ACTS: Readonly<Record<ActName, Act>> = {
  deactivate: {
    title: (name) => `Deactivate ${name}?`,
    verb: 'Deactivate',
    danger: true,
    done: (name) => `${name} is deactivated and signed out everywhere.`,
  },
  reactivate: {
    title: (name) => `Reactivate ${name}?`,
    verb: 'Reactivate',
    danger: false,
    done: (name) => `${name} can sign in again.`,
  },
  delete: {
    title: (name) => `Delete ${name} for good?`,
    verb: 'Delete for good',
    danger: true,
    done: (name) => `${name} is deleted.`,
  },
  unlink: {
    title: (name) => `Unlink ${name} from the directory?`,
    verb: 'Unlink',
    danger: true,
    done: (name) => `${name} is managed by this workspace from now on.`,
  },
};
