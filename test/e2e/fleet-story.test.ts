import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { buildFleetTown, silentEvery } from '../support/fleet-town.ts';
import { barriers, desk, phone, useBrowser } from './browser.ts';
import { openWorld, type World } from './world.ts';

const newPage = useBrowser();
const devices = 10_000;
const silent = devices / silentEvery;
const patient = { timeout: 15_000 };

/** A gateway with ten thousand devices, and Tore who looks after them. */
async function openTown(count: number, batteryDays = 90): Promise<World> {
  const world = await openWorld({ furnish: async () => {} });
  await world.stop();
  const people = [
    { id: 'tore', role: 'technician', units: [] },
    { id: 'bengt', role: 'carer', units: ['unit-1'] },
  ] as const;
  await buildFleetTown({
    dataDir: world.dataDir,
    devices: count,
    batteryDays,
    at: Date.now(),
    people: people.map((person) => ({ ...person, units: [...person.units] })),
  });
  await world.start();
  return world;
}

/** Scrolls from top to bottom in so many frames; answers how long the worst of the browser's long tasks was, in ms. */
function scrollThrough(page: Page, frames: number): Promise<number> {
  const script = `(async () => {
    let worst = 0;
    const watch = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) worst = Math.max(worst, duration);
    });
    watch.observe({ type: 'longtask' });
    for (let frame = 1; frame <= ${frames}; frame += 1) {
      const height = document.documentElement.scrollHeight - innerHeight;
      scrollTo(0, (height * frame) / ${frames});
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    watch.disconnect();
    return worst;
  })()`;
  return page.evaluate<number>(script);
}

test('ten thousand devices are filtered, scrolled to the last, and all of them in the file', async () => {
  const world = await openTown(devices, 7);
  const page = await newPage({ viewport: desk });
  await page.goto(await world.linkFor('tore'));
  await page.getByRole('heading', { name: 'Utrustning' }).waitFor();
  const table = page.getByRole('table', { name: 'Utrustning' });
  await table.waitFor();
  expect(await table.getAttribute('aria-rowcount')).toBe(String(devices + 1));
  // Only what is on the screen, and a little around it, is there.
  expect(await table.getByRole('row').count()).toBeLessThan(60);
  expect(await barriers(page)).toEqual([]);

  const worst = await scrollThrough(page, 120);
  process.stdout.write(`scrolling past ${devices} rows: longest task ${Math.round(worst)} ms\n`);
  expect(worst).toBeLessThan(1_000);
  await expect
    .poll(async () => {
      // Rows have their own heights once they have been seen, so the end moves a little.
      await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
      return page.locator(`[aria-rowindex="${devices + 1}"] [role=rowheader]`).count();
    }, patient)
    .toBe(1);
  await page.evaluate('scrollTo(0, 0)');

  await page.getByRole('button', { name: `Tyst ${silent}` }).click();
  await page.getByText(`${silent} utrustningar visas`).waitFor();
  expect(await table.getAttribute('aria-rowcount')).toBe(String(silent + 1));
  await page.getByLabel('Sök på namn').fill('storgatan 1245');
  await page.getByText('1 utrustning visas').waitFor();
  const narrowed = page.getByRole('row').filter({ hasText: 'Storgatan 1245' });
  expect(await narrowed.count()).toBe(1);
  expect(new URL(page.url()).search).not.toContain('storgatan');

  await page.getByLabel('Sök på namn').fill('');
  await page.getByText(`${silent} utrustningar visas`).waitFor();
  await page.getByRole('button', { name: `Alla ${devices}` }).click();
  await page.getByText(`${devices} utrustningar visas`).waitFor();
  const waiting = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Hämta som fil' }).click();
  const file = await (await waiting).createReadStream();
  const pieces: Buffer[] = [];
  for await (const piece of file) pieces.push(Buffer.from(piece as Uint8Array));
  const lines = Buffer.concat(pieces).toString().split('\r\n');
  expect(lines[0]).toMatch(/^\uFEFFUtrustning;Namn;/);
  expect(new Set(lines.slice(1, -1).map((line) => line.split(';')[0])).size).toBe(devices);
  expect(lines.at(-1)).toBe('');
}, 180_000);

test('a technician goes from the fleet to a device, and from there to its hub and the week', async () => {
  const world = await openTown(400);
  const page = await newPage({ viewport: phone });
  await page.goto(await world.linkFor('tore'));
  await page.getByRole('table', { name: 'Utrustning' }).waitFor();
  expect(await barriers(page)).toEqual([]);

  await page.getByLabel('Sök på namn').fill('home-6-smoke-detector');
  await page.getByText('1 utrustning visas').waitFor();
  await page.getByRole('link', { name: 'Brandvarnare' }).click();
  await page.getByRole('slider', { name: 'Batteri' }).waitFor();
  await page.getByText('Visa som tabell: Batteri').click();
  // Ninety days, or one less while the day of the place and that of the world are two.
  await expect.poll(() => page.getByRole('row').count()).toBeGreaterThanOrEqual(90);
  await page.getByText('sedan').first().waitFor();
  for (const viewport of [phone, desk]) {
    await page.setViewportSize(viewport);
    expect(await barriers(page)).toEqual([]);
  }

  await page.goto(`${world.at().publicUrl}/visits`);
  await page.getByRole('heading', { name: 'Veckans besök' }).waitFor();
  const visits = page.locator('.visits > li');
  await visits.first().waitFor();
  await visits.first().getByRole('checkbox').check({ force: true });
  await page.getByText(/^1 av \d+ avbockade$/).waitFor();
  for (const viewport of [phone, desk]) {
    await page.setViewportSize(viewport);
    expect(await barriers(page)).toEqual([]);
  }
}, 120_000);

test('a carer sees how the equipment of their homes is, and none other', async () => {
  const world = await openTown(80);
  const page = await newPage({ viewport: phone });
  await page.goto(await world.linkFor('bengt'));
  await page.getByText('Inga larm.').waitFor();
  await page.goto(`${world.at().publicUrl}/devices`);
  await page.getByRole('link', { name: 'Larmknapp' }).first().click();
  await page.getByRole('heading', { name: 'Var den har varit' }).waitFor();
  expect(await page.getByRole('button', { name: 'Ta ur bruk' }).count()).toBe(0);
  const api = await world.apiFor('bengt');
  expect((await api('/devices/home-1-call-button')).status).toBe(200);
  expect((await api('/devices/home-0-call-button')).status).toBe(404);
  const { total } = (await (await api('/fleet')).json()) as { total: number };
  expect(total).toBe(24);
});
