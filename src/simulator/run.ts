import { Attempts, type Counts } from './attempts.ts';
import { OktaClient } from './client.ts';
import { groupsOf, type PushedGroup } from './groups/directory.ts';
import { groupDifferences, importGroups, inverseDifferences } from './groups/import-walk.ts';
import { pushGroup } from './groups/push.ts';
import { differences, importUsers } from './import-walk.ts';
import { idOf, LIFE } from './lifecycle.ts';
import { peopleOf, type SimulationSettings } from './options.ts';
import { CallLog, type SimulationReport, type StepTally } from './report.ts';
import { accountOf, STEPS, type Account, type Simulation, type Step } from './simulation.ts';
import { testConnection } from './users.ts';

/** One run from its first call to its report. */
export class SimulationRun {
  readonly #settings: SimulationSettings;
  readonly #calls = new CallLog();
  readonly #simulation: Simulation;
  readonly #accounts: Account[];
  readonly #attempts: Attempts;
  readonly #steps: StepTally[] = [];
  #groups: PushedGroup[] = [];
  #importedUserNames: string[] = [];
  #stopped: string | undefined;

  constructor(settings: SimulationSettings) {
    const { dialect, concurrency } = settings;
    const maxConnectionErrors = settings.maxConnectionErrors ?? concurrency + 4;
    const client = new OktaClient({ ...settings, maxConnectionErrors, onCall: this.#calls.record });
    this.#settings = settings;
    this.#simulation = { client, dialect, acknowledgedCreates: [] };
    this.#attempts = new Attempts(client, concurrency, settings.onProgress);
    this.#accounts = peopleOf(settings).map(accountOf);
  }

  /** Plays the wanted steps in Okta's order, until the end or until something stops the run. */
  async play(): Promise<void> {
    for (const step of STEPS.filter((name) => this.#isWanted(name))) {
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
    const { baseUrl, dialect, groups } = this.#settings;
    return {
      baseUrl,
      dialect,
      people: this.#accounts.length,
      groups,
      milliseconds,
      ok: this.#attempts.problems.length === 0,
      ...(this.#stopped !== undefined && { stopped: this.#stopped }),
      steps: this.#steps,
      calls: this.#calls.tallies(),
      problems: this.#attempts.problems,
      acknowledgedCreates: this.#simulation.acknowledgedCreates,
      importedUserNames: this.#importedUserNames,
    };
  }

  #isWanted(step: Step): boolean {
    const { steps, groups } = this.#settings;
    return steps.includes(step) && (groups > 0 || (step !== 'groups' && step !== 'importGroups'));
  }

  async #playStep(step: Step): Promise<Counts> {
    if (step === 'test') return await this.#test();
    if (step === 'groups') return await this.#pushGroups();
    if (step === 'import') return await this.#import();
    if (step === 'importGroups') return await this.#importGroups();
    return await this.#attempts.each(step, this.#known(), (account) => LIFE[step](this.#simulation, account));
  }

  /** A refused test ends the run: nobody gets past Okta's settings page with it. */
  async #test(): Promise<Counts> {
    const passed = await this.#attempts.attempt('test', () => testConnection(this.#simulation.client));
    if (!passed) this.#stopped = this.#attempts.problems.at(-1)?.message;
    this.#attempts.progress(Number(passed), 1, 'test');
    return { done: Number(passed), total: 1 };
  }

  /** Only people the server knows are members. */
  async #pushGroups(): Promise<Counts> {
    const strangers = this.#known().filter(({ id }) => id === undefined);
    await this.#attempts.each('groups', strangers, async (account) => void (await idOf(this.#simulation, account)));
    const people = this.#known().flatMap(({ id: value, person }) =>
      value ? [{ value, display: person.userName }] : [],
    );
    this.#groups = groupsOf(this.#settings.groups, people, this.#settings.prefix);
    return await this.#attempts.each('groups', this.#groups, (group) => pushGroup(this.#simulation, group));
  }

  async #import(): Promise<Counts> {
    return await this.#attempts.walk('import', async (onPage) => {
      const users = await importUsers(this.#simulation.client, onPage);
      this.#importedUserNames = Array.from(users.values(), ({ userName }) => userName);
      return differences(this.#accounts, users);
    });
  }

  async #importGroups(): Promise<Counts> {
    const { client } = this.#simulation;
    return await this.#attempts.walk('importGroups', async (onPage) => {
      const groups = await importGroups(client, onPage);
      return [...groupDifferences(this.#groups, groups), ...(await inverseDifferences(client, this.#accounts, groups))];
    });
  }

  #known(): Account[] {
    return this.#accounts.filter(({ doubtful }) => !doubtful);
  }

  #noteStop(step: Step): void {
    const reason = this.#simulation.client.stopReason;
    if (reason === undefined || this.#stopped !== undefined) return;
    this.#stopped = reason;
    this.#attempts.problems.push({ step, message: reason });
  }
}
