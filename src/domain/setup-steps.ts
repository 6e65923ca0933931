/** The steps to a working integration, by name. */
export type SetupStepKey =
  | 'GET_SSO'
  | 'GENERATE_CREDENTIAL'
  | 'CONNECT_OKTA'
  | 'PROVISION_FIRST_USER'
  | 'DEPROVISION_FIRST_USER'
  | 'PUSH_FIRST_GROUP';

/** What a step says to the person who does it. */
export interface SetupStepWords {
  readonly key: SetupStepKey;
  readonly title: string;
  /** In Markdown; screens and labels as Okta spells them. */
  readonly instructions: string;
  /** Where in Okta's admin console; null when it is done here. */
  readonly oktaLocation: string | null;
}

const APP = 'Applications → your app';

/** The steps to a working integration, in order. */
export const SETUP_STEPS: readonly SetupStepWords[] = [
  {
    key: 'GET_SSO',
    title: 'Get SSO',
    instructions: `SCIM provisioning comes with single sign-on. Choose a plan that includes **SSO**; Okta's calls are refused until then.`,
    oktaLocation: null,
  },
  {
    key: 'GENERATE_CREDENTIAL',
    title: 'Generate a SCIM credential',
    instructions: `Generate a credential and copy its key at once: **it is shown this once**.

Okta asks for it under **API Token**. The key belongs to the workspace, not to you: it goes on working when you leave.`,
    oktaLocation: null,
  },
  {
    key: 'CONNECT_OKTA',
    title: 'Connect Okta',
    instructions: `In Okta's Admin Console, with an app of the catalog:

1. Open **Applications** → **Applications** → your app → **Provisioning** → **Configure API Integration**.
2. Tick **Enable API Integration**.
3. Enter the **Base URL** shown here, and the key under **API Token**.
4. Choose **Test API Credentials**, then **Save**.

With an app of the App Integration Wizard: set Provisioning to **SCIM** under **General**, then open **Provisioning** → **Integration**, enter the Base URL under **SCIM connector base URL**, \`userName\` under **Unique identifier field for users**, choose **HTTP Header** under **Authentication Mode**, enter the key and choose **Test Connector Configuration**.

This step is done at the first call that is accepted.`,
    oktaLocation: `${APP} → Provisioning → Integration`,
  },
  {
    key: 'PROVISION_FIRST_USER',
    title: 'Provision a first user',
    instructions: `1. Open **Provisioning** → **To App** → **Edit**, tick **Create Users**, **Update User Attributes** and **Deactivate Users**, and **Save**.
2. Open **Assignments** → **Assign** and assign a user.

People who were assigned before are not pushed by themselves: choose **Provision User** for them under Assignments. A user who is here already, with the same user name, is linked.`,
    oktaLocation: `${APP} → Provisioning → To App`,
  },
  {
    key: 'DEPROVISION_FIRST_USER',
    title: 'Deprovision a first user',
    instructions: `Take a test user off the app under **Assignments**, or deactivate them in Okta. They are deactivated here: their access ends at once, while role, teams and history are kept.

It needs **Deactivate Users** under **Provisioning** → **To App**. Try it before you rely on it.`,
    oktaLocation: `${APP} → Assignments`,
  },
  {
    key: 'PUSH_FIRST_GROUP',
    title: 'Push a first group',
    instructions: `1. Open **Push Groups** → **Push Groups** and find the group by name or by rule.
2. Choose **Create Group** for a new team, or **Link Group** to take over one that is here, and **Save**.

Only people who are assigned to the app are pushed. Use one group to assign the app and another one to push: Okta does not support one for both.`,
    oktaLocation: `${APP} → Push Groups`,
  },
];
