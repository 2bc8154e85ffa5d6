import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { barriers, desk, phone, useBrowser } from './browser.ts';
import { openWorld, type World } from './world.ts';

const newPage = useBrowser();

async function openAs(world: World, personId: string, path: string): Promise<Page> {
  const page = await newPage();
  await page.goto(await world.linkFor(personId));
  await page.getByRole('button', { name: 'Meny' }).waitFor();
  await page.goto(world.at().publicUrl + path);
  return page;
}

/** Fills in why, and sends it off. */
async function giveReason(page: Page, reason: string, submit: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  for (const viewport of [desk, phone]) {
    await page.setViewportSize(viewport);
    expect(await barriers(page)).toEqual([]);
  }
  await dialog.getByRole('textbox', { name: 'Anledning' }).fill(reason);
  await dialog.getByRole('button', { name: submit }).click();
  await dialog.waitFor({ state: 'detached' });
}

test('a home in test mode alerts the technician alone, until the test ends', async () => {
  const world = await openWorld();
  const [tore, amina] = await Promise.all([
    openAs(world, 'tore', '/homes/skogsgatan'),
    openAs(world, 'amina', '/'),
  ]);
  await amina.getByText('Inga larm.').waitFor();
  await tore.getByRole('button', { name: 'Börja testläge' }).click();
  await giveReason(tore, 'Provar knappen', 'Börja testläge');
  await tore.getByText(/^Testläge till /).waitFor();

  await tore.goto(`${world.at().publicUrl}/test`);
  await tore.getByText('Inga larm i testläge.').waitFor();
  await world.tell('skogsgatan-call-button', { type: 'help.pressed' });
  const tested = tore.getByRole('article');
  await tested.getByText('TEST', { exact: true }).waitFor();
  expect(await world.alerts('amina')).toEqual([]);
  expect(await amina.getByText('Inga larm.').count()).toBe(1);

  await tore.goto(`${world.at().publicUrl}/homes/skogsgatan`);
  await tore.getByRole('button', { name: 'Avsluta testläget' }).click();
  await tore.getByText(/^Testläge till /).waitFor({ state: 'detached' });
  await amina.getByRole('button', { name: 'Jag tar det' }).waitFor();
});

test('a paused home holds its alerts back and says until when, but never a call for help', async () => {
  const world = await openWorld();
  const karin = await openAs(world, 'karin', '/homes/skogsgatan');
  await karin.getByRole('button', { name: 'Pausa hemmet' }).click();
  await karin
    .getByRole('dialog')
    .getByText(/1 dygn$/)
    .click();
  await giveReason(karin, 'Ligger på sjukhus', 'Pausa hemmet');
  await karin.getByText(/^Pausat till /).waitFor();

  await karin.goto(`${world.at().publicUrl}/technical`);
  await world.tell('skogsgatan-door-contact', { type: 'battery.low' });
  const held = karin.getByRole('region', { name: 'Hålls tillbaka' });
  await held.getByText(/^Hemmet är pausat till /).waitFor();
  await karin.goto(world.at().publicUrl);
  await world.tell('skogsgatan-call-button', { type: 'help.pressed' });
  await karin.getByRole('region', { name: 'Väntar på svar' }).getByRole('article').waitFor();
});

test('a coordinator silences what keeps calling, from the alert itself', async () => {
  const world = await openWorld();
  const karin = await openAs(world, 'karin', '/technical');
  await world.tell('skogsgatan-door-contact', { type: 'battery.low' });
  await karin.getByRole('button', { name: 'Mer om Batteri lågt' }).click();
  await karin.getByRole('menuitem', { name: 'Tysta liknande …' }).click();
  await karin.getByRole('dialog').getByText('Regeln ”Batteri lågt” i Skogsgatan 4').waitFor();
  await giveReason(karin, 'Batteri är beställt', 'Tysta');
  const held = karin.getByRole('region', { name: 'Hålls tillbaka' });
  await held.getByText(/^Tystat till /).waitFor();
});
