import { describe, expect, it } from 'vitest';
import { authorize, missingPermission, ROLES, type Action, type Actor } from '../../src/domain/actor.ts';

const ACTIONS: Record<Action, string> = {
  createUser: 'AO D',
  updateUser: 'AO D',
  deleteUser: 'AO D',
  manageOwners: 'O D',
  readUsers: 'MAO D',
  manageTeams: 'AO D',
  readTeams: 'MAO D',
  unlink: 'AO',
  inviteUser: 'AO',
  updateProvisioningSettings: 'AO',
  overrideDisplayName: 'AO',
  manageScimCredentials: 'AO',
  readProvisioning: 'AO',
  createAccessToken: '',
  revokeAccessToken: '',
  manageSso: '',
  manageWorkspaces: '',
};

describe('the policy table (D9)', () => {
  it.each(Object.entries(ACTIONS) as [Action, string][])(
    'lets %s be done by [%s] and the system alone',
    (action, who) => {
      const allowed = ROLES.filter(
        (role) => missingPermission({ kind: 'user', userId: 'u', role }, action) === undefined,
      );
      expect(allowed.map((role) => role[0]).join('')).toBe(who.split(' ')[0]);
      const directory: Actor = { kind: 'scimCredential', credentialId: 'c' };
      expect(missingPermission(directory, action) === undefined).toBe(who.endsWith('D'));
      expect(missingPermission({ kind: 'system' }, action)).toBeUndefined();
    },
  );

  it('lets everyone override their own display name, and nobody else’s without the permission', () => {
    const member: Actor = { kind: 'user', userId: 'me', role: 'MEMBER' };
    expect(missingPermission(member, 'overrideDisplayName', 'me')).toBeUndefined();
    expect(missingPermission(member, 'overrideDisplayName', 'you')).toBe('MANAGE_USERS_AND_TEAMS');
    expect(() => authorize(member, 'overrideDisplayName', 'you')).toThrow(/MANAGE_USERS_AND_TEAMS/u);
  });

  it('lets everyone make and end their own access tokens, and nobody those of another', () => {
    const owner: Actor = { kind: 'user', userId: 'me', role: 'OWNER' };
    for (const action of ['createAccessToken', 'revokeAccessToken'] as const) {
      expect(missingPermission(owner, action, 'me')).toBeUndefined();
      expect(missingPermission(owner, action, 'you')).toBe('SYSTEM');
    }
  });
});
