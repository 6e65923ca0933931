import { afterAll, afterEach, beforeAll } from 'vitest';
import { simulateOkta } from '../../../src/simulator/okta.ts';
import type { SimulationOptions } from '../../../src/simulator/options.ts';
import { startRollcall, type Rollcall, type TestWorkspace } from '../../support/rollcall.ts';
import { Wire } from './wire.ts';

/** Simulates Okta over a wire, with a dozen people and four groups unless told otherwise. */
export type Run = (options?: Partial<SimulationOptions>) => ReturnType<typeof simulateOkta>;

/** A workspace of the real Rollcall behind a wire. */
export interface Wired {
  readonly wire: Wire;
  readonly workspace: TestWorkspace;
  readonly run: Run;
}

/** Starts the real Rollcall for a file's tests; each call makes a workspace, and every call to it passes a wire that a test can look at and tamper with. */
export function wiredRollcall(): () => Promise<Wired> {
  const wires: Wire[] = [];
  let rollcall: Rollcall;
  let workspaces = 0;
  beforeAll(async () => {
    rollcall = await startRollcall();
  });
  afterEach(async () => {
    await Promise.all(wires.splice(0).map((wire) => wire.close()));
  });
  afterAll(() => rollcall.close());
  return async () => {
    const workspace = await rollcall.workspace(`groups-${++workspaces}`);
    const wire = await Wire.to(workspace.baseUrl);
    wires.push(wire);
    const usual = { baseUrl: wire.baseUrl, token: workspace.key, users: 12, groups: 4 };
    return { wire, workspace, run: (options) => simulateOkta({ ...usual, ...options }) };
  };
}
