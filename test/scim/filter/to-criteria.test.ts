import { describe, expect, it } from 'vitest';
import { USER_FIELDS } from '../../../src/domain/user-fields.ts';
import { parseFilter } from '../../../src/scim/filter/parser.ts';
import { toCriteria } from '../../../src/scim/filter/to-criteria.ts';
import { USER_FILTERS } from '../../../src/scim/filter/user-filters.ts';
import { ENTERPRISE_SCHEMA, USER_SCHEMA } from '../../../src/scim/schema/user.ts';
import { refusal } from '../refusal.ts';

const criteria = (text: string) => toCriteria(parseFilter(text), USER_FILTERS);
const compare = (field: string, value: string | boolean, operator = 'eq') => ({
  kind: 'compare',
  field,
  operator,
  value,
});
const present = (field: string) => ({ kind: 'present', field });

describe('RFC 7644 §3.4.2.2 a filter as a question to the domain', () => {
  it.each([
    ['userName eq "Maya@acme.example"', compare('userName', 'Maya@acme.example')],
    ['USERNAME Eq "x"', compare('userName', 'x')],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName eq "x"', compare('userName', 'x')],
    ['URN:IETF:params:scim:schemas:CORE:2.0:user:username eq "x"', compare('userName', 'x')],
    ['name.familyName sw "O"', compare('name.familyName', 'O', 'sw')],
    ['active eq true', compare('active', true)],
    ['emails.value co "@x"', compare('emails.value', '@x', 'co')],
    ['emails co "@x"', compare('emails.value', '@x', 'co')],
    ['title pr', present('title')],
    ['emails pr', present('emails')],
    ['title eq null', { kind: 'not', of: present('title') }],
    ['title ne null', present('title')],
    ['meta.lastModified gt "2026-05-04T11:00:00+02:00"', compare('updatedAt', '2026-05-04T09:00:00.000Z', 'gt')],
    ['meta.created eq "2026-05-04T09:00:00.1234Z"', compare('createdAt', '2026-05-04T09:00:00.123Z')],
    ['not (title pr)', { kind: 'not', of: present('title') }],
    ['title pr or active eq false', { kind: 'or', of: [present('title'), compare('active', false)] }],
    ['name[givenName eq "Maya"]', compare('name.givenName', 'Maya')],
    [
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "L"',
      compare('enterprise.department', 'L'),
    ],
    [
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq "7"',
      compare('enterprise.manager.value', '7'),
    ],
    ['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User pr', present('enterprise')],
  ])('%s', (text, expected) => {
    expect(criteria(text)).toEqual(expected);
  });

  it('keeps a value path together, its fields named in full', () => {
    expect(criteria('emails[type eq "work" and value co "@x"]')).toEqual({
      kind: 'some',
      list: 'emails',
      where: { kind: 'and', of: [compare('emails.type', 'work'), compare('emails.value', '@x', 'co')] },
    });
  });

  it.each([
    ['password eq "geheim"', 'password'],
    ['password pr', 'password'],
    ['groups.value eq "x"', 'groups.value'],
    ['meta.version eq "1"', 'meta.version'],
    ['meta pr', 'meta'],
    ['schemas eq "x"', 'schemas'],
    ['x509Certificates pr', 'x509Certificates'],
    ['shoeSize eq "46"', 'shoeSize'],
    ['constructor pr', 'constructor'],
    ['createdAt pr', 'createdAt'],
    ['enterprise pr', 'enterprise'],
    ['emails.shoe eq "x"', 'emails.shoe'],
    ['emails[shoe eq "x"]', 'shoe'],
    ['emails[constructor pr]', 'constructor'],
    ['urn:x:userName eq "x"', 'urn:x:userName'],
    ['name eq "x"', 'name'],
    ['addresses eq "x"', 'addresses'],
    ['userName[value eq "x"]', 'userName'],
    ['userName eq 5', 'userName'],
    ['userName eq true', 'userName'],
    ['userName co null', 'userName'],
    ['active eq "yes"', 'active'],
    ['active eq 1', 'active'],
    ['active gt true', 'active'],
    ['active co "true"', 'active'],
    ['meta.created eq "yesterday"', 'meta.created'],
    ['meta.created eq "2026-02-30T00:00:00Z"', 'meta.created'],
    ['meta.created co "2026"', 'meta.created'],
    ['emails[urn:ietf:params:scim:schemas:extension:enterprise:2.0:User pr]', 'enterprise'],
  ])('refuses %s with invalidFilter naming the attribute', (text, attribute) => {
    const { status, scimType, detail } = refusal(() => criteria(text));
    expect([status, scimType]).toEqual([400, 'invalidFilter']);
    expect(detail).toContain(attribute);
    expect(detail).not.toContain('geheim');
  });

  it('has an answer for every field of the domain', () => {
    const paths = Object.keys(USER_FIELDS).map((field) =>
      field === 'createdAt'
        ? 'meta.created'
        : field === 'updatedAt'
          ? 'meta.lastModified'
          : field.replace(/^enterprise\.?/, `${ENTERPRISE_SCHEMA.id}:`).replace(/:$/, ''),
    );
    const fields = paths.map((path) => criteria(`${path} pr`));
    expect(fields).toEqual(Object.keys(USER_FIELDS).map(present));
  });

  it('compares as the attribute tables say', () => {
    const differing = [...USER_SCHEMA.attributes, ...ENTERPRISE_SCHEMA.attributes].flatMap((attribute) =>
      [attribute, ...(attribute.subAttributes ?? [])].flatMap((part) => {
        const dotted = part === attribute ? part.name : `${attribute.name}.${part.name}`;
        const field = [dotted, `enterprise.${dotted}`].find((name) => Object.hasOwn(USER_FIELDS, name));
        const is = field === undefined ? undefined : USER_FIELDS[field as keyof typeof USER_FIELDS];
        return is?.type === 'string' && is.caseExact !== part.caseExact ? [dotted] : [];
      }),
    );
    expect(differing).toEqual([]);
  });
});

describe('providers’ filters', () => {
  it.each([
    ['Entra 7.2: manager eq "7"', 'manager eq "7"', compare('enterprise.manager.value', '7')],
    ['Entra 7.2: bare enterprise names', 'employeeNumber eq "701984"', compare('enterprise.employeeNumber', '701984')],
    ['Entra 7.2: a quoted boolean', 'active eq "True"', compare('active', true)],
    ['Okta 3.2: email eq', 'email eq "x"', compare('emails.value', 'x')],
    ['Okta 3.2: email.value eq', 'email.value eq "x"', compare('emails.value', 'x')],
  ])('%s', (_, text, expected) => {
    expect(criteria(text)).toEqual(expected);
  });

  it('Entra 7.2: a comparison after a value path, with a quoted boolean in it', () => {
    expect(criteria('roles[primary eq "True"].value eq "Admin"')).toEqual({
      kind: 'some',
      list: 'roles',
      where: { kind: 'and', of: [compare('roles.primary', true), compare('roles.value', 'Admin')] },
    });
  });
});
