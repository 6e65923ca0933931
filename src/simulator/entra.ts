import { idOf, LIFE } from './entra/lifecycle.ts';
import { pushGroup } from './entra/push.ts';
import { SENTENCES } from './entra/sentences.ts';
import { headersOf, testConnection } from './entra/transport.ts';
import { SimulationOptionsSchema, type SimulationOptions } from './options.ts';
import { entraIdOf } from './people/person.ts';
import type { Provider } from './provider.ts';
import type { SimulationReport } from './report.ts';
import { simulate } from './run.ts';

/** Microsoft Entra ID, without the flag `aadOptscim062020`. */
const ENTRA: Provider = {
  name: 'Entra ID',
  dialect: 'entra',
  headers: headersOf,
  idOf: entraIdOf,
  test: testConnection,
  life: LIFE,
  meet: idOf,
  pushGroup,
  sentences: SENTENCES,
};

/** Lives whole lives of people against a SCIM server, as Entra ID would; at the end it reads both lists, which Entra ID itself never does, to compare them. Fails with: ZodError for wrong options; everything the server does wrong is in the report. */
export async function simulateEntra(
  options: Omit<SimulationOptions, 'dialect' | 'passwordSync'>,
): Promise<SimulationReport> {
  return await simulate(ENTRA, SimulationOptionsSchema.parse(options));
}
