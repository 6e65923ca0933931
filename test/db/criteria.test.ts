import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ComparisonOperator, Criteria } from '../../src/domain/criteria.ts';
import type { UserProfile } from '../../src/domain/user-attributes.ts';
import { USER_FIELDS, type UserField } from '../../src/domain/user-fields.ts';
import { MANAGERS, USER_STATUSES, type User } from '../../src/domain/user.ts';
import { conditionOf } from '../../src/db/criteria.ts';
import { SQLITE_WORDS } from '../../src/db/sqlite/words.ts';
import { USER_PLACES } from '../../src/db/comparable.ts';
import { answers } from './support/criteria-oracle.ts';
import { addUsers, aUser, NOW, storeWithWorkspace } from './support/fixtures.ts';

const SITE = { places: USER_PLACES, words: SQLITE_WORDS, workspaceId: 'w' };

type UserCriteria = Criteria<UserField>;

const NASTY = [
  '%',
  '_',
  '\\',
  '"',
  "'",
  '"; drop table users; --',
  'É',
  'é',
  'e\u0301',
  'Ａ',
  'a',
  'İ',
  'ß',
  '😀',
  '',
  ' ',
  '\n',
  '1',
  'true',
];
const word = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NASTY, 'Ada', 'ADA', 'work', 'home', 'Zoë', 'zoë') },
  { weight: 1, arbitrary: fc.array(fc.constantFrom(...NASTY), { maxLength: 3 }).map((parts) => parts.join('')) },
);
const filledWord = word.filter((text) => text !== '');
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

const plural = fc.record(
  { value: filledWord, display: filledWord, type: filledWord, primary: fc.boolean() },
  { requiredKeys: [] },
);
const plurals = fc.array(plural, { maxLength: 3 });
const address = fc.record({ locality: filledWord, country: filledWord, primary: fc.boolean() }, { requiredKeys: [] });
const profile = fc.record(
  {
    name: fc.record({ formatted: filledWord, familyName: filledWord, givenName: filledWord }, { requiredKeys: [] }),
    displayName: filledWord,
    title: filledWord,
    profileUrl: filledWord,
    emails: plurals,
    phoneNumbers: plurals,
    photos: plurals,
    roles: plurals,
    addresses: fc.array(address, { maxLength: 2 }),
    enterprise: fc.record(
      {
        department: filledWord,
        manager: fc.record({ value: filledWord, $ref: filledWord, displayName: filledWord }, { requiredKeys: [] }),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<UserProfile>;
const people = fc.uniqueArray(
  fc.record({
    userName: filledWord,
    externalId: maybe(filledWord),
    profile,
    status: fc.constantFrom(...USER_STATUSES),
    managedBy: fc.constantFrom(...MANAGERS),
  }),
  { minLength: 1, maxLength: 12, selector: (person) => aUser('', { userName: person.userName }).userNameKey },
);

const FIELDS = Object.keys(USER_FIELDS) as UserField[];
const OPERATORS: ComparisonOperator[] = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'];
const ASKED = FIELDS.filter((name) =>
  /^(?:id|userName|externalId|active|createdAt|updatedAt|name|displayName|title|profileUrl|emails|photos|roles|addresses|enterprise)(?:\.|$)/u.test(
    name,
  ),
);

function comparisonOn(fields: readonly UserField[]): fc.Arbitrary<UserCriteria> {
  const simple = fields.filter((name) => USER_FIELDS[name].type !== 'complex');
  return fc.record({
    kind: fc.constant('compare' as const),
    field: fc.constantFrom(...simple),
    operator: fc.constantFrom(...OPERATORS),
    value: fc.oneof({ weight: 5, arbitrary: word }, fc.boolean(), fc.constant(NOW)),
  });
}

function criteriaOn(fields: readonly UserField[], leaf: fc.Arbitrary<UserCriteria>): fc.Arbitrary<UserCriteria> {
  const present = fc.record({ kind: fc.constant('present' as const), field: fc.constantFrom(...fields) });
  return fc.letrec<{ tree: UserCriteria }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      leaf,
      present,
      fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        of: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({ kind: fc.constant('not' as const), of: tie('tree') }),
    ),
  })).tree;
}

const some = fc.constantFrom('emails' as const, 'photos' as const, 'addresses' as const).chain((list) => {
  const parts = ASKED.filter((name) => name.startsWith(`${list}.`));
  return fc.record({
    kind: fc.constant('some' as const),
    list: fc.constant(list),
    where: criteriaOn(parts, comparisonOn(parts)),
  });
});
const criteria = criteriaOn(ASKED, fc.oneof(comparisonOn(ASKED), some));

describe('criteria in SQL', () => {
  it('answer as a plain reading in memory does', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    let everyone: User[] = [];
    const questions = fc.array(criteria, { minLength: 30, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(people, questions, async (drawn, asked) => {
        const users = drawn.map(({ externalId: _externalId, ...person }, index) =>
          aUser(workspaceId, {
            ...person,
            externalId: drawn[index]!.externalId === undefined ? null : `${drawn[index]!.externalId}${index}`,
          }),
        );
        await store.inWorkspace(workspaceId, async (tx) => {
          for (const user of everyone) await tx.users.remove(user.id);
        });
        await addUsers(store, workspaceId, users);
        everyone = users;
        for (const question of asked) {
          const found = await store.workspace(workspaceId).users.find(question, { offset: 0, limit: 100 });
          const expected = users.filter((user) => answers(user, question)).map((user) => user.userName);
          expect({ question, names: found.users.map((user) => user.userName), total: found.total }).toEqual({
            question,
            names: expected,
            total: expected.length,
          });
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('have every literal bound, so that no part of one is ever in the text', () => {
    fc.assert(
      fc.property(criteria, (question) => {
        const literals: string[] = [];
        const relabelled = JSON.parse(JSON.stringify(question), (key, value: unknown) => {
          if (key !== 'value' || typeof value !== 'string') return value;
          literals.push(value);
          return `zqx'${value}`;
        }) as UserCriteria;
        const { sql, parameters } = conditionOf(relabelled, SITE);
        expect(sql).not.toContain('zqx');
        expect(sql.split('?').length - 1).toBe(parameters.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it('refuse a field that is not in the table, whose name would be in the text', () => {
    const question = { kind: 'present', field: "title') or 1 --" } as unknown as UserCriteria;
    expect(() => conditionOf(question, SITE)).toThrow(TypeError);
  });

  it('take a chain of a thousand alternatives', async () => {
    const { store, workspaceId } = await storeWithWorkspace();
    await addUsers(store, workspaceId, [aUser(workspaceId, { userName: 'name-999' })]);
    const of = Array.from({ length: 1_000 }, (_, index) => ({
      kind: 'compare' as const,
      field: 'userName' as const,
      operator: 'eq' as const,
      value: `name-${index}`,
    }));
    const found = await store.workspace(workspaceId).users.find({ kind: 'or', of }, { offset: 0, limit: 10 });
    expect(found.total).toBe(1);
  });

  it.each(['userName', 'externalId', 'id'] as const)('find by %s through its index', (field) => {
    const eq: UserCriteria = { kind: 'compare', field, operator: 'eq', value: 'x' };
    expect(conditionOf(eq, SITE).unique).toBe(true);
    expect(conditionOf({ kind: 'and', of: [{ kind: 'present', field: 'title' }, eq] }, SITE).unique).toBe(true);
    expect(conditionOf({ kind: 'or', of: [eq, eq] }, SITE).unique).toBe(false);
    expect(conditionOf({ kind: 'not', of: eq }, SITE).unique).toBe(false);
  });
});
