import { Attempts, type Counts } from './attempts.ts';
import { Chaos } from './chaos.ts';
import { DirectoryClient } from './client.ts';
import { groupsOf, type PushedGroup } from './groups/directory.ts';
import { groupDifferences, importGroups, inverseDifferences } from './groups/import-walk.ts';
import { differences, importUsers } from './import-walk.ts';
import { peopleOf, type SimulationSettings } from './options.ts';
import type { Provider } from './provider.ts';
import { CallLog, type SimulationReport, type StepTally } from './report.ts';
import { accountsOf, STEPS, type Account, type LifeStep, type Simulation, type Step } from './simulation.ts';

/** Plays a provider's whole simulation and reports on it. Everything the server does wrong is in the report. */
export async function simulate(provider: Provider, settings: SimulationSettings): Promise<SimulationReport> {
  const run = new SimulationRun(provider, settings);
  const started = performance.now();
  try {
    await run.play();
  } finally {
    run.close();
  }
  return run.report(performance.now() - started);
}

/** One run from its first call to its report. */
class SimulationRun {
  readonly #provider: Provider;
  readonly #settings: SimulationSettings;
  readonly #calls = new CallLog();
  readonly #chaos: Chaos | undefined;
  readonly #simulation: Simulation;
  readonly #accounts: Account[];
  readonly #attempts: Attempts;
  readonly #steps: StepTally[] = [];
  #groups: PushedGroup[] = [];
  #importedUserNames: string[] = [];
  #stopped: string | undefined;

  constructor(provider: Provider, settings: SimulationSettings) {
    const { headers, sentences, idOf } = provider;
    const { dialect, concurrency, onProgress, passwordSync } = settings;
    const maxConnectionErrors = settings.maxConnectionErrors ?? concurrency + 4;
    this.#chaos = settings.chaos && new Chaos(settings.chaos);
    const client = new DirectoryClient({
      ...settings,
      chaos: this.#chaos,
      headers,
      maxConnectionErrors,
      onCall: this.#calls.record,
    });
    this.#provider = provider;
    this.#settings = settings;
    const passwords = passwordSync ? { created: 0, changed: 0 } : undefined;
    this.#simulation = { client, dialect, passwords, acknowledgedCreates: [] };
    this.#attempts = new Attempts({ client, sentences, concurrency, onProgress });
    this.#accounts = accountsOf(peopleOf(settings), idOf);
  }

  /** Plays the wanted steps in their order, until the end or until something stops the run. */
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
    const { baseUrl, groups } = this.#settings;
    const { passwords, acknowledgedCreates } = this.#simulation;
    return {
      baseUrl,
      provider: this.#provider.name,
      dialect: this.#provider.dialect ?? this.#settings.dialect,
      people: this.#accounts.length,
      groups,
      milliseconds,
      ok: this.#attempts.problems.length === 0,
      ...(this.#stopped !== undefined && { stopped: this.#stopped }),
      steps: this.#steps,
      calls: this.#calls.tallies(),
      ...(passwords && { passwords }),
      ...(this.#chaos && { chaos: this.#chaos.tally }),
      problems: this.#attempts.problems,
      acknowledgedCreates,
      importedUserNames: this.#importedUserNames,
    };
  }

  #isWanted(step: Step): boolean {
    const { steps, groups, passwordSync } = this.#settings;
    if (!steps.includes(step)) return false;
    if (step === 'groups' || step === 'importGroups') return groups > 0;
    if (step === 'test' || step === 'import') return true;
    return step in this.#provider.life && (step !== 'password' || passwordSync);
  }

  async #playStep(step: Step): Promise<Counts> {
    if (step === 'test') return await this.#test();
    if (step === 'groups') return await this.#pushGroups();
    if (step === 'import') return await this.#import();
    if (step === 'importGroups') return await this.#importGroups();
    return await this.#live(step);
  }

  /** A refused test ends the run: nobody gets past the settings page with it. */
  async #test(): Promise<Counts> {
    const passed = await this.#attempts.attempt('test', () => this.#provider.test(this.#simulation.client));
    if (!passed) this.#stopped = this.#attempts.problems.at(-1)?.message;
    this.#attempts.progress(Number(passed), 1, 'test');
    return { done: Number(passed), total: 1 };
  }

  async #live(step: LifeStep): Promise<Counts> {
    const act = this.#provider.life[step];
    if (!act) return { done: 0, total: 0 };
    const concerned = this.#known().filter(({ leaves }) => leaves || step !== 'delete');
    const counts = await this.#attempts.each(step, concerned, (account) => act(this.#simulation, account));
    if (step === 'delete') this.#forgetTheDeleted();
    return counts;
  }

  /** Who is deleted is a member of nothing any more. */
  #forgetTheDeleted(): void {
    const gone = new Set(this.#accounts.filter(({ deleted }) => deleted).map(({ id }) => id));
    for (const group of this.#groups) group.members = group.members.filter(({ value }) => !gone.has(value));
  }

  /** Only people the server knows are members. */
  async #pushGroups(): Promise<Counts> {
    const strangers = this.#known().filter(({ id }) => id === undefined);
    await this.#attempts.each(
      'groups',
      strangers,
      async (account) => void (await this.#provider.meet(this.#simulation, account)),
    );
    const people = this.#known().flatMap(({ id: value, person }) =>
      value ? [{ value, display: person.userName }] : [],
    );
    this.#groups = groupsOf(this.#settings.groups, people, this.#settings.prefix);
    return await this.#attempts.each('groups', this.#groups, (group) =>
      this.#provider.pushGroup(this.#simulation, group),
    );
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
