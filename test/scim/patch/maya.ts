import type { Json, JsonObject } from '../../../src/scim/json.ts';
import { applyPatch } from '../../../src/scim/patch/apply.ts';
import { readOperations } from '../../../src/scim/patch/operations.ts';
import { USER } from '../../../src/scim/schema/user.ts';
import { ENTERPRISE_USER } from '../../../src/scim/urns.ts';
import { collector } from '../refusal.ts';

export const WORK = { value: 'maya@acme.example', type: 'work', primary: true };
export const HOME = { value: 'maya@home.example', type: 'home' };

/** A user resource with something of everything; each call gives a new one. */
export const maya = (): JsonObject => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE_USER],
  id: '7b1f',
  userName: 'maya@acme.example',
  name: { givenName: 'Maya', familyName: 'Ortiz' },
  displayName: 'Maya Ortiz',
  active: true,
  emails: [{ ...WORK }, { ...HOME }],
  groups: [{ value: 'g1', display: 'Legal' }],
  meta: { resourceType: 'User' },
  [ENTERPRISE_USER]: { department: 'Legal', manager: { value: '88', displayName: 'Ada Kim' } },
});

/** Sends operations as a client would and gives the resource, the password and what was put up with. */
export function patch(operations: Json[], resource = maya()) {
  const { tolerate, tolerated } = collector();
  const read = readOperations({ Operations: operations }, tolerate);
  return { ...applyPatch(USER, resource, { operations: read, tolerate }), tolerated };
}
