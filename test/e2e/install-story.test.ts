import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import mqtt, { type MqttClient } from 'mqtt';
import type { Page } from 'playwright-core';
import { afterAll, expect, onTestFinished, test } from 'vitest';

import {
  InstallationList,
  InstallationView,
  InstallationWithSecret,
} from '../../gateway/protocol/device/installation.ts';
import { eventsTopic } from '../../gateway/protocol/topic.ts';
import { barriers, desk, phone, useBrowser } from './browser.ts';
import { cameraShowing, filmOfCode } from './film.ts';
import { openWorld, type World } from './world.ts';

/** What is printed on the box of a call button. */
const code = 'vaka:profile=call-button&serial=KB-2026-0017';

const newPage = useBrowser(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vaka-film-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return cameraShowing(await filmOfCode(code, folder));
});

/** A device as it is in the hand: with what was entered in it. */
interface Device {
  id: string;
  secret: string;
}

function connect(world: World, { id, secret }: Device): Promise<MqttClient> {
  return mqtt.connectAsync(world.at().mqttUrl, {
    clientId: id,
    username: id,
    password: secret,
    reconnectPeriod: 0,
  });
}

/** Switches it on; it stays on for the test. */
async function switchOn(world: World, device: Device): Promise<(type: string) => Promise<void>> {
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
async function maySignIn(world: World, device: Device): Promise<boolean> {
  try {
    const client = await connect(world, device);
    await client.endAsync(true);
    return true;
  } catch (error) {
    if (error instanceof Error && /not authorized|bad user name/i.test(error.message)) return false;
    throw error;
  }
}

async function openAs(world: World, personId: string, path: string): Promise<Page> {
  const page = await newPage();
  await page.goto(await world.linkFor(personId));
  await page.getByRole('button', { name: 'Meny' }).waitFor();
  await page.goto(world.at().publicUrl + path);
  return page;
}

const look = process.env['LOOK'] ?? '';

/** Holds a step to what all can use. */
async function inspect(page: Page, name: string): Promise<void> {
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

async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name, exact: typeof name === 'string' }).click();
}

async function heading(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { level: 2, name, exact: true }).waitFor();
}

/** What stands beside a name in a list of facts. */
function fact(page: Page, name: string): Promise<string> {
  return page.locator(`dt:has-text("${name}") + dd`).innerText();
}

/** From the box to the place on the wall; answers what was entered in the device. */
async function chooseAndPlace(page: Page): Promise<Device> {
  await heading(page, 'Vilken utrustning?');
  await inspect(page, 'device');
  await press(page, 'Skanna koden');
  await heading(page, 'Var sitter den?');
  await inspect(page, 'placement');
  await press(page, 'Sätt den här');
  await heading(page, 'Skriv in detta i utrustningen');
  await inspect(page, 'secret');
  const device = {
    id: await fact(page, 'Användare och klient-id'),
    secret: await page.locator('dt:text-is("Hemlighet") + dd').innerText(),
  };
  await press(page, 'Jag har skrivit in den');
  return device;
}

/** From the first sign of life to the protocol. */
async function tryOutAndSign(page: Page, tell: (type: string) => Promise<void>): Promise<void> {
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
async function install(world: World, page: Page, home: string): Promise<Device> {
  await page.goto(`${world.at().publicUrl}/install`);
  await heading(page, 'Vilket hem?');
  await inspect(page, 'homes');
  await page.getByRole('link', { name: home }).click();
  await inspect(page, 'begin');
  await press(page, 'Installera ny utrustning');
  const device = await chooseAndPlace(page);
  await tryOutAndSign(page, await switchOn(world, device));
  return device;
}

test('a call button goes from its code to a signed protocol in less than two minutes', async () => {
  const world = await openWorld();
  const [tore, amina] = await Promise.all([
    openAs(world, 'tore', '/install'),
    openAs(world, 'amina', '/'),
  ]);
  const began = Date.now();
  const { id } = await install(world, tore, 'Skogsgatan 4');
  expect(Date.now() - began).toBeLessThan(120_000);

  await inspect(tore, 'protocol');
  const protocol = tore.getByRole('article');
  for (const said of ['Tore', 'Skogsgatan 4', id, 'Larmknapp', '97 %', 'Sitter i ett band']) {
    await protocol.getByText(said).first().waitFor();
  }
  await protocol.getByText('Överhoppat: Har ingen testknapp').waitFor();
  await tore.setViewportSize(desk);
  await inspect(tore, 'protocol-desk');
  const pdf = (await tore.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);

  // Of all this those who care for people saw nothing, until the button was in use.
  expect(await world.alerts('amina')).toEqual([]);
  await amina.getByText('Inga larm.').waitFor();

  await tore.setViewportSize(phone);
  await tore.goto(`${world.at().publicUrl}/homes/skogsgatan`);
  await tore.getByRole('link', { name: /^Protokoll: Larmknapp, .*, Tore$/ }).click();
  await tore.getByRole('heading', { level: 1, name: 'Installationsprotokoll' }).waitFor();
}, 150_000);

test('a new button takes the place of a broken one, whose secret then opens nothing', async () => {
  const world = await openWorld();
  const old = {
    id: 'skogsgatan-call-button',
    secret: world.secrets.get('skogsgatan-call-button') ?? '',
  };
  const tore = await openAs(world, 'tore', '/install?home=skogsgatan');
  await tore.getByRole('link', { name: 'Byt ut Larmknapp' }).click();
  await tore.getByText('Den gamla tas ur bruk när du skriver under').waitFor();
  await inspect(tore, 'exchange');
  await press(tore, 'Börja byta ut');
  await tore.getByText('Byter ut Larmknapp').waitFor();
  const device = await chooseAndPlace(tore);
  const tell = await switchOn(world, device);
  expect(await maySignIn(world, old)).toBe(true);
  await tryOutAndSign(tore, tell);
  await tore.getByText('Ersätter').waitFor();
  expect(await maySignIn(world, old)).toBe(false);

  await tell('help.pressed');
  await expect
    .poll(() => world.alerts('amina'))
    .toMatchObject([{ isTest: false, device: { id: device.id } }]);
}, 150_000);

test('an installation goes on where it was, after a reload and on another phone', async () => {
  const world = await openWorld();
  const tore = await openAs(world, 'tore', '/install?home=storgatan');
  await press(tore, 'Installera ny utrustning');
  await heading(tore, 'Vilken utrustning?');
  await tore.reload();
  await heading(tore, 'Vilken utrustning?');

  const device = await chooseAndPlace(tore);
  await heading(tore, 'Väntar på första livstecknet');
  await tore.reload();
  await heading(tore, 'Väntar på första livstecknet');
  const tell = await switchOn(world, device);
  await tell('battery.measured');
  await press(tore, 'Vidare');
  await heading(tore, 'Prova att den fungerar');
  expect(await tore.locator(':focus').innerText()).toBe('Prova att den fungerar');
  await press(tore, 'Tillbaka');
  await heading(tore, 'Den hörs!');

  const other = await openAs(world, 'tore', '/install');
  await inspect(other, 'resume');
  await other.getByRole('link', { name: /^Fortsätt: Larmknapp.* i Storgatan 1/ }).click();
  await heading(other, 'Prova att den fungerar');
  await tell('help.pressed');
  await other.getByText(/^hördes \d\d:\d\d$/).waitFor();

  await other.context().setOffline(true);
  await other.getByText(/^Ingen kontakt med Vaka sedan .* Det du har gjort är sparat/).waitFor();
  await other.context().setOffline(false);
  await other.getByText(/^Ingen kontakt med Vaka sedan /).waitFor({ state: 'detached' });

  await press(other, 'Mer om installationen i Storgatan 1');
  await other.getByRole('menuitem', { name: 'Avbryt installationen' }).click();
  await other
    .getByRole('dialog')
    .getByText(/^Utrustningen tas bort från hemmet igen/)
    .waitFor();
  await inspect(other, 'abandon');
  await other.getByRole('dialog').getByRole('button', { name: 'Avbryt installationen' }).click();
  await other.getByText(/^Installationen är avbruten\./).waitFor();
  await tore.getByText(/^Installationen är avbruten\./).waitFor();
}, 120_000);

test('what is taken out of use may not sign in, and leaves its history where it was', async () => {
  const world = await openWorld();
  await world.tell('skogsgatan-call-button', { type: 'help.pressed' });
  const old = {
    id: 'skogsgatan-call-button',
    secret: world.secrets.get('skogsgatan-call-button') ?? '',
  };
  expect(await maySignIn(world, old)).toBe(true);
  const tore = await openAs(world, 'tore', `/devices/${old.id}`);
  await press(tore, 'Ta ur bruk');
  const dialog = tore.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Anledning' }).fill('Flyttas till ett annat hem');
  await dialog.getByRole('button', { name: 'Ta ur bruk' }).click();
  await tore.getByText('Larmknapp är tagen ur bruk.').waitFor();
  expect(await maySignIn(world, old)).toBe(false);

  await tore.goto(`${world.at().publicUrl}/install?home=storgatan`);
  await press(tore, 'Installera ny utrustning');
  const device = await chooseAndPlace(tore);
  await (
    await switchOn(world, device)
  )('battery.measured');
  await heading(tore, 'Den hörs!');

  const karin = await openAs(world, 'karin', '/homes/storgatan');
  await karin.getByText('Inga larm de senaste sju dygnen.').waitFor();
  expect(await karin.getByText('Elsa B').count()).toBe(0);
  await karin.getByRole('link', { name: /^Fortsätt: Larmknapp/ }).waitFor();
  await karin.goto(`${world.at().publicUrl}/homes/skogsgatan`);
  await karin.getByRole('link', { name: 'Larmknapp tryckt' }).waitFor();
}, 120_000);

/** What zigbee2mqtt says of a door contact that it has paired. */
function contact(address: string, name: string): object {
  const property = (type: string, called: string, more: object = {}) => {
    return { type, name: called, property: called, access: 1, ...more };
  };
  const exposes = [
    property('binary', 'contact', { value_on: false, value_off: true }),
    property('numeric', 'battery', { unit: '%' }),
    property('numeric', 'linkquality'),
  ];
  return {
    ieee_address: address,
    friendly_name: name,
    type: 'EndDevice',
    supported: true,
    disabled: false,
    interview_completed: true,
    power_source: 'Battery',
    model_id: 'lumi.sensor_magnet.aq2',
    manufacturer: 'LUMI',
    definition: { model: 'MCCGQ11LM', vendor: 'Aqara', description: 'Contact', exposes },
  };
}

/** A hub of the home, with two door contacts that nobody has placed; answers what publishes for it. */
async function openHub(world: World): Promise<(topic: string, said: object) => Promise<void>> {
  const karin = await world.apiFor('karin');
  const ask = async (method: string, path: string, body: object) => {
    const response = await karin(`/installations${path}`, { method, body });
    expect(response.status).toBe(200);
    return response.json();
  };
  const { id } = InstallationView.parse(await ask('POST', '', { homeId: 'skogsgatan' }));
  const given = await ask('PUT', `/${id}/device`, { profile: 'hub' });
  const { secret } = InstallationWithSecret.parse(given);
  await ask('PUT', `/${id}/placement`, { placement: 'other', name: 'Hemnod' });
  const hub = { id: secret?.deviceId ?? '', secret: secret?.secret ?? '' };
  const client = await connect(world, hub);
  onTestFinished(async () => {
    if (client.connected) await client.endAsync(true);
  });
  const publish = async (topic: string, said: object) => {
    const text = JSON.stringify(said);
    await client.publishAsync(`vaka/v1/${hub.id}/zigbee2mqtt/${topic}`, text, { qos: 1 });
  };
  const devices = [
    contact('0x00158d0000000001', 'Altanen'),
    contact('0x00158d0000000002', 'Entrén'),
  ];
  await publish('bridge/devices', devices);
  for (const door of ['Altanen', 'Entrén']) {
    await publish(door, { contact: true, battery: 88, linkquality: 140 });
  }
  return publish;
}

test('of two doors that a hub has found, the one that is opened now is the one to place', async () => {
  const world = await openWorld();
  const publish = await openHub(world);
  const tore = await openAs(world, 'tore', '/install?home=skogsgatan');
  await press(tore, 'Installera ny utrustning');
  const found = tore.getByRole('region', { name: 'Hittade av hemmets hubbar' });
  await expect.poll(() => found.getByRole('button').count()).toBe(2);
  await publish('Entrén', { contact: false, battery: 88, linkquality: 140 });
  const first = found.getByRole('button').first();
  await first.filter({ hasText: 'Entrén' }).getByText('Nyss: Dörr öppnad').waitFor();
  await inspect(tore, 'found');
  await first.click();
  await press(tore, 'Använd Entrén');

  await heading(tore, 'Var sitter den?');
  expect(await tore.getByLabel('Namn').inputValue()).toBe('Ytterdörr');
  await press(tore, 'Sätt den här');
  await heading(tore, 'Väntar på första livstecknet');
  await publish('Entrén', { contact: true, battery: 88, linkquality: 151 });
  await heading(tore, 'Den hörs!');
  await tore.getByText('151 av 255').waitFor();
  await press(tore, 'Vidare');
  await heading(tore, 'Prova att den fungerar');
  await publish('Entrén', { contact: false, battery: 88, linkquality: 151 });
  const opened = tore.getByRole('listitem').filter({ hasText: 'Öppna dörren nu' });
  await opened.getByText(/^hördes /).waitFor();
  await tore.getByText('Öppna dörren nu: hördes.').waitFor({ state: 'attached' });
  await inspect(tore, 'hub-tests');
}, 120_000);

test('a technician without a camera types the code, and is told what it cannot be', async () => {
  const world = await openWorld();
  const tore = await openAs(world, 'tore', '/install?home=storgatan');
  await tore.addInitScript(() => {
    Object.defineProperty(navigator, 'mediaDevices', {
      value: {
        getUserMedia: () => Promise.reject(new DOMException('', 'NotAllowedError')),
      },
    });
  });
  await tore.reload();
  await press(tore, 'Installera ny utrustning');
  await press(tore, 'Skanna koden');
  await tore.getByText(/^Kameran får inte användas här\./).waitFor();
  await tore.getByLabel('Skriv koden från etiketten').fill('storgatan-call-button');
  await press(tore, 'Använd storgatan-call-button');
  await tore.getByText('”Larmknapp” sitter redan i ett hem: ta den ur bruk där först.').waitFor();
  await inspect(tore, 'refused');
  await press(tore, 'Ny utrustning utan kod');
  await heading(tore, 'Vilken sort?');
  await tore.getByRole('searchbox', { name: 'Sök sort eller modell' }).fill('dörr');
  await tore
    .getByRole('region', { name: 'Sorter' })
    .getByRole('button', { name: 'Dörrsensor' })
    .click();
  await inspect(tore, 'models');
  await press(tore, 'Använd Dörrsensor');
  await heading(tore, 'Var sitter den?');
  expect(await tore.getByLabel('Namn').inputValue()).toBe('Ytterdörr');
  const listed = await (await world.apiFor('tore'))('/installations?homeId=storgatan');
  const [begun] = InstallationList.parse(await listed.json()).items;
  expect(begun).toMatchObject({ step: 'placement', device: { profile: 'door-contact' } });
}, 120_000);
