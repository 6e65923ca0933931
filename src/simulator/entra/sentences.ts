import type { Provider } from '../provider.ts';

/** What stands in Entra ID's provisioning log, in the form of its own sentences. */
export const SENTENCES: Provider['sentences'] = {
  test: (_, failure) =>
    `The connection could not be tested: ${failure}. Check the tenant URL and the secret token, and try again.`,
  provision: (userName, failure) => `Failed to create User '${userName}' in the app: ${failure}`,
  update: (userName, failure) => `Failed to update User '${userName}' in the app: ${failure}`,
  password: (userName, failure) => `Failed to update User '${userName}' in the app: ${failure}`,
  deactivate: (userName, failure) => `Failed to disable User '${userName}' in the app: ${failure}`,
  reactivate: (userName, failure) => `Failed to enable User '${userName}' in the app: ${failure}`,
  delete: (userName, failure) => `Failed to delete User '${userName}' in the app: ${failure}`,
  import: (_, failure) => `Error while reading the users of the app: ${failure}`,
  groups: (name, failure) => `Failed to update Group '${name}' in the app: ${failure}`,
  importGroups: (_, failure) => `Error while reading the groups of the app: ${failure}`,
};
