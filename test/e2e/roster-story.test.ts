import { type Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { barriers, desk, phone, useBrowser } from './browser.ts';
import { openWorld, type World } from './world.ts';

const newPage = useBrowser();
/** 09:00 in Stockholm on the first Monday of October. */
const october = Date.parse('2026-10-05T07:00:00Z');

/** Johan every night, each ten hours long: also the one that has eleven. */
const nights = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//Schema//SV',
  'BEGIN:VEVENT',
  'UID:natt@schema.example',
  'DTSTAMP:20261001T080000Z',
  'DTSTART;TZID=Europe/Stockholm:20261004T210000',
  'DURATION:PT10H',
  'RRULE:FREQ=DAILY;COUNT=80',
  'SUMMARY:Johan',
  'ATTENDEE;CN=Johan:mailto:johan@vaka.example',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n');

async function openRoster(world: World, viewport = desk): Promise<Page> {
  const karin = await newPage({ viewport });
  await karin.goto(await world.linkFor('karin'));
  await karin.getByText('Inga larm.').waitFor();
  return karin;
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`${label}$`) }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

async function giveReason(page: Page, reason: string, submit: string | RegExp): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Anledning').fill(reason);
  await dialog.getByRole('button', { name: submit }).last().click();
  await dialog.waitFor({ state: 'detached' });
}

test('a coordinator sees the gap of the October night, and fills it', async () => {
  const world = await openWorld({ clock: () => october, sweepEveryMs: 2 ** 30 });
  const karin = await openRoster(world);

  await karin.getByRole('link', { name: 'Bemanning' }).click();
  await karin.getByRole('button', { name: 'Ändra: Nattpatrullen' }).click();
  await karin.getByLabel('De som har checkat in').check({ force: true });
  await karin.getByRole('dialog').getByRole('button', { name: 'Spara' }).click();
  await karin.getByText('Nattpatrullen är ändrat.').waitFor();
  await karin.getByText('Ingen är i tjänst.').waitFor();
  await karin.getByRole('link', { name: 'Schema för Nattpatrullen' }).click();
  await karin.getByRole('heading', { name: 'Schema: Nattpatrullen' }).waitFor();
  await karin.getByText('Inga pass är planerade.').waitFor();

  // The days come back every week; the nights are read from the file of another system.
  await karin.getByRole('button', { name: 'Nytt återkommande pass' }).click();
  await choose(karin, 'Vem', 'Amina');
  await karin.getByLabel('Från klockan').fill('07:00');
  await karin.getByLabel('Till klockan').fill('21:00');
  await giveReason(karin, 'Dagarna', 'Spara');
  await karin.getByText('Amina, alla dagar 07:00–21:00, från 5 oktober').waitFor();

  await karin.getByLabel('Eller klistra in här').fill(nights);
  await karin.getByRole('button', { name: 'Läs', exact: true }).click();
  await karin.getByRole('heading', { name: /\d+ pass lästa/ }).waitFor();
  await karin.getByText('Johan, 24 oktober 21:00 – 25 oktober 06:00').waitFor();
  await karin.getByRole('button', { name: /^Lägg till \d+ pass$/ }).click();
  await giveReason(karin, 'Nätterna', /^Lägg till \d+ pass$/);

  const gaps = karin.getByRole('region', { name: /^Luckor/ });
  const said = '60 min utan bemanning, 25 oktober 06:00–07:00, klockan ställs tillbaka';
  await gaps.getByText(said).waitFor();
  expect(await gaps.getByRole('listitem').count()).toBe(1);

  await gaps.getByRole('button', { name: /^Visa i schemat/ }).click();
  const sunday = karin.getByRole('listitem').filter({ hasText: '25 timmar' });
  await sunday.getByText('60 min utan bemanning 06:00–07:00, klockan ställs tillbaka').waitFor();
  expect(await sunday.getByText('02', { exact: true }).count()).toBe(2);
  expect(await barriers(karin)).toEqual([]);

  await gaps.getByRole('button', { name: /^Lägg in pass/ }).click();
  await choose(karin, 'Vem', 'Johan');
  await giveReason(karin, 'Johan stannar tills dagen kommer.', 'Spara');
  await karin.getByText('Inga luckor.').waitFor();
  await expect.poll(() => sunday.getByText(/utan bemanning/).count()).toBe(0);
  await sunday.getByRole('button', { name: /^Johan, sön 25 okt\.? 06:00 till/ }).waitFor();

  // What is shown is what is stored.
  const api = await world.apiFor('karin');
  const { gaps: left } = (await (await api('/coverage')).json()) as { gaps: { unitId: string }[] };
  expect(left.filter(({ unitId }) => unitId === 'nattpatrullen')).toEqual([]);
});

test('the pages of coordinators have no barriers, on a phone and at a desk', async () => {
  const world = await openWorld({ clock: () => october, sweepEveryMs: 2 ** 30 });
  const karin = await openRoster(world, phone);
  const found: Record<string, string[]> = {};
  for (const path of [
    '/units',
    '/plan',
    '/policies',
    '/roster/nattpatrullen',
    '/silences',
    '/endpoints',
  ]) {
    await karin.goto(world.at().publicUrl + path);
    await karin.getByRole('heading', { level: 2 }).or(karin.locator('.all-well')).first().waitFor();
    for (const [viewport, colorScheme] of [
      [phone, 'light'],
      [desk, 'dark'],
    ] as const) {
      await karin.setViewportSize(viewport);
      await karin.emulateMedia({ colorScheme });
      const barred = await barriers(karin);
      if (barred.length > 0) found[`${path}, ${viewport.width} px`] = barred;
      const isWide = await karin.evaluate('document.documentElement.scrollWidth > innerWidth');
      expect({ path, width: viewport.width, isWide }).toEqual({
        path,
        width: viewport.width,
        isWide: false,
      });
    }
  }
  expect(found).toEqual({});
}, 120_000);
