import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';

import { pathOf } from '../support/program.ts';

export const phone = { width: 390, height: 844 };
export const desk = { width: 1440, height: 900 };

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** One Chromium for the tests of a file, each page with a profile of its own; `args` are asked for when it starts. */
export function useBrowser(
  args: () => Promise<readonly string[]> = () => Promise.resolve([]),
): (options?: BrowserContextOptions) => Promise<Page> {
  let browser: Browser | null = null;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: pathOf('chromium'),
      headless: true,
      args: [...quiet, ...(await args())],
    });
  });
  afterAll(async () => {
    await browser?.close();
  });
  return async (options = {}) => {
    if (browser === null) throw new Error('The browser has not been started.');
    const context = await browser.newContext({
      locale: 'sv-SE',
      reducedMotion: 'reduce',
      viewport: phone,
      ...options,
    });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    return page;
  };
}

/** What axe finds wrong with a page, one line for each place; `rules` are all unless told. */
export async function barriers(page: Page, rules: readonly string[] = []): Promise<string[]> {
  // Without frames of other origins, the way that opens no further page finds the same.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (rules.length > 0) axe.withRules([...rules]);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
