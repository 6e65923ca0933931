import type { Answer, TestServer } from './server.ts';

const SIGN_IN = `mutation ($input: SignInWithPasswordInput!) { signInWithPassword(input: $input) { __typename
  ... on SignInWithPasswordSuccess { viewer { sessionExpiresAt user { userName status } } }
  ... on RuleBrokenError { rule message } } }`;

/** A browser with one cookie jar, on the page of an origin. */
export class Browser {
  readonly #server: Pick<TestServer, 'post'>;
  readonly #origin: string;
  /** The `Cookie` header that it sends. */
  cookie: string | undefined;

  constructor(server: Pick<TestServer, 'post'>, origin = 'https://rollcall.test') {
    this.#server = server;
    this.#origin = origin;
  }

  async ask(query: string, variables: object = {}, headers: Record<string, string> = {}): Promise<Answer> {
    const answer = await this.#server.post(JSON.stringify({ query, variables }), {
      origin: this.#origin,
      'sec-fetch-site': 'same-origin',
      ...(this.cookie === undefined ? {} : { cookie: this.cookie }),
      ...headers,
    });
    const [set] = answer.headers.getSetCookie();
    if (set !== undefined) this.cookie = set.includes('Max-Age=0') ? undefined : set.split(';', 1)[0];
    return answer;
  }

  signIn(workspaceSlug: string, userName: string, password: string): Promise<Answer> {
    return this.ask(SIGN_IN, { input: { workspaceSlug, userName, password } });
  }

  signOut(everywhere = false): Promise<Answer> {
    return this.ask(
      'mutation ($all: Boolean!) { signOut(input: { everywhere: $all }) { ... on SignOutSuccess { endedSessionCount } } }',
      { all: everywhere },
    );
  }
}
