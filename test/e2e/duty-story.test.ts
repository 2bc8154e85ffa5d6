import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { barriers, desk, phone, useBrowser } from './browser.ts';
import { openWorld, type World } from './world.ts';

const newPage = useBrowser();

/** From now on the night patrol asks only those who have checked in. */
async function keepDuty(world: World): Promise<void> {
  const karin = await world.apiFor('karin');
  const { status } = await karin('/units/nattpatrullen', {
    method: 'PUT',
    body: { name: 'Nattpatrullen', kind: 'team', duty: 'check-in', endpointId: null, serves: [] },
  });
  expect(status).toBe(200);
}

async function openAs(world: World, personId: string): Promise<Page> {
  const page = await newPage();
  await page.goto(await world.linkFor(personId));
  await page.getByRole('heading', { name: 'Larm', exact: true }).waitFor();
  return page;
}

/** One press from the board, and one for all as planned. */
async function checkIn(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Checka in' }).click();
  await page.getByRole('button', { name: 'Checka in', exact: true }).click();
  await page.getByText(new RegExp(`^${name} är i tjänst till `)).waitFor();
  await page
    .getByRole('banner')
    .getByText(/^i tjänst till /)
    .waitFor();
}

async function toBoard(page: Page, world: World): Promise<void> {
  await page.goto(world.at().publicUrl);
  await page.getByRole('heading', { name: 'Larm', exact: true }).waitFor();
}

async function chooseRare(page: Page, choice: string): Promise<void> {
  await page.getByRole('button', { name: 'Mer om Larmknapp tryckt' }).click();
  await page.getByRole('menuitem', { name: choice }).click();
}

async function expectNoBarriers(page: Page): Promise<void> {
  for (const viewport of [desk, phone]) {
    await page.setViewportSize(viewport);
    expect(await barriers(page)).toEqual([]);
  }
}

test('whoever is on duty is asked, says that they cannot come, and a colleague takes it', async () => {
  const world = await openWorld();
  await keepDuty(world);
  const [amina, johan] = await Promise.all([openAs(world, 'amina'), openAs(world, 'johan')]);
  await amina.getByText('Du är inte i tjänst, så larm frågar inte dig.').waitFor();
  await amina.getByText('Nattpatrullen frågar bara dem som har checkat in.').waitFor();
  await expectNoBarriers(amina);
  await checkIn(amina, 'Amina');
  await expectNoBarriers(amina);
  await checkIn(johan, 'Johan');
  await Promise.all([toBoard(amina, world), toBoard(johan, world)]);
  expect(await amina.getByText('Du är inte i tjänst').count()).toBe(0);

  await world.tell('skogsgatan-call-button', { type: 'help.pressed' });
  await amina.getByRole('button', { name: 'Jag tar det' }).waitFor();
  await chooseRare(amina, 'Jag kan inte');
  await amina.getByText('Du har sagt att du inte kan').waitFor();
  await johan.getByText('Kan inte: Amina').waitFor();
  await expectNoBarriers(johan);

  await johan.getByRole('button', { name: 'Jag tar det' }).click();
  await johan.getByText('Du har det').waitFor();
  await amina.getByText('Johan har det').waitFor();
  const [alert] = await world.alerts('johan');
  expect(alert).toMatchObject({ state: 'accepted', acceptedBy: { name: 'Johan' } });
});

test('whoever needs help gets it, and whoever takes over is told who has it first', async () => {
  const world = await openWorld();
  const [amina, johan] = await Promise.all([openAs(world, 'amina'), openAs(world, 'johan')]);
  await world.tell('skogsgatan-call-button', { type: 'help.pressed' });
  await amina.getByRole('button', { name: 'Jag tar det' }).click();
  await amina.getByText('Du har det').waitFor();

  await chooseRare(amina, 'Jag behöver hjälp');
  await amina.getByText('Du har bett om hjälp').waitFor();
  await johan.getByText('Amina behöver hjälp', { exact: true }).waitFor();
  await johan.getByText(/^Amina behöver hjälp: Larmknapp tryckt\./).waitFor({ state: 'attached' });
  await johan.getByRole('button', { name: 'Jag kommer och hjälper' }).click();
  await amina.getByText('Hjälper till: Johan').waitFor();

  await chooseRare(johan, 'Ta över');
  const dialog = johan.getByRole('dialog', { name: 'Amina har larmet' });
  await dialog.getByRole('button', { name: 'Ta över' }).click();
  await johan.getByText('Du har det').waitFor();
  await amina.getByText('Johan har det').waitFor();
  await chooseRare(johan, 'Lämna tillbaka');
  await amina.getByRole('button', { name: 'Jag tar det' }).waitFor();
});

test('nobody leaves with an alert of their own: it is handed to a colleague who stays', async () => {
  const world = await openWorld();
  await keepDuty(world);
  const [amina, johan] = await Promise.all([openAs(world, 'amina'), openAs(world, 'johan')]);
  await checkIn(amina, 'Amina');
  await checkIn(johan, 'Johan');
  await Promise.all([toBoard(amina, world), toBoard(johan, world)]);
  await world.tell('skogsgatan-call-button', { type: 'help.pressed' });
  await amina.getByRole('button', { name: 'Jag tar det' }).click();
  await amina.getByText('Du har det').waitFor();

  await amina.getByRole('banner').getByRole('link', { name: 'Nattpatrullen' }).click();
  await amina.getByRole('link', { name: 'Checka ut' }).first().click();
  await amina.getByRole('heading', { name: 'Larm du har' }).waitFor();
  await expectNoBarriers(amina);
  const leave = amina.getByRole('button', { name: 'Lämna över och checka ut' });
  await leave.click();
  await amina.getByText('Välj vem som tar över vart och ett av larmen.').waitFor();
  await amina.getByRole('button', { name: 'Lämnas till: Larmknapp tryckt' }).click();
  await amina.getByRole('option', { name: 'Johan, Nattpatrullen' }).click();
  await leave.click();
  await amina.getByText('Utcheckad.').waitFor();

  await johan.getByText('Du har det').waitFor();
  await toBoard(amina, world);
  await amina.getByText('Du är inte i tjänst, så larm frågar inte dig.').waitFor();
  const [alert] = await world.alerts('johan');
  expect(alert).toMatchObject({ acceptedBy: { name: 'Johan' } });
});

test('a shared phone is handed on: whoever leaves it stays on duty, and the next signs in', async () => {
  const world = await openWorld();
  await keepDuty(world);
  const page = await openAs(world, 'amina');
  await checkIn(page, 'Amina');
  await page.getByRole('button', { name: 'Byt person' }).click();
  await page.getByRole('heading', { name: 'Logga in i Vaka' }).waitFor();

  await page.goto(await world.linkFor('johan'));
  await page.getByText('Du är inte i tjänst, så larm frågar inte dig.').waitFor();
  await page.getByRole('link', { name: 'Checka in' }).click();
  const onDuty = page.getByRole('region', { name: 'I tjänst nu: Nattpatrullen' });
  await onDuty.getByText('Amina', { exact: true }).waitFor();
});
