import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { describe, expect } from 'vitest';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const SCREENSHOTS = join(import.meta.dirname, '..', 'screenshots');
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** How long a test in a browser may take on a machine that has much else to do. */
export const PATIENCE = { timeout: 240_000 };

/** The widths that every page is looked at in. */
export const VIEWPORTS = { desktop: { width: 1280, height: 860 }, phone: { width: 390, height: 844 } } as const;

/** The Chromium of the machine, or the one that `CHROMIUM_PATH` names; undefined where there is none. */
export const chromiumPath = [process.env['CHROMIUM_PATH'], ...PLACES].find((path) => path && isExecutable(path));

/** `describe`, where there is a browser; else its tests are skipped, and one line says why. */
export const describeInBrowser: typeof describe | typeof describe.skip =
  chromiumPath === undefined ? skipWithLine() : describe;

/** A page that keeps what went wrong in it. */
export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Console errors, uncaught errors and violations of the content security policy. */
  readonly faults: string[];
}

interface OpenOptions {
  readonly url: string;
  /** A personal access token to be signed in with; without one nobody is, until the page signs in. */
  readonly token?: string;
  readonly viewport?: keyof typeof VIEWPORTS;
}

/** Starts a headless browser with a profile of its own. */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath!, args: FLAGS });
}

/** Opens an address in a fresh context, watched from its first byte. */
export async function open(browser: Browser, { url, token, viewport = 'desktop' }: OpenOptions): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: VIEWPORTS[viewport],
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
    ...(token === undefined ? {} : { extraHTTPHeaders: { Authorization: `Bearer ${token}` } }),
  });
  context.setDefaultTimeout(20_000);
  const faults: string[] = [];
  await context.exposeFunction('__reportViolation', (text: string) => void faults.push(`CSP: ${text}`));
  await context.addInitScript(
    `addEventListener('securitypolicyviolation', (e) => __reportViolation(e.violatedDirective + ' ' + e.blockedURI))`,
  );
  const page = await context.newPage();
  page.on(
    'console',
    (message) =>
      void (message.type() === 'error' && faults.push(`console: ${message.text()} ${message.location().url}`)),
  );
  page.on('pageerror', (error) => void faults.push(`uncaught: ${error.message}`));
  await page.goto(url);
  return { page, context, faults };
}

/**
 * Looks at a page as it stands, wide and narrow, light and dark: axe finds nothing at WCAG 2.2 AA, nothing has to be
 * scrolled sideways, and a screenshot of each lies in `test/web/screenshots` for people to look at.
 */
export async function look(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  mkdirSync(SCREENSHOTS, { recursive: true });
  for (const [width, viewport] of Object.entries(VIEWPORTS)) {
    await page.setViewportSize(viewport);
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.waitForTimeout(300);
      const fullPage =
        (await page.locator('.mantine-Modal-content:visible, .mantine-Drawer-content:visible').count()) === 0;
      if (fullPage) await page.evaluate('scrollTo(0, 0)');
      await page.screenshot({ path: join(SCREENSHOTS, `${name}-${width}-${scheme}.png`), fullPage });
      // Contrast differs by scheme, the rest by width: two of the four see everything that axe can see.
      if ((width === 'desktop') === (scheme === 'light'))
        expect(await violations(page), `axe: ${name}, ${width}, ${scheme}`).toEqual([]);
      expect(await overflow(page), `sideways scrolling: ${name}, ${width}`).toBeLessThanOrEqual(0);
    }
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  if (before !== null) await page.setViewportSize(before);
}

/** What axe has to say against a page, in one line each. */
export async function violations(page: Page): Promise<string[]> {
  const report = await new AxeBuilder({ page }).withTags(STANDARDS).analyze();
  return report.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary ?? ''}`).join('\n')}`,
  );
}

/** By how many pixels the page is wider than the window. */
function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function skipWithLine() {
  process.stdout.write('No Chromium: the browser tests are skipped. Install one, or name it in CHROMIUM_PATH.\n');
  return describe.skip;
}
