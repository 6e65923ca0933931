import { describe, expect, it } from 'vitest';
import {
  attributesHeld,
  attributesOf,
  changeOperations,
  createGroupMessage,
  createMessage,
  linkGroupMessage,
  managerMessage,
  memberMessage,
  renameMessage,
  statusOperation,
} from '../../src/simulator/entra/messages.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const PATCH = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
const MAYA = { userName: 'maya.ortiz@acme.example', givenName: 'Maya', familyName: 'Ortiz', displayName: 'Maya Ortiz' };
const OBJECT_ID = '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef';

/** Letter by letter: the order of the keys counts. */
function sends(message: unknown, sample: unknown): void {
  expect(JSON.stringify(message)).toBe(JSON.stringify(sample));
}

describe('the body of Entra ID’s POST (contract §7.2), letter by letter', () => {
  it('has booleans as text, nulls, meta and empty roles', () => {
    sends(createMessage(MAYA, OBJECT_ID), {
      schemas: [USER, ENTERPRISE],
      externalId: OBJECT_ID,
      userName: 'maya.ortiz@acme.example',
      active: 'True',
      addresses: null,
      displayName: 'Maya Ortiz',
      emails: [{ primary: true, type: 'work', value: 'maya.ortiz@acme.example' }],
      meta: { resourceType: 'User' },
      name: { formatted: 'Maya Ortiz', familyName: 'Ortiz', givenName: 'Maya' },
      phoneNumbers: null,
      preferredLanguage: null,
      roles: [],
      title: null,
      [ENTERPRISE]: { employeeNumber: null, department: null, manager: null },
    });
  });

  it('has values where the person has them', () => {
    const person = { ...MAYA, title: 'Counsel', mobilePhone: '+1 (555) 0100', locale: 'en-US', department: 'Legal' };
    expect(createMessage(person, OBJECT_ID)).toMatchObject({
      title: 'Counsel',
      phoneNumbers: [{ type: 'mobile', value: '+1 (555) 0100' }],
      preferredLanguage: 'en-US',
      [ENTERPRISE]: { department: 'Legal' },
    });
  });
});

describe('Entra ID’s operations', () => {
  it('are one for each attribute that differs, in capitals, by paths with filters and URNs', () => {
    const before = attributesOf({ ...MAYA, title: 'Counsel', department: 'Legal' }, OBJECT_ID);
    const person = { ...MAYA, familyName: 'Ortiz-Lee', email: 'm@acme.example', department: 'Sales', mobilePhone: '5' };
    expect(changeOperations(before, attributesOf(person, OBJECT_ID))).toEqual([
      { op: 'Remove', path: 'title' },
      { op: 'Replace', path: 'name.familyName', value: 'Ortiz-Lee' },
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'm@acme.example' },
      { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '5' },
      { op: 'Replace', path: `${ENTERPRISE}:department`, value: 'Sales' },
    ]);
  });

  it('are none where the server holds what the directory has', () => {
    const person = { ...MAYA, mobilePhone: '5', department: 'Legal', employeeNumber: '7', locale: 'de-DE' };
    const { 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': extension, ...user } = createMessage(
      person,
      OBJECT_ID,
    );
    const held = attributesHeld({ ...user, title: undefined, [ENTERPRISE]: extension });
    expect(changeOperations(held, attributesOf(person, OBJECT_ID))).toEqual([]);
  });

  it.each([
    [true, 'True'],
    [false, 'False'],
  ])('write active %j as text', (active, value) => {
    sends(statusOperation(active), { op: 'Replace', path: 'active', value });
  });

  it('name the manager by an id, as text', () => {
    sends(managerMessage('7b1f'), {
      schemas: PATCH,
      Operations: [{ op: 'Add', path: `${ENTERPRISE}:manager`, value: '7b1f' }],
    });
  });
});

describe('Entra ID’s group messages', () => {
  it('create a group without members, under Microsoft’s schema too', () => {
    const { externalId, ...rest } = createGroupMessage('Legal Ops');
    expect(externalId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u);
    expect(rest).toEqual({
      schemas: [
        'urn:ietf:params:scim:schemas:core:2.0:Group',
        'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
      ],
      displayName: 'Legal Ops',
      meta: { resourceType: 'Group' },
    });
    expect(linkGroupMessage('Legal Ops')['Operations']).toEqual([
      { op: 'Replace', path: 'externalId', value: externalId },
    ]);
  });

  it('rename by path', () => {
    sends(renameMessage('Legal'), {
      schemas: PATCH,
      Operations: [{ op: 'Replace', path: 'displayName', value: 'Legal' }],
    });
  });

  it.each(['Add', 'Remove'] as const)('%s one member by a list of one', (op) => {
    sends(memberMessage(op, '7b1f'), {
      schemas: PATCH,
      Operations: [{ op, path: 'members', value: [{ $ref: null, value: '7b1f' }] }],
    });
  });
});
