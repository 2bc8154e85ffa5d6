import { describe, expect, test, vi } from 'vitest';

import { FoundList, HubDetail } from '../../../gateway/protocol/device/hub.ts';
import type { World } from '../../e2e/world.ts';
import { eventsOf } from '../../gateway/bridge/hub-town.ts';
import { openTown } from './hub-town.ts';

vi.setConfig({ testTimeout: 60_000 });

const button = '0x00158d0000000001';
const door = '0x00158d0000000002';
const water = '0x00158d0000000003';
const newButton = '0x00158d0000000004';
const newDoor = '0x00158d0000000005';

function openZigbee() {
  return openTown({
    speaks: 'zigbee2mqtt',
    devices: [
      { address: button, name: 'Badrum/Nödknapp', model: 'HS1EB/HS1EB-E', placement: 'bathroom' },
      { address: door, name: 'Ytterdörr', model: 'MCCGQ11LM', placement: 'entrance' },
      { address: water, name: 'Läcka', model: 'SJCGQ11LM', placement: 'kitchen' },
      { address: newButton, name: 'Ny/Nödknapp', model: 'HS1EB/HS1EB-E', placement: null },
      { address: newDoor, name: 'Ny/Dörr', model: 'MCCGQ11LM', placement: null },
    ],
  });
}

async function foundIn(world: World) {
  const tore = await world.apiFor('tore');
  const { items } = FoundList.parse(await (await tore('/found?homeId=home')).json());
  return items;
}

/** What carers are asked to see to, by device. */
async function callsIn(world: World): Promise<string[]> {
  const calls = (await world.alerts('amina')).map(({ rule, device }) => `${rule.id} ${device?.id}`);
  return calls.toSorted();
}

async function expectNothingRefused(world: World): Promise<void> {
  const tore = await world.apiFor('tore');
  const hub = HubDetail.parse(await (await tore('/hubs/hub')).json());
  expect(hub.notUnderstood).toEqual([]);
  expect(hub.found.flatMap(({ notUnderstood }) => notUnderstood)).toEqual([]);
}

describe('a simulated zigbee2mqtt hub', () => {
  test('raises alerts of what is placed, and shows what is found', async () => {
    const { world, play } = await openZigbee();
    const stats = await play();
    expect(stats).toMatchObject({ acknowledged: stats.sent, refused: 0, givenUp: 0, connected: 1 });
    await expectNothingRefused(world);
    const calls = await callsIn(world);
    expect(calls).toContainEqual(expect.stringMatching(new RegExp(` ${button}$`)));
    expect(calls).toContainEqual(expect.stringMatching(new RegExp(` ${water}$`)));
    const told = eventsOf(world.dataDir, door).map(({ type }) => type);
    expect(told.filter((type) => type.startsWith('door.'))).toEqual(['door.opened', 'door.closed']);
    const found = await foundIn(world);
    expect(found.map(({ address, profile }) => `${address} ${profile?.kind}`).toSorted()).toEqual([
      `${newButton} call-button`,
      `${newDoor} door-contact`,
    ]);
  });

  test('lets nobody try what is found unless they may, as it may be in use somewhere', async () => {
    const { world, play } = await openZigbee();
    await play();
    expect((await foundIn(world)).map(({ lastType }) => lastType)).toEqual([null, null]);
  });

  test('lets somebody try what is found for as long as they may, and nobody is called', async () => {
    const { world, play } = await openZigbee();
    const asked: string[] = [];
    const mayTry = async (_: string, address: string) => {
      asked.push(address);
      return asked.length < 12;
    };
    await play({ mayTry });
    expect(asked.filter((address) => address === newButton).length).toBeGreaterThan(6);
    const last = new Map((await foundIn(world)).map((one) => [one.address, one.lastType]));
    expect(last.get(newButton)).toBe('help.pressed');
    expect(last.get(newDoor)).toMatch(/^door\./);
    expect((await callsIn(world)).filter((call) => call.endsWith(newButton))).toEqual([]);
  });

  test('goes on after the gateway was away', async () => {
    const { world, play } = await openZigbee();
    const played = play({ speed: 150 });
    await expect
      .poll(() => eventsOf(world.dataDir, door).length, { timeout: 20_000, interval: 20 })
      .toBeGreaterThan(0);
    await world.stop();
    await world.start();
    const stats = await played;
    expect(stats.acknowledged).toBe(stats.sent);
    expect(await callsIn(world)).toContainEqual(expect.stringMatching(new RegExp(` ${water}$`)));
  });
});

describe('a simulated Frigate', () => {
  test('tells whom its cameras see, each in each zone once', async () => {
    const { world, play } = await openTown({
      speaks: 'frigate',
      devices: [{ address: 'sovrum', name: 'sovrum', model: 'camera', placement: 'bedroom' }],
    });
    const stats = await play();
    expect(stats).toMatchObject({ acknowledged: stats.sent, refused: 0 });
    await expectNothingRefused(world);
    const seen = eventsOf(world.dataDir, 'sovrum').filter(({ type }) => type === 'person.seen');
    expect(seen.length).toBeGreaterThan(0);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
  });
});

describe('a simulated ChirpStack', () => {
  const pendant = '24e124136c000003';
  const openLorawan = () =>
    openTown({
      speaks: 'chirpstack',
      devices: [
        { address: pendant, name: 'Nödknapp', model: 'WS101', placement: 'worn' },
        { address: '24e124136c000001', name: 'Ytterdörr', model: 'EM300-MCS', placement: null },
      ],
    });

  test('raises alerts over HTTP, and shows what is found', async () => {
    const { world, play } = await openLorawan();
    const stats = await play();
    expect(stats.sent).toBeGreaterThan(4);
    expect(stats).toMatchObject({ acknowledged: stats.sent, refused: 0, givenUp: 0, connected: 0 });
    await expectNothingRefused(world);
    const calls = await callsIn(world);
    expect(calls).toContainEqual(expect.stringMatching(new RegExp(` ${pendant}$`)));
    expect((await foundIn(world)).map(({ label }) => label)).toEqual(['Ytterdörr']);
  });

  test('sends again what was not acknowledged, until it is', async () => {
    const { world, play } = await openLorawan();
    await world.stop();
    const failed = Promise.withResolvers<void>();
    const log = (message: string) => message === 'The connection failed.' && failed.resolve();
    const played = play({ log });
    await failed.promise;
    await world.start();
    const stats = await played;
    expect(stats.repeated).toBeGreaterThan(0);
    expect(stats.acknowledged).toBe(stats.sent);
    expect(await callsIn(world)).toContainEqual(expect.stringMatching(new RegExp(` ${pendant}$`)));
  });

  test('gives up at once what is sent with a wrong secret', async () => {
    const { world, hub, play } = await openLorawan();
    const wrong = { ...hub, secret: 'guessed' };
    const home = { id: 'home', timeZone: 'Europe/Stockholm', devices: [], hubs: [wrong] };
    const stats = await play({ fleet: { homes: [home] } });
    expect(stats).toMatchObject({ acknowledged: 0, givenUp: stats.sent, repeated: 0 });
    expect(await foundIn(world)).toEqual([]);
  });
});
