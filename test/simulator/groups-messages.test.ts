import { describe, expect, it } from 'vitest';
import {
  createGroupMessage,
  membershipMessage,
  pushNowMessage,
  renameMessage,
  replaceGroupMessage,
} from '../../src/simulator/okta/group-messages.ts';

const MAYA = { value: '7b1f', display: 'maya.ortiz@acme.example' };
const NOAH = { value: '2f9a', display: 'noah.kim@acme.example' };
const GROUP = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
const PATCH = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];

/** Letter by letter: the order of the keys counts. */
function sends(message: unknown, sample: unknown): void {
  expect(JSON.stringify(message)).toBe(JSON.stringify(sample));
}

describe('Okta’s group messages (contract §4), letter by letter', () => {
  it('create an empty group', () => {
    sends(createGroupMessage('Legal Ops'), { schemas: GROUP, displayName: 'Legal Ops', members: [] });
  });

  it('PUT the whole group with its id', () => {
    const sample = { schemas: GROUP, id: 'e1d0', displayName: 'Legal Ops', members: [MAYA] };
    sends(replaceGroupMessage('e1d0', 'Legal Ops', [MAYA]), sample);
  });

  it('rename without a path, with the id inside the value', () => {
    const Operations = [{ op: 'replace', value: { id: 'e1d0', displayName: 'Legal Ops' } }];
    sends(renameMessage('e1d0', 'Legal Ops'), { schemas: PATCH, Operations });
  });

  it('remove and add members in one request', () => {
    const Operations = [
      { op: 'remove', path: 'members[value eq "2f9a"]' },
      { op: 'add', path: 'members', value: [MAYA] },
    ];
    sends(membershipMessage([NOAH], [MAYA]), { schemas: PATCH, Operations });
  });

  it('say nothing where nobody left or came', () => {
    expect(membershipMessage([NOAH, MAYA], [MAYA, NOAH])).toBeUndefined();
  });

  it.each([[[]], [[MAYA, NOAH]]])('replace all members on Push Now: %j', (members) => {
    sends(pushNowMessage(members), {
      schemas: PATCH,
      Operations: [{ op: 'replace', path: 'members', value: members }],
    });
  });
});
