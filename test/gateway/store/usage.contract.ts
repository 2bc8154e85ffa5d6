import { beforeEach, describe, expect, test } from 'vitest';

import type { Store } from '../../../gateway/domain/store.ts';
import { addDevice, addHome, furnish, hour, keepAlert, raised, start } from './furnish.ts';
import type { CreateStorage, Storage } from './storage.ts';

const day = 24 * hour;
const period = { from: start, until: start + 10 * day };
const norr = { municipalityId: 'norr' };
const syd = { municipalityId: 'syd' };

/** What is counted is what somebody pays for. */
export function describeUsage(createStorage: CreateStorage): void {
  let storage: Storage;
  let store: Store;
  beforeEach(async () => {
    storage = await createStorage();
    store = await storage.open();
    await furnish(store, { norr: { 'norr-1': ['home-1'] }, syd: { 'syd-1': ['home-2'] } });
  });

  describe('the use of the service', () => {
    test('counts what was there for half of the period as half', async () => {
      await addHome(store, {
        id: 'home-3',
        municipalityId: 'norr',
        unitId: 'norr-1',
        residents: [
          { id: 'elsa', name: 'Elsa', cohabitant: false },
          { id: 'sven', name: 'Sven', cohabitant: false },
          { id: 'olle', name: 'Olle', cohabitant: true },
        ],
      });
      await addDevice(store, { id: 'late', homeId: 'home-3', at: start + 5 * day });
      expect(await store.usage.usage(norr, 'norr', period)).toEqual({
        homeMs: 15 * day,
        residentMs: 20 * day,
        deviceMs: 15 * day,
        alerts: 0,
        homes: 2,
      });
    });

    test('counts a home once, however many devices follow each other or overlap in it', async () => {
      // The button is there days 0 to 2, another 1 to 4, and a third 6 to 8; the home is in use for 6 of 10 days.
      const until = (id: string, days: number) =>
        storage.query(
          `update binding set until_at = ${start + days * day} where device_id = '${id}'`,
        );
      await until('button-home-1', 2);
      await addDevice(store, { id: 'second', homeId: 'home-1', at: start + day });
      await until('second', 4);
      await addDevice(store, { id: 'third', homeId: 'home-1', at: start + 6 * day });
      await until('third', 8);
      expect(await store.usage.usage(norr, 'norr', period)).toMatchObject({
        homeMs: 6 * day,
        residentMs: 6 * day,
        deviceMs: 7 * day,
      });
      const later = { from: start + 8 * day, until: start + 10 * day };
      expect(await store.usage.usage(norr, 'norr', later)).toMatchObject({ homeMs: 0, homes: 0 });
    });

    test('counts alerts that its own homes raised in the period, and no tests', async () => {
      const keep = (alertId: string, some: Partial<Parameters<typeof raised>[0]>) =>
        keepAlert(store, raised({ alertId, ...some }));
      await keep('first', { at: period.from });
      await keep('technical', { at: start + day, severity: 'technical' });
      await keep('trial', { at: start + day, isTest: true });
      await keep('after', { at: period.until });
      await keep('theirs', {
        at: start + day,
        homeId: 'home-2',
        municipalityId: 'syd',
        unitId: 'syd-1',
      });
      expect(await store.usage.usage(norr, 'norr', period)).toMatchObject({ alerts: 2 });
      expect(await store.usage.usage(syd, 'syd', period)).toMatchObject({ alerts: 1 });
    });

    test('is shown to another municipality only while both share costs', async () => {
      const seen = async () => (await store.usage.usage(norr, 'syd', period)) !== null;
      expect(await seen()).toBe(false);
      expect(await store.usage.join('norr', start)).toBe(true);
      expect(await seen()).toBe(false);
      expect(await store.usage.join('syd', start + 1)).toBe(true);
      expect(await seen()).toBe(true);
      expect(await store.usage.join('syd', start + 2)).toBe(false);
      expect(await store.usage.members()).toEqual([
        { id: 'norr', name: 'norrs kommun', timeZone: 'Europe/Stockholm', joinedAt: start },
        { id: 'syd', name: 'syds kommun', timeZone: 'Europe/Stockholm', joinedAt: start + 1 },
      ]);
      expect(await store.usage.leave('norr')).toBe(true);
      expect(await store.usage.leave('norr')).toBe(false);
      expect(await seen()).toBe(false);
      expect(await store.usage.usage(norr, 'norr', period)).not.toBe(null);
    });

    test('knows municipalities by their ids', async () => {
      expect(await store.usage.municipality('syd')).toMatchObject({ name: 'syds kommun' });
      expect(await store.usage.municipality('other')).toBe(null);
    });
  });
}
