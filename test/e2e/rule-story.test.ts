import { type Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { storeHistory } from '../../gateway/cli/store-history.ts';
import { Fleet } from '../../simulators/fleet.ts';
import { barriers, desk, phone, useBrowser } from './browser.ts';
import { openWorld, type World } from './world.ts';

const newPage = useBrowser();
const day = 24 * 3_600_000;
/** 21:00 in Stockholm: an hour before the night of the rule begins. */
const evening = Date.parse('2026-11-22T20:00:00Z');

const { homes } = Fleet.parse({
  homes: ['skogsgatan', 'storgatan'].map((id) => ({
    id,
    timeZone: 'Europe/Stockholm',
    devices: [
      { id: `${id}-door-contact`, profile: 'door-contact', placement: 'entrance' },
      { id: `${id}-motion-sensor`, profile: 'motion-sensor', placement: 'hall' },
    ].map((device) => ({ ...device, secret: 'not used here' })),
  })),
});

/** Thirty days of simulated life in both homes. */
async function liveThirtyDays(world: World): Promise<void> {
  const span = { from: evening - 30 * day, to: evening, seed: 'thirty days' };
  await world.withStore((store) => storeHistory(store, homes, { ...span, municipalityId: 'norr' }));
}

/** What the rule gives over the period as it is written, and as it holds now. */
async function trial(page: Page): Promise<{ written: number; now: number }> {
  const asked = Promise.withResolvers<void>();
  const mayAnswer = Promise.withResolvers<void>();
  await page.route('**/api/v1/backtests/*', async (route) => {
    asked.resolve();
    await mayAnswer.promise;
    await route.continue();
  });
  await page.getByRole('button', { name: /^Prova (regeln|igen)$/ }).click();
  const headline = page.getByRole('heading', { name: /larm på 30 dagar/ });
  await asked.promise;
  // What was tried before says nothing of what is tried now.
  expect(await headline.count()).toBe(0);
  mayAnswer.resolve();
  await headline.waitFor();
  await page.unroute('**/api/v1/backtests/*');
  const [, written, , now] =
    /(\d+) larm på (\d+) dagar \(nu (\d+)\)/.exec(await headline.innerText()) ?? [];
  return { written: Number(written), now: Number(now) };
}

async function doorAlerts(world: World) {
  const alerts = await world.alerts('karin', '?queue=care');
  return alerts.filter(({ rule }) => rule.id === 'front-door-at-night');
}

test('a coordinator tries a rule on thirty days, moves its hours, and the next event is judged by it', async () => {
  let now = evening;
  const world = await openWorld({ clock: () => now, sweepEveryMs: 2 ** 30, olderByMs: 31 * day });
  await liveThirtyDays(world);
  const karin = await newPage({ viewport: desk });
  await karin.goto(await world.linkFor('karin'));
  await karin.getByRole('link', { name: 'Regler' }).click();
  await karin.getByRole('link', { name: 'Ytterdörren öppen nattetid' }).click();

  const before = await trial(karin);
  expect(before.written).toBeGreaterThan(0);
  expect(before.now).toBe(before.written);

  // Nobody is called for a door that is open in the evening, as the rule stands.
  await world.tell('skogsgatan-door-contact', { type: 'door.opened' });
  await world.tell('skogsgatan-door-contact', { type: 'door.closed' });
  now += 3 * 60_000;
  await world.sweep();
  expect(await doorAlerts(world)).toEqual([]);

  await karin.getByLabel('Från', { exact: true }).fill('20:00');
  await expect
    .poll(() => karin.getByRole('textbox', { name: 'Regeln som YAML' }).inputValue())
    .toContain("from: '20:00'");
  const after = await trial(karin);
  expect(after.written).toBeGreaterThan(before.written);
  expect(after.now).toBe(before.written);
  expect(await barriers(karin)).toEqual([]);

  await karin.getByRole('button', { name: 'Aktivera', exact: true }).click();
  const dialog = karin.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Aktivera' }).click();
  await dialog.getByText('Skriv varför, med några ord.').waitFor();
  await dialog.getByLabel('Anledning').fill('Elsa går ut redan på kvällen.');
  await dialog.getByRole('button', { name: 'Aktivera' }).click();
  await karin.getByText('Version 2 gäller nu.').waitFor();
  await karin.getByText('Elsa går ut redan på kvällen.').waitFor();

  await world.tell('skogsgatan-door-contact', { type: 'door.opened' });
  now += 2 * 60_000;
  await world.sweep();
  const [alert, ...others] = await doorAlerts(world);
  expect(others).toEqual([]);
  expect(alert).toMatchObject({
    rule: { id: 'front-door-at-night', version: 2 },
    severity: 'high',
  });

  await karin.getByRole('button', { name: 'Gå tillbaka till version 1' }).click();
  await dialog.getByLabel('Anledning').fill('Det blev för många larm.');
  await dialog.getByRole('button', { name: 'Gå tillbaka till version 1' }).click();
  await karin.getByText('Regeln är åter som i version 1.').waitFor();
  await expect.poll(() => karin.getByLabel('Från', { exact: true }).inputValue()).toBe('22:00');
});

test('the pages about rules have no barriers, on a phone and in the dark', async () => {
  const world = await openWorld({ olderByMs: 31 * day });
  const karin = await newPage({ viewport: phone, colorScheme: 'dark' });
  await karin.goto(await world.linkFor('karin'));
  for (const path of [
    '/rules',
    '/rule-library',
    '/rule-library/restless-night',
    '/rule-exchange',
    '/rules/fall',
    '/homes/skogsgatan/rules',
  ]) {
    await karin.goto(world.at().publicUrl + path);
    await karin.getByRole('heading', { level: 1 }).waitFor();
    expect({ path, found: await barriers(karin) }).toEqual({ path, found: [] });
  }
});

test('who may not change rules has no way to them', async () => {
  const world = await openWorld();
  const amina = await newPage();
  await amina.goto(await world.linkFor('amina'));
  await amina.getByText('Inga larm.').waitFor();
  expect(await amina.getByRole('link', { name: 'Regler' }).count()).toBe(0);
  const api = await world.apiFor('amina');
  expect((await api('/rules')).status).toBe(403);
});
