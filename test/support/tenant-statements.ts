import { afterAll, expect } from 'vitest';
import { Statements } from '../../src/db/postgresql/pool.ts';
import { PreparingDatabase } from '../../src/db/sqlite/database.ts';
import { strayStatements } from './tenant-rule.ts';

// D4: whatever a file of tests makes the store ask, each text is looked at when the file ends.

const asked = new Set<string>();

/** Notes the text, which is one of the arguments, at each call of a method. */
function listenTo<T extends object>(prototype: T, name: keyof T, at: number): void {
  const method = prototype[name] as (...args: unknown[]) => unknown;
  prototype[name] = function (this: T, ...args: unknown[]) {
    asked.add(args[at] as string);
    return Reflect.apply(method, this, args);
  } as T[keyof T];
}

listenTo(PreparingDatabase.prototype, 'prepare', 0);
listenTo(Statements.prototype, 'run', 1);

afterAll(() => {
  expect(strayStatements([...asked]), 'statements on tables of workspaces that name no workspace').toEqual([]);
});
