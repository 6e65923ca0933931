import { describe, expect, it } from 'vitest';
import { provisioningStatus, type ProvisioningFacts } from '../../src/domain/provisioning-status.ts';
import { credentialStatus, isEndingSoon, isUsable } from '../../src/domain/scim-credential.ts';
import { DAY, later } from '../../src/domain/values.ts';
import { aCredential, aWorkspace, NOW } from './support.ts';

const healthy: ProvisioningFacts = {
  workspace: aWorkspace(),
  credentials: [aCredential()],
  hasAccepted: true,
  lastDay: [{ outcome: 'SUCCEEDED', count: 3 }],
};

describe('the status of provisioning', () => {
  it.each<[string, Partial<ProvisioningFacts>]>([
    ['SSO_NOT_IN_SUBSCRIPTION', { workspace: aWorkspace({ plan: 'BUSINESS', paused: true }) }],
    ['PAUSED', { workspace: aWorkspace({ paused: true }), credentials: [] }],
    ['NO_CREDENTIAL', { credentials: [aCredential({ revokedAt: NOW })], hasAccepted: false }],
    ['AWAITING_FIRST_CALL', { hasAccepted: false, lastDay: [{ outcome: 'REFUSED', count: 2 }] }],
    [
      'FAILING',
      {
        lastDay: [
          { outcome: 'REFUSED', count: 2 },
          { outcome: 'FAILED', count: 1 },
        ],
      },
    ],
    [
      'DEGRADED',
      {
        lastDay: [
          { outcome: 'UNCHANGED', count: 9 },
          { outcome: 'THROTTLED', count: 1 },
        ],
      },
    ],
    ['DEGRADED', { credentials: [aCredential({ lastUsedAt: NOW, expiresAt: later(NOW, 14 * DAY) })] }],
    ['HEALTHY', { credentials: [aCredential({ lastUsedAt: NOW, expiresAt: later(NOW, 14 * DAY + 1) })] }],
    ['HEALTHY', { lastDay: [] }],
  ])('is %s where that is the first that applies', (status, facts) => {
    expect(provisioningStatus({ ...healthy, ...facts }, NOW)).toBe(status);
  });
});

describe('a credential (A13)', () => {
  it('works until the millisecond before its end and not from then on', () => {
    const credential = aCredential({ expiresAt: NOW });
    expect(isUsable(credential, later(NOW, -1))).toBe(true);
    expect(credentialStatus(credential, NOW)).toBe('EXPIRED');
  });

  it('that was rotated retires, and ends with the overlap or its own end, whichever is first', () => {
    const rotated = aCredential({ overlapEndsAt: later(NOW, DAY), expiresAt: later(NOW, 2 * DAY) });
    expect(credentialStatus(rotated, NOW)).toBe('RETIRING');
    expect(credentialStatus(rotated, later(NOW, DAY))).toBe('EXPIRED');
    expect(credentialStatus({ ...rotated, expiresAt: later(NOW, 1) }, later(NOW, 1))).toBe('EXPIRED');
  });

  it('that was never used, or was rotated, gives no warning before its end', () => {
    const ending = aCredential({ expiresAt: later(NOW, DAY) });
    expect(isEndingSoon(ending, NOW)).toBe(false);
    expect(isEndingSoon({ ...ending, lastUsedAt: NOW, overlapEndsAt: later(NOW, DAY) }, NOW)).toBe(false);
    expect(isEndingSoon({ ...ending, lastUsedAt: NOW }, NOW)).toBe(true);
  });
});
