import { setTimeout as pause } from 'node:timers/promises';

/** What became of the users whom the writers made, by what the server answered. */
export interface Acknowledged {
  readonly created: ReadonlySet<string>;
  readonly deactivated: ReadonlySet<string>;
  readonly deleted: ReadonlySet<string>;
  /** Whose deletion was asked for, answered or not. */
  readonly maybeDeleted: ReadonlySet<string>;
}

/** Clients that write without end, each one call at a time, whatever becomes of the server. */
export class Writers {
  readonly #created = new Set<string>();
  readonly #deactivated = new Set<string>();
  readonly #deleted = new Set<string>();
  readonly #maybeDeleted = new Set<string>();
  /** How often each status was answered; 0 stands for no answer. */
  readonly statuses = new Map<number, number>();
  readonly #target: () => { readonly baseUrl: string; readonly key: string };
  readonly #clients: Promise<void>[];
  #number = 0;
  #isOver = false;

  constructor(count: number, target: () => { readonly baseUrl: string; readonly key: string }) {
    this.#target = target;
    this.#clients = Array.from({ length: count }, () => this.#client());
  }

  get acknowledged(): Acknowledged {
    return {
      created: this.#created,
      deactivated: this.#deactivated,
      deleted: this.#deleted,
      maybeDeleted: this.#maybeDeleted,
    };
  }

  /** Waits until so many more creations have been answered. */
  async progress(count: number): Promise<void> {
    const goal = this.#created.size + count;
    while (this.#created.size < goal) await pause(5);
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#clients);
  }

  async #client(): Promise<void> {
    while (!this.#isOver) await this.#life((this.#number += 1));
  }

  async #life(number: number): Promise<void> {
    const userName = `writer-${number}`;
    const made = await this.#call('POST', '/Users', { userName });
    if (made.status !== 201) return;
    this.#created.add(userName);
    const path = `/Users/${made.id}`;
    const Operations = [{ op: 'replace', value: { active: false } }];
    if (number % 2 === 0 && (await this.#call('PATCH', path, { Operations })).status === 200)
      this.#deactivated.add(userName);
    if (number % 5 !== 0) return;
    this.#maybeDeleted.add(userName);
    if ((await this.#call('DELETE', path)).status === 204) this.#deleted.add(userName);
  }

  async #call(method: string, path: string, body?: object): Promise<{ status: number; id?: string }> {
    const answer = await this.#ask(method, path, body).catch(() => ({ status: 0 }));
    this.statuses.set(answer.status, (this.statuses.get(answer.status) ?? 0) + 1);
    // Nobody hammers a server that is away.
    if (answer.status === 0 || answer.status === 503) await pause(25);
    return answer;
  }

  async #ask(method: string, path: string, body?: object): Promise<{ status: number; id?: string }> {
    const { baseUrl, key } = this.#target();
    const answer = await fetch(baseUrl + path, {
      method,
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/scim+json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, ...(answer.status === 201 ? { id: (JSON.parse(text) as { id: string }).id } : {}) };
  }
}
