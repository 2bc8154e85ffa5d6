import { describe, expect, test } from 'vitest';

import type { Store } from '../../../gateway/domain/store.ts';
import {
  addDevice,
  addHome,
  addUser,
  furnish,
  hour,
  minute,
  secretHashOf,
  start,
} from './furnish.ts';
import type { CreateStorage } from './storage.ts';

export function describeDirectory(createStorage: CreateStorage): void {
  async function open() {
    const storage = await createStorage();
    const store = await storage.open();
    await furnish(store, { norr: { 'norr-1': ['home-1', 'home-2'] } });
    return { storage, store };
  }

  /** Everything it may answer about one home, so that it has been remembered. */
  async function askAll({ directory }: Store) {
    const home = (await directory.homes(['home-1'])).get('home-1');
    return {
      devices: home?.context.devices.map(({ id }) => id),
      consents: home?.consents,
      door: (await directory.devices(['door'])).get('door'),
      credentials: await directory.credentials('button-home-1'),
      astrid: (await directory.people(['astrid'])).get('astrid'),
    };
  }

  describe('the directory', () => {
    test('knows homes, devices and people as they were entered, and nothing of others', async () => {
      const { store } = await open();
      await addUser(store, { id: 'astrid', municipalityId: 'norr', name: 'Astrid Ek' });
      const { directory } = store;
      const homes = await directory.homes(['home-1', 'nowhere']);
      expect([...homes.keys()]).toEqual(['home-1']);
      expect(homes.get('home-1')).toMatchObject({
        label: 'Storgatan home-1',
        residents: [{ id: 'resident-home-1', name: 'Elsa home-1' }],
        context: {
          id: 'home-1',
          municipalityId: 'norr',
          unitId: 'norr-1',
          timeZone: 'Europe/Stockholm',
          devices: [
            {
              id: 'button-home-1',
              profile: 'call-button',
              placement: 'worn',
              placedAt: start,
              silentAfterMs: 30 * minute,
            },
          ],
        },
      });
      expect([...(await directory.people(['astrid', 'x']))]).toEqual([['astrid', 'Astrid Ek']]);
      expect(await directory.credentials('button-home-1')).toMatchObject([
        { kind: 'secret', hash: secretHashOf('button-home-1'), expiresAt: null },
      ]);
      expect(await directory.credentials('unknown')).toEqual([]);
      expect(await directory.homes([])).toEqual(new Map());
    });

    test('names the resident before those who live there too', async () => {
      const { store } = await open();
      await store.registry.addHome({
        id: 'home-3',
        municipalityId: 'norr',
        unitId: 'norr-1',
        label: 'Kyrkogatan 3',
        timeZone: 'Europe/Stockholm',
        residents: [
          { id: 'r-2', name: 'Sven', cohabitant: true },
          { id: 'r-1', name: 'Elsa', cohabitant: false },
        ],
        consents: ['help'],
        at: start,
      });
      const home = (await store.directory.homes(['home-3'])).get('home-3');
      expect(home?.residents.map(({ name }) => name)).toEqual(['Elsa', 'Sven']);
      expect(home?.consents).toHaveLength(2);
    });

    test('expects nothing of a home where nobody lives, who could have agreed to it', async () => {
      const { store } = await open();
      const empty = { id: 'home-5', municipalityId: 'norr', unitId: 'norr-1', residents: [] };
      await addHome(store, empty);
      await addDevice(store, { id: 'button-home-5', homeId: 'home-5' });
      const home = (await store.directory.homes(['home-5'])).get('home-5');
      expect(home?.context.devices[0]?.tells).toEqual(['test.pressed', 'battery.measured']);
    });

    test('says of a home what anybody who lives there needs, each once', async () => {
      const { store } = await open();
      const living = { cohabitant: false, flags: ['may-wander', 'fall-risk'] } as const;
      await addHome(store, {
        id: 'home-4',
        municipalityId: 'norr',
        unitId: 'norr-1',
        residents: [
          { id: 'r-1', name: 'Elsa', ...living },
          { id: 'r-2', name: 'Sven', cohabitant: true, flags: ['fall-risk', 'hard-of-hearing'] },
        ],
      });
      const homes = await store.directory.homes(['home-1', 'home-4']);
      expect(homes.get('home-1')?.context.flags).toEqual([]);
      expect(homes.get('home-4')?.context.flags).toEqual([
        'fall-risk',
        'may-wander',
        'hard-of-hearing',
      ]);
    });

    for (const whose of ['its own', 'another process’s'] as const) {
      test(`answers what is true now after ${whose} writes`, async () => {
        const { storage, store } = await open();
        const writer = whose === 'its own' ? store : await storage.open();
        await askAll(store);
        await addDevice(writer, { id: 'door', homeId: 'home-1', profile: 'door-contact' });
        expect(await askAll(store)).toMatchObject({
          devices: ['button-home-1', 'door'],
          door: { id: 'door', bindings: [{ homeId: 'home-1', until: null }] },
        });
        await addUser(writer, { id: 'astrid', municipalityId: 'norr' });
        expect(await askAll(store)).toMatchObject({ astrid: 'astrid' });
      });
    }

    test('hears of a consent that ended and a device that was blocked behind its back', async () => {
      const { storage, store } = await open();
      await askAll(store);
      await storage.query(
        `update consent set until_at = ${start + hour} where purpose = 'activity'`,
      );
      const after = await askAll(store);
      const ended = after.consents?.filter(({ until }) => until !== null);
      expect(ended).toEqual([
        { purpose: 'activity', residentId: 'resident-home-1', from: start, until: start + hour },
      ]);
      expect(after.credentials).toHaveLength(1);
      await storage.query(`update device set blocked_at = 1 where id = 'button-home-1'`);
      expect(await askAll(store)).toMatchObject({ credentials: [] });
    });

    test('remembers where a device has been, newest first, and counts it in its home of now', async () => {
      const { storage, store } = await open();
      await storage.query(
        `update binding set until_at = ${start + hour} where device_id = 'button-home-1'`,
      );
      await storage.query(
        `insert into binding values ('norr', 'button-home-1', 'home-2', 'bed', ${start + hour}, null)`,
      );
      const device = (await store.directory.devices(['button-home-1'])).get('button-home-1');
      expect(device?.bindings).toEqual([
        { homeId: 'home-2', placement: 'bed', from: start + hour, until: null },
        { homeId: 'home-1', placement: 'worn', from: start, until: start + hour },
      ]);
      const homes = await store.directory.homes(['home-1', 'home-2']);
      const devices = [...homes.values()].map(({ context }) => context.devices.map(({ id }) => id));
      expect(devices).toEqual([[], ['button-home-2', 'button-home-1']]);
    });

    test('does not go on remembering what it read while it was being changed', async () => {
      const { store } = await open();
      for (let wait = 0; wait < 24; wait += 1) {
        const id = `door-${wait}`;
        // Nothing is remembered after a change, so that the next question is read.
        const unit = { id: `unit-${wait}`, municipalityId: 'norr', name: 'Lag', at: start };
        await store.registry.addUnit(unit);
        const adding = addDevice(store, { id, homeId: 'home-1' });
        for (let turn = 0; turn < wait; turn += 1) await Promise.resolve();
        await Promise.all([adding, askAll(store)]);
        const { devices } = await askAll(store);
        expect(devices).toContain(id);
      }
    });
  });
}
