import { beforeEach, describe, expect, test } from 'vitest';

import type { Store } from '../../../gateway/domain/store.ts';
import type { DeviceProfile } from '../../../gateway/protocol/device/device-profile.ts';
import { addDevice, furnish, minute, start } from './furnish.ts';
import type { CreateStorage, Storage } from './storage.ts';

const contact: DeviceProfile = {
  id: 'a-contact',
  kind: 'door-contact',
  vendor: 'Aqara',
  model: 'MCCGQ11LM',
  title: { sv: 'Dörrkontakt', en: 'Door contact' },
  dialect: 'zigbee2mqtt',
  aliases: [],
  capabilities: ['door.opened', 'door.closed'],
  supervision: { class: 'battery', everyMs: 3_600_000, graceMs: 3_600_000 },
  battery: null,
  placements: ['entrance'],
  picture: 'contact',
  scaip: null,
  source: null,
};

/** What technicians see of hubs, and nobody of another municipality. */
export function describeHubs(createStorage: CreateStorage): void {
  let storage: Storage;
  let store: Store;

  beforeEach(async () => {
    storage = await createStorage();
    store = await storage.open();
    await furnish(store, {
      norr: { 'norr-1': ['home-1', 'home-2'] },
      syd: { 'syd-1': ['home-3'] },
    });
    await addDevice(store, { id: 'hub-1', homeId: 'home-1', profile: 'hub', name: 'Hemnod' });
    await addDevice(store, { id: 'hub-2', homeId: 'home-2', profile: 'hub', name: 'Hemnod 2' });
    await addDevice(store, { id: 'hub-3', homeId: 'home-3', profile: 'hub', name: 'Hemnod 3' });
  });

  interface Given {
    hub: string;
    address: string;
    municipality?: string;
    dialect?: string;
    at?: number;
    profile?: string;
  }

  async function find({ hub, address, municipality = 'norr', at = start, ...rest }: Given) {
    const { dialect = 'zigbee2mqtt', profile = 'null' } = rest;
    await storage.query(
      `insert into found(hub_id, address, municipality_id, dialect, label, vendor, profile,
         first_seen_at, last_seen_at, messages, last_type, lqi)
       values ('${hub}', '${address}', '${municipality}', '${dialect}', 'hallen', 'Aqara', ${profile},
         ${start}, ${at}, 7, 'door.opened', 120)`,
    );
  }

  async function place(hub: string, address: string, id: string): Promise<void> {
    await addDevice(store, { id, homeId: 'home-1', profile: 'door-contact' });
    await storage.query(
      `update device set hub_id = '${hub}', address = '${address}' where id = '${id}'`,
    );
  }

  describe('hubs', () => {
    test('are listed by name, with how many they speak for and in which languages', async () => {
      await find({ hub: 'hub-1', address: '0x01' });
      await find({ hub: 'hub-1', address: '0x02' });
      await find({ hub: 'hub-1', address: 'cam', dialect: 'frigate' });
      await place('hub-1', '0x02', 'contact-1');
      await store.transaction((ledger) =>
        ledger.noteDevices([
          { deviceId: 'hub-1', municipalityId: 'norr', lastSeenAt: start, connected: true },
        ]),
      );
      const { items } = await store.hubs.list('norr');
      expect(items).toEqual([
        {
          id: 'hub-1',
          name: 'Hemnod',
          homeId: 'home-1',
          homeLabel: 'Storgatan home-1',
          connected: true,
          lastSeenAt: start,
          placed: 1,
          notPlaced: 2,
          dialects: ['frigate', 'zigbee2mqtt'],
        },
        expect.objectContaining({ id: 'hub-2', placed: 0, notPlaced: 0, dialects: [] }),
      ]);
    });

    test('are also those that are no hub by kind and yet speak for others; none that is out of use', async () => {
      await find({ hub: 'button-home-1', address: '0x01' });
      await storage.query(`update device set decommissioned_at = ${start} where id = 'hub-2'`);
      const { items } = await store.hubs.list('norr');
      expect(items.map(({ id }) => id)).toEqual(['hub-1', 'button-home-1']);
      expect(await store.hubs.hub('norr', 'hub-2')).toBeNull();
    });

    test('exist for their own municipality only', async () => {
      await find({ hub: 'hub-3', address: '0x01', municipality: 'syd' });
      expect(await store.hubs.hub('norr', 'hub-3')).toBeNull();
      expect((await store.hubs.notPlaced('norr', null)).items).toEqual([]);
      expect((await store.hubs.notPlaced('norr', 'home-3')).items).toEqual([]);
      expect(await store.hubs.hub('norr', 'button-home-1')).toBeNull();
    });

    test('show what they speak for: not placed first, then the latest heard first', async () => {
      await find({ hub: 'hub-1', address: '0x01', at: start + 3 * minute });
      await find({ hub: 'hub-1', address: '0x02', at: start + minute });
      await find({ hub: 'hub-1', address: '0x03', at: start + 2 * minute });
      await place('hub-1', '0x01', 'contact-1');
      const hub = await store.hubs.hub('norr', 'hub-1');
      expect(hub?.found.map(({ address, deviceId }) => [address, deviceId])).toEqual([
        ['0x03', null],
        ['0x02', null],
        ['0x01', 'contact-1'],
      ]);
    });

    test('tell what was not understood, of themselves and of each that they speak for', async () => {
      await find({ hub: 'hub-1', address: '0x01' });
      const insert = (address: string, what: string) =>
        storage.query(
          `insert into not_understood values ('norr', 'hub-1', '${address}', '${what}', 'x', 3, 1, 2)`,
        );
      await insert('', 'bridge');
      await insert('0x01', 'action');
      const hub = await store.hubs.hub('norr', 'hub-1');
      const told = { example: 'x', count: 3, lastAt: 2 };
      expect(hub?.notUnderstood).toEqual([{ what: 'bridge', ...told }]);
      expect(hub?.found[0]?.notUnderstood).toEqual([{ what: 'action', ...told }]);
    });
  });

  describe('what is found and not placed', () => {
    test('is told with what its hub says of it', async () => {
      await find({ hub: 'hub-1', address: '0x01', profile: `'${JSON.stringify(contact)}'` });
      expect((await store.hubs.notPlaced('norr', null)).items).toEqual([
        {
          hubId: 'hub-1',
          address: '0x01',
          dialect: 'zigbee2mqtt',
          label: 'hallen',
          vendor: 'Aqara',
          model: null,
          firmware: null,
          profile: contact,
          firstSeenAt: start,
          lastSeenAt: start,
          messages: 7,
          lastType: 'door.opened',
          batteryPercent: null,
          lqi: 120,
          rssiDbm: null,
          isGone: false,
          deviceId: null,
          notUnderstood: [],
        },
      ]);
    });

    test('can be asked for by home, and is no longer found once it is placed, until that device is out of use', async () => {
      await find({ hub: 'hub-1', address: '0x01' });
      await find({ hub: 'hub-2', address: '0x01' });
      const ofHome = async () => {
        const { items } = await store.hubs.notPlaced('norr', 'home-1');
        return items.map(({ hubId }) => hubId);
      };
      expect(await ofHome()).toEqual(['hub-1']);
      await place('hub-1', '0x01', 'contact-1');
      expect(await ofHome()).toEqual([]);
      await storage.query(`update device set decommissioned_at = ${start} where id = 'contact-1'`);
      expect(await ofHome()).toEqual(['hub-1']);
    });

    test('is told without a description that means nothing any more', async () => {
      await find({ hub: 'hub-1', address: '0x01', profile: `'{"id":"of another time"}'` });
      const [only] = (await store.hubs.notPlaced('norr', null)).items;
      expect(only?.profile).toBeNull();
    });
  });

  test('devices are in use that exist and are neither blocked nor decommissioned', async () => {
    await storage.query(`update device set decommissioned_at = ${start} where id = 'hub-2'`);
    await storage.query(`update device set blocked_at = ${start} where id = 'hub-3'`);
    const inUse = await store.hubs.inUse(['hub-1', 'hub-2', 'hub-3', 'hub-4']);
    expect([...inUse]).toEqual(['hub-1']);
  });
}
