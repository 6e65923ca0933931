import type { DirectoryClient } from './client.ts';
import { ConnectionFailure, DirectoryFailure, Stopped } from './failures.ts';
import type { PushedGroup } from './groups/directory.ts';
import type { Difference, OnPage } from './import-walk.ts';
import type { OnProgress } from './options.ts';
import type { Provider } from './provider.ts';
import type { Problem } from './report.ts';
import type { Account, Step } from './simulation.ts';

/** Who does the work, for whom, and who is told. */
export interface Crew {
  readonly client: DirectoryClient;
  readonly sentences: Provider['sentences'];
  readonly concurrency: number;
  readonly onProgress?: OnProgress | undefined;
}

/** How far a step came. */
export interface Counts {
  readonly done: number;
  readonly total: number;
}

/** Does a run's work, some pieces at a time, tells how far it came, and keeps what failed. */
export class Attempts {
  readonly problems: Problem[] = [];
  readonly #crew: Crew;

  constructor(crew: Crew) {
    this.#crew = crew;
  }

  /** Does `act` for each subject, some at a time; after a failure its subject is in doubt. */
  async each<Subject extends Account | PushedGroup>(
    step: Step,
    subjects: readonly Subject[],
    act: (subject: Subject) => Promise<void>,
  ): Promise<Counts> {
    const total = subjects.length;
    const queue = subjects.values();
    let done = 0;
    this.progress(0, total, step);
    const work = async () => {
      for (const subject of queue) {
        if (!(await this.attempt(step, () => act(subject), subject))) subject.doubtful = true;
        if (this.#crew.client.stopReason !== undefined) return;
        this.progress(++done, total, step);
      }
    };
    await Promise.all(Array.from({ length: this.#crew.concurrency }, work));
    return { done, total };
  }

  /** An import: `compare` walks a list and returns what is not as it should be. */
  async walk(step: Step, compare: (onPage: OnPage) => Promise<Difference[]>): Promise<Counts> {
    let counts: Counts = { done: 0, total: 0 };
    await this.attempt(step, async () => {
      const found = await compare((done, total) => {
        counts = { done, total };
        this.progress(done, total, step);
      });
      this.problems.push(...found.map((difference) => ({ step, ...difference })));
    });
    return counts;
  }

  /** Whether `work` went well; a failure becomes a problem, a stop is noted once after the step. */
  async attempt(step: Step, work: () => Promise<void>, subject?: Account | PushedGroup): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (error instanceof Stopped) return false;
      if (!(error instanceof DirectoryFailure)) throw error;
      const about = subject && nameOf(subject);
      const message = this.#sentence(step, error, about?.group ?? about?.userName);
      this.problems.push({ step, ...about, message });
      return false;
    }
  }

  progress(done: number, total: number, label: Step): void {
    this.#crew.onProgress?.(done, total, label);
  }

  /** What the admin reads; a connection that failed in the test is one plain sentence. */
  #sentence(step: Step, failure: DirectoryFailure, name = ''): string {
    if (step === 'test' && failure instanceof ConnectionFailure) return failure.message;
    const failed = step === 'test' ? failure.message.replace(/\.$/, '') : failure.message;
    return this.#crew.sentences[step](name, failed);
  }
}

function nameOf(subject: Account | PushedGroup): { userName?: string; group?: string } {
  return 'person' in subject ? { userName: subject.person.userName } : { group: subject.name };
}
