import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What a team would pick instead of Rollcall; README.md says how each is set. */
export const PEER_NAMES = ['scimmy', 'jackson', 'jackson-normal'] as const;

/** One peer. */
export type PeerName = (typeof PEER_NAMES)[number];

interface Peer {
  readonly script: string;
  /** The package that must be in bench/node_modules. */
  readonly package: string;
  /** Its environment. */
  readonly settings: Readonly<Record<string, string>>;
  /** Scenarios that it cannot play, each with the reason. */
  readonly cannot: Readonly<Record<string, string>>;
}

const JACKSON = {
  script: 'bench/peers/jackson.ts',
  package: '@boxyhq/saml-jackson',
  cannot: {
    lookup:
      'whatever attribute the filter names, it compares the value with e-mail addresses, letter for letter and ' +
      'without apostrophes, so that it answers most of these look-ups with nobody',
    group: 'it changes the name alone and passes over the members',
  },
};

/** Where each peer's server is, how it is set, and what it cannot do. */
export const PEERS: Readonly<Record<PeerName, Peer>> = {
  scimmy: { script: 'bench/peers/scimmy.ts', package: 'scimmy-routers', settings: {}, cannot: {} },
  jackson: { ...JACKSON, settings: { JOURNAL: 'delete' } },
  'jackson-normal': { ...JACKSON, settings: { JOURNAL: 'wal' } },
};

const isPeer = (name: string): name is PeerName => (PEER_NAMES as readonly string[]).includes(name);

/** Why a server cannot play a scenario; undefined where it can. */
export function whyNot(server: string, scenario: string): string | undefined {
  return isPeer(server) ? PEERS[server].cannot[scenario] : undefined;
}

/** Says of a peer whose package is missing how to install it; undefined when all are there. */
export function whatIsMissing(servers: readonly string[]): string | undefined {
  const folder = join(import.meta.dirname, 'node_modules');
  const missing = servers.filter(isPeer).find((name) => !existsSync(join(folder, PEERS[name].package, 'package.json')));
  if (missing === undefined) return undefined;
  return (
    `${missing} cannot be measured: its package ${PEERS[missing].package} is not installed. Install the peers with ` +
    '`npm --prefix bench ci --ignore-scripts`, or leave it out of --servers.'
  );
}
