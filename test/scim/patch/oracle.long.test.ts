import { test } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserAttributes } from '../../../src/domain/user-attributes.ts';
import { ScimError } from '../../../src/scim/errors.ts';
import { applyPatch } from '../../../src/scim/patch/apply.ts';
import { readOperations } from '../../../src/scim/patch/operations.ts';
import { USER } from '../../../src/scim/schema/user.ts';
import { fromAttributes, toAttributes } from '../../../src/scim/user.ts';
import { IS_LONG } from '../../support/long.ts';
import { startRollcall, type Rollcall, type TestWorkspace } from '../../support/rollcall.ts';
import { scim } from '../../support/scim-client.ts';
import type { Plain, Record_ } from './oracle/facts.ts';
import type { Outcome } from './oracle/model.ts';
import { patched } from './oracle/model.ts';
import { body, user } from './oracle/pairs.ts';

const PAIRS = IS_LONG ? 200_000 : 2_000;
const CALLS = IS_LONG ? 2_000 : 60;

/** What `PATCH /Users/{id}` makes of a user, without the store. */
function answered(resource: Record_, sent: Plain): Outcome {
  const tolerate = () => {};
  try {
    const before = toAttributes(resource);
    const operations = readOperations(sent, tolerate);
    const after = applyPatch(USER, fromAttributes(before), { operations, tolerate });
    const attributes: UserAttributes = toAttributes(after.resource, before);
    const password = after.password === undefined ? {} : { password: after.password };
    return { resource: fromAttributes(attributes), ...password };
  } catch (error) {
    if (error instanceof ScimError && error.scimType !== undefined) return { scimType: error.scimType };
    throw error;
  }
}

describe('K1 the PATCH of a user, against a model written from RFC 7644 §3.5.2', () => {
  const seen = new Map<string, number>();

  test.prop([user, body], { numRuns: PAIRS })(
    `ends as the model says for ${PAIRS.toLocaleString('en')} random users and bodies`,
    (resource, sent) => {
      const expected = patched(resource, sent);
      const kind = 'scimType' in expected ? expected.scimType : 'changed';
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
      expect(answered(structuredClone(resource), sent)).toEqual(expected);
    },
    30 * 60_000,
  );

  it('was asked for every outcome that a PATCH of a user can have', () => {
    const outcomes = [
      'changed',
      'invalidFilter',
      'invalidPath',
      'invalidSyntax',
      'invalidValue',
      'mutability',
      'noTarget',
    ];
    expect([...seen.keys()].toSorted()).toEqual(outcomes);
    const total = [...seen.values()].reduce((sum, count) => sum + count, 0);
    expect(seen.get('changed')! / total).toBeGreaterThan(0.2);
    if (IS_LONG) process.stdout.write(`K1 outcomes: ${JSON.stringify(Object.fromEntries(seen))}\n`);
  });
});

describe('K1 the same over HTTP', () => {
  let rollcall: Rollcall;
  let workspace: TestWorkspace;

  beforeAll(async () => {
    rollcall = await startRollcall();
    workspace = await rollcall.workspace('acme');
  });
  afterAll(() => rollcall.close());

  /** What is derived on read has its own tests; ids and times are the server's. */
  function own({ id: _id, meta: _meta, schemas: _schemas, groups: _groups, ...rest }: Record_): Record_ {
    const { formatted: _formatted, ...name } = (rest['name'] ?? {}) as Record_;
    const { name: _name, ...others } = rest;
    return Object.keys(name).length === 0 ? others : { ...others, name };
  }

  test.prop([user, body], { numRuns: CALLS })(
    `ends as the model says for ${CALLS.toLocaleString('en')} random users and bodies`,
    async (resource, sent) => {
      const { body: made, text } = await scim(workspace, 'POST', '/Users', { body: resource });
      expect(made.id, text).toBeTypeOf('string');
      const path = `/Users/${made.id}`;
      const expected = patched(resource, sent);
      const answer = await scim(workspace, 'PATCH', path, { body: sent });
      const { body: after } = await scim(workspace, 'GET', path);
      await scim(workspace, 'DELETE', path);
      if ('scimType' in expected) {
        expect([answer.status, answer.body.scimType]).toEqual([400, expected.scimType]);
        expect(after).toEqual(made);
      } else {
        expect(answer.status, answer.text).toBe(200);
        expect(own(after)).toEqual(own(expected.resource));
        expect(answer.body).toEqual(after);
      }
    },
    30 * 60_000,
  );
});
