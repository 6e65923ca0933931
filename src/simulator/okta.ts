import { idOf, LIFE } from './okta/lifecycle.ts';
import { pushGroup } from './okta/push.ts';
import { SENTENCES } from './okta/sentences.ts';
import { headersOf, testConnection } from './okta/transport.ts';
import { SimulationOptionsSchema, type SimulationOptions } from './options.ts';
import { oktaIdOf } from './people/person.ts';
import type { Provider } from './provider.ts';
import type { SimulationReport } from './report.ts';
import { simulate } from './run.ts';

/** Okta; its dialect is an option. */
const OKTA: Provider = {
  name: 'Okta',
  headers: headersOf,
  idOf: oktaIdOf,
  test: testConnection,
  life: LIFE,
  meet: idOf,
  pushGroup,
  sentences: SENTENCES,
};

/** Lives whole lives of people against a SCIM server, as Okta would, and reports what Okta's admin would see. Fails with: ZodError for wrong options; everything the server does wrong is in the report. */
export async function simulateOkta(options: SimulationOptions): Promise<SimulationReport> {
  return await simulate(OKTA, SimulationOptionsSchema.parse(options));
}
