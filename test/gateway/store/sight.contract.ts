import { beforeEach, describe, expect, test } from 'vitest';

import { emptyHome } from '../../../gateway/domain/home/home-state.ts';
import type { Store } from '../../../gateway/domain/store.ts';
import { addDevice, furnish, keepAlert, minute, raised, start } from './furnish.ts';
import type { CreateStorage } from './storage.ts';

/** What watchdogs see must be what is committed. */
export function describeSight(createStorage: CreateStorage): void {
  let store: Store;
  beforeEach(async () => {
    store = await (await createStorage()).open();
    await furnish(store, { norr: { 'norr-1': ['home-1'] }, syd: { 'syd-1': ['home-2'] } });
  });

  describe('watchdogs', () => {
    test('see every home, and whether anything in it is connected', async () => {
      const note = (connected: boolean) =>
        store.transaction((ledger) =>
          ledger.noteDevices([
            { deviceId: 'button-home-1', municipalityId: 'norr', lastSeenAt: start, connected },
          ]),
        );
      await note(true);
      expect(await store.sight.homes()).toEqual([
        {
          id: 'home-1',
          municipalityId: 'norr',
          unitId: 'norr-1',
          label: 'Storgatan home-1',
          timeZone: 'Europe/Stockholm',
          isConnected: true,
        },
        expect.objectContaining({ id: 'home-2', municipalityId: 'syd', isConnected: false }),
      ]);
      await note(false);
      const [first] = await store.sight.homes();
      expect(first?.isConnected).toBe(false);
    });

    test('take no home for connected by a device that connects only when it has something to say', async () => {
      const contact = { deviceId: 'contact', municipalityId: 'norr' };
      await addDevice(store, { id: 'contact', homeId: 'home-1', profile: 'event-only' });
      await store.transaction((ledger) =>
        ledger.noteDevices([{ ...contact, lastSeenAt: start, connected: true }]),
      );
      const [first] = await store.sight.homes();
      expect(first?.isConnected).toBe(false);
    });

    test('see which homes wait to be heard again', async () => {
      const over = { from: start, to: start + minute, notedAt: start + minute };
      const open = { from: start + 2 * minute, to: null, notedAt: start + 3 * minute };
      const save = (homeId: string, municipalityId: string, aways: (typeof over | typeof open)[]) =>
        store.transaction((ledger) =>
          ledger.saveHomes([
            { homeId, municipalityId, state: { ...emptyHome, aways }, dueAt: null },
          ]),
        );
      await save('home-1', 'norr', [over, open]);
      await save('home-2', 'syd', [over]);
      expect(await store.sight.unheard()).toEqual([
        { id: 'home-1', municipalityId: 'norr', from: start + 2 * minute },
      ]);
    });

    test('count the alerts of each unit that are about people and no test', async () => {
      await keepAlert(store, raised({ alertId: 'old', at: start }));
      await keepAlert(store, raised({ alertId: 'a', at: start + 1 }));
      await keepAlert(store, raised({ alertId: 'b', at: start + 2, need: 'other' }));
      await keepAlert(store, raised({ alertId: 'c', at: start + 2, severity: 'technical' }));
      await keepAlert(store, raised({ alertId: 'd', at: start + 2, isTest: true }));
      expect(await store.sight.raised(start)).toEqual([{ unitId: 'norr-1', count: 2 }]);
    });
  });
}
