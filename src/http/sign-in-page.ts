import { createHash } from 'node:crypto';
import type { Response } from 'express';
import { setPagePolicy } from './security-headers.ts';

/** What a page tells a person who could not be signed in. */
export interface SignInFault {
  readonly status: number;
  readonly title: string;
  readonly message: string;
  /** What they can do about it. */
  readonly remedy: string;
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1.5rem;color:#1f2328;background:#fff}
h1{font-size:1.5rem}a{color:#0b5cad}small{color:#57606a}
@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}a{color:#6cb6ff}small{color:#8d96a0}}`;
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];

/** Sends a page without any script: a person who is not signed in has nothing to click but to try again. */
export function sendSignInPage(res: Response, fault: SignInFault, retry: string | undefined): void {
  const again = retry === undefined ? '' : `<p><a href="${escaped(retry)}">Try again</a></p>\n`;
  const id = res.getHeader('X-Request-Id');
  const request = typeof id === 'string' ? `<p><small>Request ${escaped(id)}</small></p>\n` : '';
  setPagePolicy(res, POLICY);
  res.status(fault.status);
  res.type('text/html; charset=utf-8').send(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(fault.title)} · Rollcall</title>
<style>${STYLE}</style>
<main>
<h1>${escaped(fault.title)}</h1>
<p>${escaped(fault.message)}</p>
<p>${escaped(fault.remedy)}</p>
${again}${request}</main>
</html>
`);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as it may stand in HTML, in an element or in a quoted attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => ENTITIES[character]!);
}
