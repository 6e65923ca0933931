import { fc, test } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { startRollcall, type Rollcall, type TestWorkspace } from '../support/rollcall.ts';
import { scim } from '../support/scim-client.ts';

let rollcall: Rollcall;
let workspace: TestWorkspace;
let group: string;
const people: string[] = [];

beforeAll(async () => {
  rollcall = await startRollcall();
  workspace = await rollcall.workspace('acme');
  for (let index = 0; index < 5; index += 1)
    people.push((await workspace.user({ userName: `p${index}@acme.example` })).id);
  group = (await scim(workspace, 'POST', '/Groups', { body: { displayName: 'Model' } })).body.id;
});
afterAll(() => rollcall.close());

const someone = fc.integer({ min: 0, max: 4 });
const few = fc.array(someone, { maxLength: 4 });

/** An operation as it is sent, and what it makes of a plain set. */
interface Step {
  readonly sent: () => object;
  readonly model: (before: ReadonlySet<number>) => Set<number>;
}

const values = (of: readonly number[]) => of.map((index) => ({ value: people[index]! }));
const step = fc.oneof(
  few.map((who): Step => ({
    sent: () => ({ op: 'add', path: 'members', value: values(who) }),
    model: (before) => new Set([...before, ...who]),
  })),
  few.map((who): Step => ({
    sent: () => ({ op: 'Replace', path: 'members', value: values(who) }),
    model: () => new Set(who),
  })),
  few.map((who): Step => ({
    sent: () => ({ op: 'replace', value: { displayName: 'Model', members: values(who) } }),
    model: () => new Set(who),
  })),
  few.map((who): Step => ({
    sent: () => ({ op: 'Remove', path: 'members', value: values(who) }),
    model: (before) => new Set([...before].filter((index) => !who.includes(index))),
  })),
  someone.map((who): Step => ({
    sent: () => ({ op: 'remove', path: `members[value eq "${people[who]}"]` }),
    model: (before) => new Set([...before].filter((index) => index !== who)),
  })),
  fc.constant<Step>({ sent: () => ({ op: 'remove', path: 'members' }), model: () => new Set() }),
  fc.constant<Step>({
    sent: () => ({ op: 'replace', value: { id: group, displayName: 'Model' } }),
    model: (before) => new Set(before),
  }),
);

describe('the laws of a SCIM group', () => {
  test.prop([few, fc.array(step, { maxLength: 6 })], { numRuns: 150 })(
    'a PATCH does to its members what its operations, one after the other, do to a plain set',
    async (start, steps) => {
      const put = { displayName: 'Model', members: values(start) };
      const { body: before } = await scim(workspace, 'PUT', `/Groups/${group}`, { body: put });
      const Operations = steps.map(({ sent }) => sent());
      const { status, body } = await scim(workspace, 'PATCH', `/Groups/${group}`, { body: { Operations } });
      expect(status).toBe(200);
      const expected = steps.reduce<Set<number>>((held, { model }) => model(held), new Set(start));
      const ids = body.members.map(({ value }: { value: string }) => value);
      expect(ids.toSorted()).toEqual([...expected].map((index) => people[index]!).toSorted());
      const isSame = expected.size === new Set(start).size && start.every((index) => expected.has(index));
      expect(body.meta.version === before.meta.version, 'the version grows with a change alone').toBe(isSame);
      const { body: users } = await scim(workspace, 'GET', '/Users?attributes=groups');
      for (const user of users.Resources)
        expect(user.groups?.[0]?.value === group, user.id).toBe(ids.includes(user.id));
    },
  );
});
