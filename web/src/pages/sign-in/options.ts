/** How people sign in to a workspace. */
export interface SignInOptions {
  readonly sso: boolean;
}

/**
 * Asks how to sign in to a workspace. One that does not exist is answered like one without SSO: a stranger is not told
 * which there are.
 */
export async function askForOptions(slug: string): Promise<SignInOptions> {
  try {
    const response = await fetch(`/sign-in/${slug}/options`, { headers: { Accept: 'application/json' } });
    if (!response.ok) return { sso: false };
    const { sso } = (await response.json()) as { sso?: unknown };
    return { sso: sso === true };
  } catch {
    // Out of reach: the password form will say so.
    return { sso: false };
  }
}
