import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { barriers, desk, phone, useBrowser } from './browser.ts';
import { openWorld } from './world.ts';

const newPage = useBrowser();

interface Shown {
  title: string;
  body: string;
  tag: string;
  data: { path: string };
}

// As text: the types of these tests know no browser.
const shown = `navigator.serviceWorker.ready
  .then((registration) => registration.getNotifications())
  .then((all) => all.map(({ title, body, tag, data }) => ({ title, body, tag, data })))`;
const register = `navigator.serviceWorker
  .register('/push-worker.js?language=sv', { scope: '/' })
  .then(() => navigator.serviceWorker.ready)
  .then(() => undefined)`;

function shownOn(page: Page): Promise<Shown[]> {
  return page.evaluate<Shown[]>(shown);
}

/** Hands the worker of this page a push, as the browser does when its push service has sent one. */
async function push(page: Page, origin: string, data: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const found = Promise.withResolvers<string>();
  devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    const [first] = registrations;
    if (first !== undefined) found.resolve(first.registrationId);
  });
  await devtools.send('ServiceWorker.enable');
  const registrationId = await found.promise;
  await devtools.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data });
}

test('a push is shown in the language of the dashboard, and something is shown whatever comes', async () => {
  const world = await openWorld();
  const origin = world.at().publicUrl;
  const page = await newPage();
  await page.context().grantPermissions(['notifications'], { origin });
  await page.goto(await world.linkFor('amina'));
  await page.getByText('Inga larm.').waitFor();
  await page.evaluate(register);

  const message = {
    id: 'n1',
    title: { sv: 'Larm, Skogsgatan', en: 'Alert, Skogsgatan' },
    body: { sv: 'Öppna Vaka.', en: 'Open Vaka.' },
    path: '/alerts/a1',
    tag: 'a1',
    severity: 'emergency',
  };
  await push(page, origin, JSON.stringify(message));
  await expect
    .poll(() => shownOn(page))
    .toEqual([
      { title: 'Larm, Skogsgatan', body: 'Öppna Vaka.', tag: 'a1', data: { path: '/alerts/a1' } },
    ]);

  await push(page, origin, 'not json');
  await expect.poll(async () => (await shownOn(page)).length).toBe(2);
  expect((await shownOn(page)).map(({ tag, data }) => [tag, data.path])).toContainEqual([
    'vaka',
    '/',
  ]);
});

test('whoever cannot be notified here is told so in words', async () => {
  const world = await openWorld();
  const origin = world.at().publicUrl;
  const page = await newPage();
  await page.context().grantPermissions(['notifications'], { origin });
  await page.goto(await world.linkFor('amina'));
  await page.getByRole('button', { name: 'Meny' }).click();
  await page.getByRole('menuitem', { name: 'Notiser på den här enheten' }).click();
  await page.getByText('Notiser är av.').waitFor();
  // The browser of these tests knows no push service.
  await page.getByRole('button', { name: 'Slå på notiser' }).click();
  await page.getByText('Det gick inte att slå på notiser.').waitFor();
  for (const viewport of [desk, phone]) {
    await page.setViewportSize(viewport);
    expect(await barriers(page)).toEqual([]);
  }
});

test('the worker and the manifest are served so that a browser takes them', async () => {
  const world = await openWorld();
  const [manifest, worker] = await Promise.all(
    ['/manifest.webmanifest', '/push-worker.js'].map((path) =>
      fetch(`${world.at().publicUrl}${path}`),
    ),
  );
  expect(manifest?.headers.get('content-type')).toMatch(/^application\/manifest\+json/);
  expect(worker?.headers.get('content-type')).toMatch(/^text\/javascript/);
  // A new version must be found at the next load, at the address of the old.
  expect(worker?.headers.get('cache-control')).toBe('public, max-age=0');
});
