import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTeam } from '../../src/domain/team-commands.ts';
import { directoryOf } from './support/directory.ts';
import { startServer, type Tenant, type TestServer } from './support/server.ts';

const UPDATE = `mutation ($input: UpdateProvisioningSettingsInput!) { updateProvisioningSettings(input: $input) { __typename
  ... on UpdateProvisioningSettingsSuccess { provisioning { version paused status settings {
    defaultRole passwordSync groupPush displayNameOverrideAllowed maxCredentialLifetimeDays } } }
  ... on MutationError { code message path remedy { text } } ... on InvalidInputError { issues { path message } }
  ... on VersionConflictError { currentVersion } } }`;
const DEFAULTS = {
  defaultRole: 'MEMBER',
  passwordSync: false,
  groupPush: true,
  displayNameOverrideAllowed: true,
  maxCredentialLifetimeDays: null,
};

let server: TestServer;
let acme: Tenant;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const tenant = async (slug: string) => {
  acme = await server.tenant(slug);
};
const update = async (input: object, token = acme.tokens.ADMIN) => {
  const { data, errors } = await server.ask(token, UPDATE, { input });
  expect(errors).toEqual([]);
  return data.updateProvisioningSettings;
};

describe('updateProvisioningSettings', () => {
  it('changes what is given and keeps the rest', async () => {
    await tenant('changes');
    expect(await update({ expectedVersion: 1, defaultRole: 'ADMIN', maxCredentialLifetimeDays: 90 })).toEqual({
      __typename: 'UpdateProvisioningSettingsSuccess',
      provisioning: {
        version: 2,
        paused: false,
        status: 'NO_CREDENTIAL',
        settings: { ...DEFAULTS, defaultRole: 'ADMIN', maxCredentialLifetimeDays: 90 },
      },
    });
    const all = { passwordSync: true, groupPush: false, displayNameOverrideAllowed: false };
    const { provisioning } = await update({ expectedVersion: 2, ...all, maxCredentialLifetimeDays: null });
    expect(provisioning.settings).toEqual({ ...DEFAULTS, defaultRole: 'ADMIN', ...all });
  });

  it('pauses and resumes', async () => {
    await tenant('pauses');
    const paused = await update({ expectedVersion: 1, paused: true });
    expect(paused.provisioning).toMatchObject({ paused: true, status: 'PAUSED', version: 2 });
    expect((await update({ expectedVersion: 2, paused: false })).provisioning).toMatchObject({ paused: false });
  });

  it('holds for the next call of the directory', async () => {
    await tenant('holds');
    await update({ expectedVersion: 1, groupPush: false });
    await expect(createTeam(directoryOf(acme.system), { name: 'Pushed' })).rejects.toMatchObject({
      refusal: { rule: 'GROUP_PUSH_OFF' },
    });
  });

  it('writes nothing over a change that the caller has not seen', async () => {
    await tenant('conflict');
    await update({ expectedVersion: 1, passwordSync: true });
    expect(await update({ expectedVersion: 1, passwordSync: false })).toEqual({
      __typename: 'VersionConflictError',
      code: 'VERSION_CONFLICT',
      message: expect.stringContaining('version 2'),
      path: ['expectedVersion'],
      remedy: { text: expect.any(String) },
      currentVersion: 2,
    });
    expect((await update({ expectedVersion: 2 })).provisioning.settings.passwordSync).toBe(true);
  });

  it('refuses owners by default and lives beyond two years, both at once', async () => {
    await tenant('refuses');
    const result = await update({ expectedVersion: 1, defaultRole: 'OWNER', maxCredentialLifetimeDays: 731 });
    expect(result).toMatchObject({ __typename: 'InvalidInputError', code: 'INVALID_INPUT', path: null });
    expect(result.issues.map((issue: { path: string[] }) => issue.path)).toEqual([
      ['defaultRole'],
      ['maxCredentialLifetimeDays'],
    ]);
    for (const days of [0, -1, 731])
      expect(await update({ expectedVersion: 1, maxCredentialLifetimeDays: days })).toMatchObject({
        code: 'INVALID_INPUT',
        path: ['maxCredentialLifetimeDays'],
      });
    for (const [version, days] of [1, 730].entries())
      expect(await update({ expectedVersion: version + 1, maxCredentialLifetimeDays: days })).toMatchObject({
        provisioning: { settings: { maxCredentialLifetimeDays: days } },
      });
  });

  it.each(['paused', 'defaultRole', 'passwordSync', 'groupPush', 'displayNameOverrideAllowed'])(
    'refuses to clear %s, which always has a value',
    async (field) => {
      await tenant(`clear-${field.toLowerCase().slice(0, 20)}`);
      expect(await update({ expectedVersion: 1, [field]: null })).toMatchObject({
        code: 'INVALID_INPUT',
        path: [field],
      });
      expect((await update({ expectedVersion: 1 })).provisioning).toMatchObject({ paused: false, settings: DEFAULTS });
    },
  );

  it('is FORBIDDEN to a member, whatever is asked', async () => {
    await tenant('forbidden');
    for (const input of [{ paused: true }, { paused: null }, { defaultRole: 'OWNER' }]) {
      const { data, errors } = await server.ask(acme.tokens.MEMBER, UPDATE, {
        input: { expectedVersion: 9, ...input },
      });
      expect(data).toEqual({ updateProvisioningSettings: null });
      expect(errors[0]?.extensions).toEqual({ code: 'FORBIDDEN', permission: 'MANAGE_SECURITY_AND_IDENTITY' });
    }
  });
});
