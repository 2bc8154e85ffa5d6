import { randomBytes } from 'node:crypto';

import { expect, onTestFinished, test } from 'vitest';

import type { Store } from '../../gateway/domain/store.ts';
import {
  InstallationList,
  InstallationView,
  InstallationWithSecret,
} from '../../gateway/protocol/device/installation.ts';
import { createOnboarding } from '../../gateway/services/onboarding.ts';
import { useBrowser } from './browser.ts';
import {
  chooseKind,
  connect,
  heading,
  inspect,
  openAs,
  press,
  readSecret,
  switchOn,
} from './install-hands.ts';
import { type Furnishing, openWorld, type World } from './world.ts';

const newPage = useBrowser();

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
  const tore = await openAs(newPage, world, ['tore', '/install?home=skogsgatan']);
  await press(tore, 'Installera ny utrustning');
  const found = tore.getByRole('region', { name: 'Hittade av hemnoden' });
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

/** A home whose resident has consented to calls for help and to nothing else. */
async function furnishSparsely({ registry }: Store, { at }: Furnishing): Promise<void> {
  const clock = () => at;
  const onboarding = createOnboarding({ registry, clock, random: randomBytes });
  const municipalityId = 'norr';
  const timeZone = 'Europe/Stockholm';
  await onboarding.addMunicipality({ id: municipalityId, name: 'Norrköpinge', timeZone });
  await onboarding.addUnit({ id: 'nattpatrullen', municipalityId, name: 'Nattpatrullen' });
  await onboarding.addHome({
    id: 'skogsgatan',
    label: 'Skogsgatan 4',
    unitId: 'nattpatrullen',
    municipalityId,
    residents: ['Elsa B'],
    cohabitants: [],
    consents: ['help'],
  });
  const email = 'tore@vaka.example';
  const person = { id: 'tore', name: 'Tore', role: 'technician', units: [], email } as const;
  await registry.addUser({ ...person, municipalityId, passwordHash: null, at });
}

test('a device that is not heard is helped along, and one without consent says whom to ask', async () => {
  let aheadMs = 0;
  const world = await openWorld({ furnish: furnishSparsely, clock: () => Date.now() + aheadMs });
  const tore = await openAs(newPage, world, ['tore', '/install?home=skogsgatan']);
  await press(tore, 'Installera ny utrustning');
  await chooseKind(tore, 'Dörrsensor');
  await press(tore, 'Sätt den här');
  const device = await readSecret(tore);
  await press(tore, 'Jag har skrivit in den');
  await heading(tore, 'Väntar på första livstecknet');
  expect(await tore.getByText('Inget än. Kontrollera detta:').count()).toBe(0);
  aheadMs = 31_000;
  await tore.getByText('Inget än. Kontrollera detta:').waitFor();
  await inspect(tore, 'help');

  const tell = await switchOn(world, device);
  await tell('door.opened');
  await tore.getByText(/^1 händelse har inte sparats: samtycke saknas\. Be samordnaren/).waitFor();
  await inspect(tore, 'dropped');
  await press(tore, 'Vidare');
  await heading(tore, 'Prova att den fungerar');
  const opened = tore.getByRole('listitem').filter({ hasText: 'Öppna dörren nu' });
  await opened.getByText('samtycke saknas').waitFor();
  await tore.getByText(/^Samtycke saknas för en del av det den säger/).waitFor();
  await inspect(tore, 'unconsented');
}, 120_000);

test('a technician without a camera types the code, and is told what it cannot be', async () => {
  const world = await openWorld();
  const tore = await openAs(newPage, world, ['tore', '/install?home=storgatan']);
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
  await tore.getByRole('button', { name: 'Använd Dörrsensor' }).waitFor();
  await inspect(tore, 'models');
  await press(tore, 'Använd Dörrsensor');
  await heading(tore, 'Var sitter den?');
  expect(await tore.getByLabel('Namn').inputValue()).toBe('Ytterdörr');
  const listed = await (await world.apiFor('tore'))('/installations?homeId=storgatan');
  const [begun] = InstallationList.parse(await listed.json()).items;
  expect(begun).toMatchObject({ step: 'placement', device: { profile: 'door-contact' } });
}, 120_000);
