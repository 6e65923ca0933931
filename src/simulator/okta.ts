import { SimulationOptionsSchema, type SimulationOptions } from './options.ts';
import type { SimulationReport } from './report.ts';
import { SimulationRun } from './run.ts';

/** Lives whole lives of people against a SCIM server, as Okta would, and reports what Okta's admin would see. Fails with: ZodError for wrong options; everything the server does wrong is in the report. */
export async function simulateOkta(options: SimulationOptions): Promise<SimulationReport> {
  const settings = SimulationOptionsSchema.parse(options);
  const run = new SimulationRun(settings);
  const started = performance.now();
  try {
    await run.play();
  } finally {
    run.close();
  }
  return run.report(performance.now() - started);
}
