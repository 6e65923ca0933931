import { OktaClient } from './client.ts';
import { testConnection } from './connection-test.ts';
import { OktaFailure, oktaSentence, Stopped } from './failures.ts';
import { differences, importUsers } from './import-walk.ts';
import { LIFE } from './lifecycle.ts';
import { peopleOf, type SimulationSettings } from './options.ts';
import type { Person } from './people/person.ts';
import { CallLog, type Problem, type SimulationReport, type StepTally } from './report.ts';
import { accountOf, STEPS, type Account, type LifeStep, type Simulation, type Step } from './simulation.ts';

/** One run from its first call to its report. */
export class SimulationRun {
  readonly #settings: SimulationSettings;
  readonly #calls = new CallLog();
  readonly #simulation: Simulation;
  readonly #accounts: Account[];
  readonly #problems: Problem[] = [];
  readonly #steps: StepTally[] = [];
  #importedUserNames: string[] = [];
  #stopped: string | undefined;

  constructor(settings: SimulationSettings) {
    const { baseUrl, token, dialect, concurrency, timeoutMilliseconds, signal } = settings;
    const maxConnectionErrors = settings.maxConnectionErrors ?? concurrency + 4;
    const onCall = this.#calls.record;
    const client = new OktaClient({
      baseUrl,
      token,
      concurrency,
      maxConnectionErrors,
      timeoutMilliseconds,
      signal,
      onCall,
    });
    this.#settings = settings;
    this.#simulation = { client, dialect, acknowledgedCreates: [] };
    this.#accounts = peopleOf(settings).map(accountOf);
  }

  /** Plays the wanted steps in Okta's order, until the end or until something stops the run. */
  async play(): Promise<void> {
    for (const step of STEPS.filter((name) => this.#settings.steps.includes(name))) {
      const started = performance.now();
      const { done, total } = await this.#playStep(step);
      this.#steps.push({ step, done, total, milliseconds: performance.now() - started });
      this.#noteStop(step);
      if (this.#stopped !== undefined) return;
    }
  }

  close(): void {
    this.#simulation.client.close();
  }

  report(milliseconds: number): SimulationReport {
    const { baseUrl, dialect } = this.#settings;
    return {
      baseUrl,
      dialect,
      people: this.#accounts.length,
      milliseconds,
      ok: this.#problems.length === 0,
      ...(this.#stopped !== undefined && { stopped: this.#stopped }),
      steps: this.#steps,
      calls: this.#calls.tallies(),
      problems: this.#problems,
      acknowledgedCreates: this.#simulation.acknowledgedCreates,
      importedUserNames: this.#importedUserNames,
    };
  }

  async #playStep(step: Step): Promise<{ done: number; total: number }> {
    if (step === 'test') return await this.#test();
    if (step === 'import') return await this.#import();
    return await this.#live(step);
  }

  /** A refused test ends the run: nobody gets past Okta's settings page with it. */
  async #test(): Promise<{ done: number; total: number }> {
    const passed = await this.#attempt('test', () => testConnection(this.#simulation.client));
    if (!passed) this.#stopped = this.#problems.at(-1)?.message;
    this.#progress(Number(passed), 1, 'test');
    return { done: Number(passed), total: 1 };
  }

  async #live(step: LifeStep): Promise<{ done: number; total: number }> {
    const accounts = this.#accounts.filter(({ doubtful }) => !doubtful);
    const total = accounts.length;
    const queue = accounts.values();
    let done = 0;
    this.#progress(0, total, step);
    const work = async () => {
      for (const account of queue) {
        const lived = await this.#attempt(step, () => LIFE[step](this.#simulation, account), account.person);
        if (!lived) account.doubtful = true;
        if (this.#simulation.client.stopReason !== undefined) return;
        this.#progress(++done, total, step);
      }
    };
    await Promise.all(Array.from({ length: this.#settings.concurrency }, work));
    return { done, total };
  }

  async #import(): Promise<{ done: number; total: number }> {
    let counts = { done: 0, total: 0 };
    await this.#attempt('import', async () => {
      const users = await importUsers(this.#simulation.client, (done, total) => {
        counts = { done, total };
        this.#progress(done, total, 'import');
      });
      this.#importedUserNames = Array.from(users.values(), ({ userName }) => userName);
      this.#problems.push(
        ...differences(this.#accounts, users).map((found) => ({ step: 'import' as const, ...found })),
      );
    });
    return counts;
  }

  /** Whether `work` went well; a failure becomes a problem, a stop is noted once after the step. */
  async #attempt(step: Step, work: () => Promise<void>, person?: Person): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (error instanceof Stopped) return false;
      if (!(error instanceof OktaFailure)) throw error;
      this.#problems.push({ step, userName: person?.userName, message: oktaSentence(step, error, person) });
      return false;
    }
  }

  #noteStop(step: Step): void {
    const reason = this.#simulation.client.stopReason;
    if (reason === undefined || this.#stopped !== undefined) return;
    this.#stopped = reason;
    this.#problems.push({ step, message: reason });
  }

  #progress(done: number, total: number, label: Step): void {
    this.#settings.onProgress?.(done, total, label);
  }
}
