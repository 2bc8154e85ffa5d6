import mqtt, { type MqttClient } from 'mqtt';
import type { Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';

import { eventsTopic } from '../../gateway/protocol/topic.ts';
import { barriers } from './browser.ts';
import type { World } from './world.ts';

/** A device as it is in the hand: with what was entered in it. */
export interface Device {
  id: string;
  secret: string;
}

export function connect(world: World, { id, secret }: Device): Promise<MqttClient> {
  return mqtt.connectAsync(world.at().mqttUrl, {
    clientId: id,
    username: id,
    password: secret,
    reconnectPeriod: 0,
  });
}

/** Switches it on; it stays on for the test. */
export async function switchOn(
  world: World,
  device: Device,
): Promise<(type: string) => Promise<void>> {
  const client = await connect(world, device);
  onTestFinished(async () => {
    if (client.connected) await client.endAsync(true);
  });
  let count = 0;
  return async (type) => {
    count += 1;
    const data = type === 'battery.measured' ? { percent: 97 } : {};
    const event = { id: `event-${count}`, type, data };
    await client.publishAsync(eventsTopic(device.id), JSON.stringify(event), { qos: 1 });
  };
}

/** Whether the device may sign in; what else goes wrong is thrown. */
export async function maySignIn(world: World, device: Device): Promise<boolean> {
  try {
    const client = await connect(world, device);
    await client.endAsync(true);
    return true;
  } catch (error) {
    if (error instanceof Error && /not authorized|bad user name/i.test(error.message)) return false;
    throw error;
  }
}

export async function openAs(
  newPage: () => Promise<Page>,
  world: World,
  [personId, path]: readonly [string, string],
): Promise<Page> {
  const page = await newPage();
  await page.goto(await world.linkFor(personId));
  await page.getByRole('button', { name: 'Meny' }).waitFor();
  await page.goto(world.at().publicUrl + path);
  return page;
}

const look = process.env['LOOK'] ?? '';

/** Holds a step to what all can use. */
export async function inspect(page: Page, name: string): Promise<void> {
  if (look !== '') await page.screenshot({ path: `${look}/${name}.png`, fullPage: true });
  const small = await page
    .locator('main button:visible, main a.choice:visible')
    .evaluateAll((all) =>
      all
        .filter((one) => one.closest('.alert-card') === null)
        .filter((one) => one.getBoundingClientRect().height < 47.5)
        .map((one) => one.textContent),
    );
  const tooWide = await page
    .locator('html')
    .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  const faults = { barriers: await barriers(page), small, tooWide };
  expect({ name, ...faults }).toEqual({ name, barriers: [], small: [], tooWide: 0 });
}

export async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name, exact: typeof name === 'string' }).click();
}

export async function heading(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { level: 2, name, exact: true }).waitFor();
}

/** From the box to the place on the wall; answers what was entered in the device. */
export async function chooseAndPlace(page: Page): Promise<Device> {
  await heading(page, 'Vilken utrustning?');
  await inspect(page, 'device');
  await press(page, 'Skanna koden');
  await heading(page, 'Var sitter den?');
  await inspect(page, 'placement');
  await press(page, 'Sätt den här');
  await heading(page, 'Skriv in detta i utrustningen');
  await inspect(page, 'secret');
  const device = await readSecret(page);
  await press(page, 'Jag har skrivit in den');
  return device;
}

/** A new device of this kind, for want of a code. */
export async function chooseKind(page: Page, kind: string): Promise<void> {
  await press(page, 'Ny utrustning utan kod');
  const kinds = page.getByRole('region', { name: 'Sorter' });
  await kinds.getByRole('button', { name: kind, exact: true }).click();
  await press(page, `Använd ${kind}`);
}

export async function readSecret(page: Page): Promise<Device> {
  await heading(page, 'Skriv in detta i utrustningen');
  const beside = (name: string) => page.locator(`dt:text-is("${name}") + dd`).innerText();
  return { id: await beside('Användare och klient-id'), secret: await beside('Hemlighet') };
}

/** From the first sign of life to the protocol. */
export async function tryOutAndSign(
  page: Page,
  tell: (type: string) => Promise<void>,
): Promise<void> {
  await heading(page, 'Väntar på första livstecknet');
  await inspect(page, 'waiting');
  await tell('battery.measured');
  await heading(page, 'Den hörs!');
  await page.getByText('97 %').waitFor();
  await inspect(page, 'heard');
  await press(page, 'Vidare');

  await heading(page, 'Prova att den fungerar');
  await page.getByRole('listitem').filter({ hasText: 'Tryck på knappen nu' }).waitFor();
  await tell('help.pressed');
  await page.getByText(/^hördes \d\d:\d\d$/).waitFor();
  await press(page, /^Hoppa över: Tryck på testknappen/);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Anledning').fill('Har ingen testknapp');
  await dialog.getByRole('button', { name: 'Hoppa över' }).click();
  await page.getByText('överhoppat: Har ingen testknapp').waitFor();
  await inspect(page, 'tests');
  await press(page, 'Vidare');

  await heading(page, 'Larma genom hela kedjan');
  await inspect(page, 'alarm');
  await press(page, 'Jag är redo');
  await page.getByText('Få den att larma nu').waitFor();
  await inspect(page, 'armed');
  await tell('help.pressed');
  await page.getByText('Väntar på att någon tar larmet på en skärm.').waitFor();
  await page.getByRole('button', { name: 'Jag tar det' }).waitFor();
  await inspect(page, 'raised');
  await press(page, 'Börja om provlarmet');
  await page.getByText('Få den att larma nu').waitFor();
  await tell('help.pressed');
  await page.getByRole('button', { name: 'Jag tar det' }).waitFor();
  await press(page, 'Jag tar det');
  await page.getByText(/^Tore tog larmet \d\d:\d\d$/).waitFor();
  await inspect(page, 'accepted');
  await press(page, 'Vidare');

  await heading(page, 'Skriv under');
  await page.getByLabel('Anteckning').fill('Sitter i ett band om halsen.');
  await inspect(page, 'signature');
  await press(page, 'Skriv under och ta i bruk');
  await page.getByRole('heading', { level: 1, name: 'Installationsprotokoll' }).waitFor();
}

/** Installs the button in a home, from the first page to the protocol. */
export async function install(world: World, page: Page, home: string): Promise<Device> {
  await page.goto(`${world.at().publicUrl}/install`);
  await heading(page, 'Vilket hem?');
  await inspect(page, 'homes');
  await page.getByRole('link', { name: home }).click();
  await page.getByRole('button', { name: 'Installera ny utrustning' }).waitFor();
  await inspect(page, 'begin');
  await press(page, 'Installera ny utrustning');
  const device = await chooseAndPlace(page);
  await tryOutAndSign(page, await switchOn(world, device));
  return device;
}
