import { type Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { barriers, desk, phone, useBrowser } from './browser.ts';
import { openWorld, type World } from './world.ts';

const newPage = useBrowser();
/** 09:00 in Stockholm on the Monday before the clocks are set back. */
const october = Date.parse('2026-10-19T07:00:00Z');
const quiet = { clock: () => october, sweepEveryMs: 2 ** 30 };

async function enter(world: World, viewport = desk): Promise<Page> {
  const page = await newPage({ viewport });
  await page.goto(await world.linkFor('karin'));
  await page.getByText('Inga larm.').waitFor();
  return page;
}

/** As another coordinator does, from a browser of their own. */
async function put(page: Page, path: string, body: object): Promise<number> {
  const sent = { path: `/api/v1${path}`, body: JSON.stringify(body) };
  return page.evaluate(async ({ path: to, body: json }) => {
    const headers = { 'content-type': 'application/json' };
    return (await fetch(to, { method: 'PUT', headers, body: json })).status;
  }, sent);
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`${label}$`) }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

async function save(page: Page, submit: string, reason: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Anledning').fill(reason);
  await dialog.getByRole('button', { name: submit }).last().click();
}

test('a plan is drawn while it is written, and what another saved meanwhile is not lost', async () => {
  const world = await openWorld(quiet);
  const [karin, other] = await Promise.all([enter(world), enter(world)]);
  await karin.getByRole('link', { name: 'Bemanning' }).click();
  await karin.getByRole('link', { name: 'Ansvarsplan' }).click();
  const row = karin.getByRole('region', { name: 'Vem svarar för hem som hör till Hemtjänsten' });
  await row.waitFor();
  expect(await row.getByText('Nattpatrullen', { exact: true }).count()).toBe(0);

  await karin.getByRole('button', { name: 'Lägg till rad' }).click();
  await karin.getByText('Rätta det som är fel först.').waitFor();
  await choose(karin, 'Arbetslag som svarar', 'Nattpatrullen');
  await karin.getByText('Nattpatrullen svarar för alla hem, alla dagar 21:00–07:00').waitFor();
  // Every day of the week: one stretch in the morning, and one in the evening.
  await expect
    .poll(() => row.locator('.stretch').filter({ hasText: 'Nattpatrullen' }).count())
    .toBe(14);
  expect(await row.getByText('25 timmar, klockan ställs tillbaka').count()).toBe(1);
  expect(await barriers(karin)).toEqual([]);

  const exception = { unitId: 'nattpatrullen', from: '2026-12-24T15:00', to: '2026-12-25T07:00' };
  const theirs = { lines: [], exceptions: [exception] };
  const first = { version: 0, document: theirs, reason: 'Julafton' };
  expect(await put(other, '/plan', first)).toBe(200);

  await karin.getByRole('button', { name: 'Spara och låt gälla' }).click();
  await save(karin, 'Spara och låt gälla', 'Nätterna');
  const note = karin.getByRole('alert').filter({ hasText: 'Karin har sparat version 1' });
  await note.getByText('Anledning: Julafton').waitFor();
  await note.getByText(/^Nattpatrullen svarar för alla hem, tors 24 dec/).waitFor();
  await note.getByRole('button', { name: 'Lägg mina ändringar ovanpå' }).click();
  await karin.getByRole('button', { name: 'Spara och låt gälla' }).click();
  await save(karin, 'Spara och låt gälla', 'Nätterna');
  await karin.getByText('Version 2 gäller nu.').waitFor();

  const api = await world.apiFor('karin');
  const { document } = (await (await api('/plan')).json()) as { document: unknown };
  expect(document).toEqual({
    lines: [{ unitId: 'nattpatrullen', hours: { from: '21:00', to: '07:00' } }],
    exceptions: [exception],
  });
});

test('a change of a roster is made to what holds by then, once one has seen it', async () => {
  const world = await openWorld(quiet);
  const [karin, other] = await Promise.all([enter(world, phone), enter(world)]);
  await karin.goto(`${world.at().publicUrl}/roster/nattpatrullen`);
  await karin.getByRole('button', { name: 'Nytt återkommande pass' }).click();
  await choose(karin, 'Vem', 'Amina');
  const theirs = {
    id: 'theirs',
    personId: 'johan',
    hours: { from: '07:00', to: '16:00' },
    first: '2026-10-19',
    everyWeeks: 1,
  };
  const document = { weekly: [theirs], single: [], changes: [] };
  const first = { version: 0, document, reason: 'Dagarna' };
  expect(await put(other, '/units/nattpatrullen/roster', first)).toBe(200);

  await save(karin, 'Spara', 'Nätterna');
  await karin.getByText('Karin ändrade schemat samtidigt.').waitFor();
  await karin
    .getByRole('dialog')
    .getByText(/^Johan, alla dagar 07:00–16:00/)
    .waitFor();
  await karin.getByRole('dialog').getByRole('button', { name: 'Spara' }).click();
  await karin.getByRole('dialog').waitFor({ state: 'detached' });
  await karin.getByText('Amina, alla dagar 21:00–07:00, från 19 oktober').waitFor();
  await karin.getByText('Johan, alla dagar 07:00–16:00, från 19 oktober').waitFor();
});

test('whoever may not change what is arranged has no way to it', async () => {
  const world = await openWorld(quiet);
  const amina = await newPage();
  await amina.goto(await world.linkFor('amina'));
  await amina.getByText('Inga larm.').waitFor();
  expect(await amina.getByRole('link', { name: 'Bemanning' }).count()).toBe(0);
  const api = await world.apiFor('amina');
  expect((await api('/plan')).status).toBe(403);
});
