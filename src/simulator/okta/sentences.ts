import type { Provider } from '../provider.ts';

const APP = 'SCIM 2.0 app';

/** Okta's sentence around a failure, by the step it happened in. Those of `test`, `provision` and `update` are Okta's own; the others follow their form. */
export const SENTENCES: Provider['sentences'] = {
  test: (_, failure) =>
    `Error authenticating: ${failure}. The connector configuration could not be tested. Make sure that the URL, Authentication Parameters are correct.`,
  provision: (userName, failure) => `Automatic provisioning of user ${userName} to app ${APP} failed: ${failure}`,
  update: (userName, failure) => `Error while trying to push profile update for ${userName}: ${failure}`,
  password: (userName, failure) => `Error while trying to push password update for ${userName}: ${failure}`,
  deactivate: (userName, failure) => `Automatic deactivation of user ${userName} in app ${APP} failed: ${failure}`,
  reactivate: (userName, failure) => `Automatic provisioning of user ${userName} to app ${APP} failed: ${failure}`,
  delete: (userName, failure) => `Automatic deletion of user ${userName} in app ${APP} failed: ${failure}`,
  import: (_, failure) => `Error while importing users from app ${APP}: ${failure}`,
  groups: (name, failure) => `Unable to update Group Push mapping target App group ${name}: ${failure}`,
  importGroups: (_, failure) => `Error while importing groups from app ${APP}: ${failure}`,
};
