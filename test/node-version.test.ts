import { describe, expect, it } from 'vitest';
import { assertNodeVersion, nodeVersionFault } from '../src/node-version.ts';

describe('the version guard', () => {
  it.each(['v18.20.4', 'v20.0.0', 'v23.11.1', '8.17.0'])('refuses Node %s in one line that names it', (version) => {
    const fault = nodeVersionFault(version);
    expect(fault).toContain(`this is Node ${version.replace('v', '')}.`);
    expect(fault).not.toContain('\n');
  });

  it.each(['v24.0.0', 'v26.10.0', 'v100.0.0-nightly'])('takes Node %s', (version) => {
    expect(nodeVersionFault(version)).toBeUndefined();
  });

  it('lets this Node go on', () => {
    expect(() => assertNodeVersion()).not.toThrow();
  });
});
