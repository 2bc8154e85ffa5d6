import { randomBytes } from 'node:crypto';

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { storeHistory } from '../../gateway/cli/store-history.ts';
import { HomeWeeks } from '../../gateway/protocol/history/home-day.ts';
import { createOnboarding } from '../../gateway/services/onboarding.ts';
import { Fleet } from '../../simulators/fleet.ts';
import { barriers, desk, phone, useBrowser } from './browser.ts';
import { openWorld, type World } from './world.ts';

const newPage = useBrowser();
const day = 24 * 3_600_000;
/** A Sunday evening in Stockholm. */
const evening = Date.parse('2026-11-22T20:00:00Z');
const homeId = 'skogsgatan';

const devices = [
  { id: 'elsa-bed', profile: 'bed-sensor', placement: 'bed' },
  { id: 'elsa-bathroom', profile: 'motion-sensor', placement: 'bathroom' },
  { id: 'elsa-kitchen', profile: 'motion-sensor', placement: 'kitchen' },
  { id: 'elsa-thermometer', profile: 'thermometer', placement: 'bedroom' },
] as const;

const { homes } = Fleet.parse({
  homes: [
    {
      id: homeId,
      timeZone: 'Europe/Stockholm',
      devices: [
        ...devices,
        { id: `${homeId}-door-contact`, profile: 'door-contact', placement: 'entrance' },
      ].map((device) => ({ ...device, secret: 'not used here' })),
    },
  ],
});

/** Weeks of simulated life in Elsa's home, which she has agreed to that one follows. */
async function openFollowedWorld(weeks: number): Promise<World> {
  const world = await openWorld({
    clock: () => evening,
    sweepEveryMs: 2 ** 30,
    olderByMs: (7 * weeks + 2) * day,
  });
  const from = evening - (7 * weeks + 1) * day;
  await world.withStore(async (store) => {
    const { registry } = store;
    const onboarding = createOnboarding({ registry, clock: () => from, random: randomBytes });
    for (const device of devices) await onboarding.addDevice({ homeId, ...device });
    await onboarding.giveConsent({ homeId, purposes: ['statistics'], from });
    const span = { from: evening - 7 * weeks * day, to: evening, seed: 'weeks' };
    await storeHistory(store, homes, { ...span, municipalityId: 'norr' });
  });
  await world.settleHistory();
  return world;
}

/** What the gateway says of the week that ends on a day. */
async function weekTo(world: World, to: string): Promise<HomeWeeks> {
  const api = await world.apiFor('karin');
  return HomeWeeks.parse(await (await api(`/homes/${homeId}/weeks?to=${to}`)).json());
}

function clockOf(at: number | null | undefined): string {
  if (at === null || at === undefined) return 'never';
  return new Intl.DateTimeFormat('sv-SE', {
    timeStyle: 'short',
    timeZone: 'Europe/Stockholm',
  }).format(at);
}

function rowsOf(page: Page) {
  return page.getByRole('list', { name: 'Veckans dagar' }).getByRole('listitem');
}

test('a carer sees the rhythm of a week on her phone, steps a week back and opens a day', async () => {
  const world = await openFollowedWorld(5);
  const amina = await newPage({ viewport: phone });
  await amina.goto(await world.linkFor('amina'));
  await amina.getByRole('button', { name: 'Meny' }).waitFor();
  await amina.goto(`${world.at().publicUrl}/homes/${homeId}`);
  await amina.getByRole('link', { name: 'Så har dagarna varit' }).click();
  await amina.getByRole('heading', { name: '16 nov. – 22 nov.' }).waitFor();
  expect(await rowsOf(amina).count()).toBe(7);
  expect(await rowsOf(amina).last().innerText()).toMatch(/Söndag 22 nov\.\s+i dag/);

  // Each day says when the night ended, as the gateway has worked it out.
  const { week } = await weekTo(world, '2026-11-22');
  const [monday] = week.days;
  expect(monday?.bands.map(({ kind }) => kind)).toContain('rest');
  expect(await rowsOf(amina).first().innerText()).toContain(`–${clockOf(monday?.roseAt)}, `);

  // By keyboard from the day into its stretches, and to the same hours of the next day.
  await amina.getByRole('link', { name: 'Måndag 16 nov.' }).focus();
  await amina.keyboard.press('ArrowRight');
  const focused = amina.locator(':focus');
  expect(await focused.getAttribute('aria-label')).toMatch(/^Vila 00:00–\d\d:\d\d, /);
  await amina.keyboard.press('ArrowDown');
  expect(await focused.getAttribute('data-row')).toBe('1');
  expect(await barriers(amina)).toEqual([]);

  await amina.getByRole('button', { name: 'Veckan före' }).click();
  await amina.getByRole('heading', { name: '9 nov. – 15 nov.' }).waitFor();
  await amina.getByRole('link', { name: 'Onsdag 11 nov.' }).click();
  await amina.getByRole('heading', { level: 1, name: 'Onsdag 11 november' }).waitFor();
  await amina.getByText('Kök').first().waitFor();
  expect(await amina.evaluate('document.documentElement.scrollWidth')).toBe(phone.width);
  expect(await amina.title()).not.toMatch(/Skogsgatan|Elsa/);
  expect(await barriers(amina)).toEqual([]);
});

test('a coordinator reads a chart by keyboard and as a table, and compares two weeks', async () => {
  const world = await openFollowedWorld(3);
  const karin = await newPage({ viewport: desk, colorScheme: 'dark' });
  await karin.goto(await world.linkFor('karin'));
  await karin.getByRole('button', { name: 'Meny' }).waitFor();
  await karin.goto(`${world.at().publicUrl}/homes/${homeId}/history?to=2026-11-15`);

  const chart = karin.getByRole('slider', { name: 'Temperatur' });
  await chart.focus();
  await karin.keyboard.press('Home');
  const first = (await chart.getAttribute('aria-valuetext')) ?? '';
  expect(first).toMatch(/^mån 9 nov\. 00:00: Sovrum \d\d,\d °C/);
  await karin.keyboard.press('ArrowRight');
  const second = (await chart.getAttribute('aria-valuetext')) ?? '';
  expect(second).toMatch(/^mån 9 nov\. 01:00: /);
  // What is heard is shown too.
  await karin.getByText(second, { exact: true }).waitFor();

  await karin.getByText('Visa som tabell: Temperatur').click();
  const table = karin.getByRole('table', { name: 'Temperatur' });
  await table.waitFor();
  expect(await table.getByRole('row').count()).toBe(7 * 24 + 1);
  const mean = /Sovrum (\d\d,\d °C)/.exec(first)?.[1] ?? 'nothing';
  expect(await table.getByRole('row').last().innerText()).toContain(mean);

  await karin.getByRole('button', { name: 'Jämför med' }).click();
  await karin.getByRole('option', { name: /veckan före/ }).click();
  await rowsOf(karin).nth(13).waitFor();
  expect(await rowsOf(karin).count()).toBe(14);
  expect(await rowsOf(karin).nth(1).innerText()).toContain('Måndag 2 nov.');
  expect(await barriers(karin)).toEqual([]);

  const file = karin.waitForEvent('download');
  await karin
    .getByRole('link', { name: 'Hämta temperatur och luftfuktighet som fil (CSV)' })
    .click();
  expect((await file).suggestedFilename()).toMatch(/\.csv$/);
});

test('without consent to statistics nothing is followed, and the page says who can change that', async () => {
  const world = await openWorld();
  const amina = await newPage({ viewport: phone });
  await amina.goto(await world.linkFor('amina'));
  await amina.getByRole('button', { name: 'Meny' }).waitFor();
  await amina.goto(`${world.at().publicUrl}/homes/${homeId}/history`);
  await amina.getByRole('heading', { name: 'Inget följs över tid här' }).waitFor();
  await amina.getByText(`vaka consent give --home ${homeId} --purpose statistics`).waitFor();
  expect(await amina.getByRole('list', { name: 'Veckans dagar' }).count()).toBe(0);
});
