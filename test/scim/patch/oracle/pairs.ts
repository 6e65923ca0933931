import { fc } from '@fast-check/vitest';
import type { Plain, Record_ } from './facts.ts';
import { CORE, ENTERPRISE, FACTS } from './facts.ts';

// Users, and PATCH bodies for them: what the RFC shows, what Okta and Entra ID send, and what nobody ought to.

const word = fc.constantFrom('a', 'b', 'A', 'É', 'é', 'x y', 'work', 'home', '李', 'ß', '%"\\', '7');
const kind = fc.constantFrom('work', 'home', 'WORK', 'other');

function some(names: string, value: fc.Arbitrary<Plain> = word): fc.Arbitrary<Record_> {
  const model = Object.fromEntries(names.split(' ').map((name) => [name, value]));
  return fc.record(model, { requiredKeys: [] }) as fc.Arbitrary<Record_>;
}

const element = fc.record(
  { value: word, type: kind, display: word, primary: fc.boolean() },
  { requiredKeys: ['value'] },
) as fc.Arbitrary<Record_>;
const address = fc
  .record({ locality: word, country: word, type: kind, primary: fc.boolean() }, { requiredKeys: ['locality'] })
  .map((record) => record as Record_);
const certificate = fc.record({ value: fc.constantFrom('MII=', 'QQ=='), type: kind }, { requiredKeys: ['value'] });

/** A list as a server holds it: nothing twice, and one primary value at most. */
function held(one: fc.Arbitrary<Record_>): fc.Arbitrary<Record_[]> {
  const selector = ({ primary: _primary, ...record }: Record_) =>
    JSON.stringify([record['value'] ?? record, record['type'] ?? null]);
  return fc.uniqueArray(one, { maxLength: 4, selector }).map((list) => {
    const first = list.findIndex((record) => record['primary'] === true);
    return list.map((record, place) =>
      record['primary'] === true && place !== first ? { ...record, primary: false } : record,
    );
  });
}

const LISTS = 'emails phoneNumbers ims photos entitlements roles';
const SIMPLE = 'externalId displayName nickName title userType preferredLanguage locale timezone profileUrl';

/** A user as it is before the PATCH. */
export const user: fc.Arbitrary<Record_> = fc
  .tuple(
    some(SIMPLE),
    some(LISTS, held(element)),
    fc.record(
      {
        name: some('formatted familyName givenName middleName honorificPrefix honorificSuffix'),
        addresses: held(address),
        x509Certificates: held(certificate as fc.Arbitrary<Record_>),
        [ENTERPRISE]: fc
          .tuple(some('employeeNumber costCenter organization division department'), some('value $ref'))
          .map(([parts, manager]) => withoutEmpty({ ...parts, manager })),
      },
      { requiredKeys: [] },
    ),
    fc.record({ userName: word, active: fc.boolean() }),
  )
  .map((parts) => withoutEmpty(Object.assign({}, ...parts) as Record_));

function withoutEmpty(record: Record_): Record_ {
  const isEmpty = (value: Plain) => typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return Object.fromEntries(Object.entries(record).filter(([, value]) => !isEmpty(value)));
}

const ATTRIBUTES = [...FACTS.values()].flat();
const plainName = fc.constantFrom(...ATTRIBUTES.map(({ name }) => name));
const listName = fc.constantFrom(
  'emails',
  'emails',
  'phoneNumbers',
  'roles',
  'addresses',
  'photos',
  'x509Certificates',
);
const partName = fc.constantFrom(
  'value',
  'type',
  'primary',
  'display',
  'givenName',
  'formatted',
  'locality',
  '$ref',
  'displayName',
  'shoeSize',
);
const cased = (name: fc.Arbitrary<string>) =>
  fc
    .tuple(name, fc.nat(9))
    .map(([text, how]) => (how === 0 ? text.toUpperCase() : how === 1 ? text.toLowerCase() : text));

const literal = fc.oneof(
  { weight: 6, arbitrary: fc.oneof(kind, word).map((text) => JSON.stringify(text)) },
  fc.constantFrom('true', 'false', '"True"', 'null', '5', 'True', 'unquoted'),
);
const operator = fc.oneof(
  fc.constant('eq'),
  fc.constantFrom('eq', 'EQ', 'ne', 'NE', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'regex'),
);
const filterPart = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('type', 'value', 'primary', 'display', 'display', 'locality', 'TYPE') },
  fc.constantFrom('shoeSize', 'urn:x:type', 'a.b'),
);
const comparison = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(filterPart, operator, literal).map((parts) => parts.join(' ')) },
  filterPart.map((name) => `${name} pr`),
);
const filter = fc.oneof(
  { weight: 6, arbitrary: kind.map((type) => `type eq "${type}"`) },
  { weight: 8, arbitrary: comparison },
  {
    weight: 2,
    arbitrary: fc.constantFrom('primary eq true', 'primary eq "True"', 'type eq "work" and primary eq true'),
  },
  fc.tuple(comparison, fc.constantFrom(' and ', ' or ', ' AND '), comparison).map((parts) => parts.join('')),
  comparison.map((inner) => `not (${inner})`),
  fc.tuple(comparison, comparison, comparison).map(([one, two, three]) => `(${one} or ${two}) and ${three}`),
  fc.constantFrom('', 'type eq', 'type eq "work" and', '(type pr', 'type eq "work" type pr'),
);

const bare = fc.oneof(
  { weight: 5, arbitrary: cased(plainName) },
  { weight: 3, arbitrary: fc.tuple(cased(plainName), partName).map((parts) => parts.join('.')) },
  { weight: 2, arbitrary: fc.constantFrom('name.givenName', 'emails.value', 'manager.value', 'manager', 'roles.type') },
  { weight: 5, arbitrary: fc.tuple(cased(listName), filter).map(([name, where]) => `${name}[${where}]`) },
  {
    weight: 6,
    arbitrary: fc.tuple(cased(listName), filter, partName).map(([name, where, part]) => `${name}[${where}].${part}`),
  },
);
const path = fc.oneof(
  { weight: 12, arbitrary: bare },
  { weight: 3, arbitrary: fc.tuple(cased(fc.constantFrom(CORE, ENTERPRISE)), bare).map((parts) => parts.join(':')) },
  { weight: 2, arbitrary: fc.constantFrom(CORE, ENTERPRISE, ENTERPRISE.toLowerCase()) },
  fc.constantFrom(
    'shoeSize',
    'urn:x:title',
    'name[givenName eq "a"]',
    '__proto__',
    'a b',
    'emails[',
    'emails]',
    'a..b',
  ),
);

const flag = fc.constantFrom<Plain>(true, false, 'True', 'False', 'false', 'banana', 1);
const role = fc
  .tuple(word, word, fc.boolean())
  .map(([value, displayName, isText]): Record_ =>
    isText ? { value: JSON.stringify({ value, displayName }) } : { value, displayName },
  );
const sentElement: fc.Arbitrary<Record_> = fc.oneof(
  { weight: 5, arbitrary: element },
  address,
  role,
  fc.record({ $ref: fc.constant(null), value: word }) as fc.Arbitrary<Record_>,
  some('type primary display', fc.oneof(kind, flag)),
  some('VALUE value type shoeSize', fc.oneof(word, fc.constant<Plain>(null), fc.constant<Plain>(''))),
);
const value: fc.Arbitrary<Plain> = fc.oneof(
  { weight: 6, arbitrary: word },
  { weight: 3, arbitrary: flag },
  { weight: 3, arbitrary: fc.constantFrom<Plain>(null, '', [], {}, 'MII=', 'no base64!') },
  { weight: 4, arbitrary: sentElement },
  { weight: 4, arbitrary: fc.array(fc.oneof({ weight: 6, arbitrary: sentElement }, word), { maxLength: 3 }) },
  { weight: 2, arbitrary: some('givenName familyName formatted', fc.oneof(word, fc.constant<Plain>(null))) },
  { weight: 1, arbitrary: fc.constantFrom<Plain>(5, [5], [['a']], ['a'], [null], [''], [{ value: 'a' }], ['a', 'b']) },
);

const pathless: fc.Arbitrary<Plain> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.dictionary(fc.oneof(path, fc.constantFrom('active', 'id', 'displayName', 'shoeSize')), value, {
      maxKeys: 3,
    }),
  },
  { weight: 2, arbitrary: flag.map((active) => ({ active })) },
  fc.record({ id: word, displayName: word }) as fc.Arbitrary<Plain>,
  fc.record({ password: fc.oneof(word, fc.constant<Plain>(null)) }) as fc.Arbitrary<Plain>,
  fc.record({ [ENTERPRISE]: fc.dictionary(bare, value, { maxKeys: 2 }) }) as fc.Arbitrary<Plain>,
  fc.record({ [CORE]: fc.dictionary(bare, value, { maxKeys: 2 }) }) as fc.Arbitrary<Plain>,
  value,
);

const op = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom('add', 'remove', 'replace', 'Add', 'Remove', 'Replace') },
  fc.constantFrom<Plain>('move', '', null, 1),
);
/** Each list with values that are likely to be in it. */
const fitting = fc
  .tuple(
    op,
    cased(listName),
    fc.option(filter, { nil: undefined }),
    fc.oneof(element, fc.array(element, { maxLength: 2 })),
  )
  .map(([how, name, where, what]): Plain => ({
    op: how,
    path: where === undefined ? name : `${name}[${where}]`,
    value: what,
  }));
const well: fc.Arbitrary<Plain> = fc.record({
  op: fc.constantFrom('add', 'replace', 'remove', 'Replace'),
  path: fc.constantFrom(
    'displayName',
    'TITLE',
    'name.givenName',
    'emails[type eq "work"].value',
    'addresses[type eq "home"].locality',
    'active',
    'externalId',
    'password',
    'department',
    'manager',
    `${ENTERPRISE}:manager.value`,
    `${CORE}:nickName`,
  ),
  value: fc.oneof({ weight: 9, arbitrary: word }, flag),
});
const operation: fc.Arbitrary<Plain> = fc.oneof(
  { weight: 8, arbitrary: well },
  { weight: 8, arbitrary: fitting },
  { weight: 4, arbitrary: fc.record({ op, path, value }, { requiredKeys: ['op', 'path'] }) },
  { weight: 4, arbitrary: fc.record({ op: fc.constantFrom('add', 'replace', 'Add'), value: pathless }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constantFrom('add', 'replace'), path, value: word }) },
  { weight: 1, arbitrary: fc.record({ op, value: pathless }, { requiredKeys: ['op'] }) },
  { weight: 1, arbitrary: fc.record({ op, path: fc.constantFrom<Plain>('', null, 5), value }) },
);

/** A PATCH body. */
export const body: fc.Arbitrary<Plain> = fc.oneof(
  {
    weight: 40,
    arbitrary: fc.array(operation, { minLength: 1, maxLength: 3 }).map((Operations): Plain => ({ Operations })),
  },
  fc.array(operation, { maxLength: 2 }).map((operations): Plain => ({ operations })),
  fc.constantFrom<Plain>({}, [], { Operations: {} }, { Operations: ['x'] }, { Operations: [] }),
);
