import { describe, expect, test } from 'vitest';

import type { ErrorCode } from '../../../gateway/domain/errors.ts';
import type { Store } from '../../../gateway/domain/store.ts';
import {
  addDevice,
  addHome,
  addMunicipality,
  addUser,
  furnish,
  hour,
  scopeOf,
  start,
} from './furnish.ts';
import type { CreateStorage } from './storage.ts';

interface Refusal {
  what: string;
  ask: (store: Store) => Promise<void>;
  code: ErrorCode;
  says: string;
}

const north = { municipalityId: 'norr', unitId: 'norr-1' };

const house = {
  id: 'h',
  ...north,
  label: 'Skogsgatan',
  timeZone: 'Europe/Stockholm',
  consents: [],
  at: start,
} as const;

const refusals: readonly Refusal[] = [
  {
    what: 'a municipality that exists',
    ask: (store) => addMunicipality(store, 'norr'),
    code: 'conflict',
    says: 'There is a municipality "norr" already',
  },
  {
    what: 'a unit that exists',
    ask: ({ registry }) =>
      registry.addUnit({ id: 'norr-1', municipalityId: 'norr', name: 'Lag', at: start }),
    code: 'conflict',
    says: 'There is a unit "norr-1" already',
  },
  {
    what: 'a unit of no municipality',
    ask: ({ registry }) =>
      registry.addUnit({ id: 'u', municipalityId: 'nowhere', name: 'Lag', at: start }),
    code: 'not-found',
    says: 'There is no municipality "nowhere"',
  },
  {
    what: 'a home that exists',
    ask: (store) => addHome(store, { id: 'home-1', ...north }),
    code: 'conflict',
    says: 'There is a home "home-1" already',
  },
  {
    what: 'a home of no municipality',
    ask: (store) => addHome(store, { id: 'h', municipalityId: 'nowhere', unitId: 'norr-1' }),
    code: 'not-found',
    says: 'There is no municipality "nowhere"',
  },
  {
    what: 'a home of no unit',
    ask: (store) => addHome(store, { id: 'h', municipalityId: 'norr', unitId: 'none' }),
    code: 'not-found',
    says: 'There is no unit "none" in "norr"',
  },
  {
    what: 'a home of a unit of another municipality',
    ask: (store) => addHome(store, { id: 'h', municipalityId: 'norr', unitId: 'syd-1' }),
    code: 'not-found',
    says: 'There is no unit "syd-1" in "norr"',
  },
  {
    what: 'a resident who lives elsewhere',
    ask: (store) =>
      addHome(store, {
        id: 'h',
        ...north,
        residents: [{ id: 'resident-home-1', name: 'Elsa', cohabitant: false }],
      }),
    code: 'conflict',
    says: 'There is a resident "resident-home-1" already',
  },
  {
    what: 'a device that exists',
    ask: (store) => addDevice(store, { id: 'button-home-1', homeId: 'home-1' }),
    code: 'conflict',
    says: 'There is a device "button-home-1" already',
  },
  {
    what: 'a device in no home',
    ask: (store) => addDevice(store, { id: 'd', homeId: 'nowhere' }),
    code: 'not-found',
    says: 'There is no home "nowhere"',
  },
  {
    what: 'a person whose address is taken',
    ask: (store) =>
      addUser(store, { id: 'b', municipalityId: 'norr', email: 'astrid@vaka.example' }),
    code: 'conflict',
    says: 'Somebody signs in as "astrid@vaka.example" already',
  },
  {
    what: 'a person who exists',
    ask: (store) =>
      addUser(store, { id: 'astrid', municipalityId: 'norr', email: 'b@vaka.example' }),
    code: 'conflict',
    says: 'There is a person "astrid" already',
  },
  {
    what: 'a person of no municipality',
    ask: (store) => addUser(store, { id: 'b', municipalityId: 'nowhere' }),
    code: 'not-found',
    says: 'There is no municipality "nowhere"',
  },
  {
    what: 'a person of a unit of another municipality',
    ask: (store) => addUser(store, { id: 'b', municipalityId: 'norr', units: ['norr-1', 'syd-1'] }),
    code: 'not-found',
    says: 'There is no unit "syd-1" in "norr"',
  },
];

export function describeRegistry(createStorage: CreateStorage): void {
  async function openNorr(...more: readonly string[]): Promise<Store> {
    const store = await (await createStorage()).open();
    await furnish(store, { norr: { 'norr-1': ['home-1', ...more] } });
    return store;
  }

  describe('the registry', () => {
    test('refuses what clashes or hangs in the air, says what it is, and keeps nothing of it', async () => {
      const storage = await createStorage();
      const store = await storage.open();
      await furnish(store, { norr: { 'norr-1': ['home-1'] }, syd: { 'syd-1': [] } });
      await addUser(store, { id: 'astrid', municipalityId: 'norr' });
      const counts = async () => {
        const tables = ['municipality', 'unit', 'home', 'resident', 'consent', 'device', 'binding'];
        const all = [...tables, 'person', 'person_unit'];
        const rows = await Promise.all(
          all.map((table) => storage.query(`select count(*) as n from ${table}`)),
        );
        return rows.map(([row]) => row?.['n']);
      };
      const before = await counts();
      for (const { what, ask, code, says } of refusals) {
        const error: unknown = await ask(store).catch((reason: unknown) => reason);
        expect({ what, error }).toMatchObject({
          what,
          error: { name: 'AppError', code, message: expect.stringContaining(says) },
        });
      }
      expect(await counts()).toEqual(before);
    });

    test('tells a municipality’s name and time zone, and null for one that is not there', async () => {
      const store = await (await createStorage()).open();
      await addMunicipality(store, 'norr');
      expect(await store.registry.municipality('norr')).toEqual({
        id: 'norr',
        name: 'norrs kommun',
        timeZone: 'Europe/Stockholm',
      });
      expect(await store.registry.municipality('syd')).toBeNull();
    });

    test('wakes the home of a new device, so that its silence is waited for', async () => {
      const store = await (await createStorage()).open();
      await furnish(store, { norr: { 'norr-1': ['home-1'] } });
      const due = (at: number) => store.transaction((ledger) => ledger.dueHomes(at, 9));
      expect(await due(start - 1)).toEqual([]);
      expect(await due(start)).toEqual(['home-1']);
    });

    test('keeps what a home remembers when it wakes it, and lets no deadline slip', async () => {
      const store = await (await createStorage()).open();
      await furnish(store, { norr: { 'norr-1': ['home-1'] } });
      const state = { waits: [], silences: {}, traces: { 'door.closed': [[1, 'door']] } } as const;
      const home = { homeId: 'home-1', municipalityId: 'norr', state };
      const due = (at: number) => store.transaction((ledger) => ledger.dueHomes(at, 9));
      await store.transaction((ledger) => ledger.saveHomes([{ ...home, dueAt: start + 9 * hour }]));
      await addDevice(store, { id: 'door', homeId: 'home-1', at: start + hour });
      expect(await due(start + hour)).toEqual(['home-1']);
      await store.transaction((ledger) => ledger.saveHomes([{ ...home, dueAt: start }]));
      await addDevice(store, { id: 'bed', homeId: 'home-1', at: start + hour });
      expect(await due(start)).toEqual(['home-1']);
      const states = await store.transaction((ledger) => ledger.homes(['home-1']));
      expect(states.get('home-1')).toEqual(state);
    });

    test('keeps what people agree to and agree to no longer, with its times', async () => {
      const { registry } = await openNorr();
      await registry.addHome({
        ...house,
        residents: [
          { id: 'sven', name: 'Sven', cohabitant: true },
          { id: 'elsa', name: 'Elsa', cohabitant: false },
        ],
      });
      const change = { homeId: 'h', municipalityId: 'norr', now: start + hour };
      const both = ['elsa', 'sven'];
      const of = async () =>
        (await registry.agreement('h'))?.consents.map(({ residentId, purpose, from, until }) =>
          [residentId, purpose, from - start, until === null ? null : until - start].join(' '),
        );
      expect(await registry.agreement('elsewhere')).toBeNull();
      expect((await registry.agreement('h'))?.residents.map(({ id }) => id)).toEqual(both);
      const given = { ...change, residentIds: both, purposes: ['help', 'statistics'] } as const;
      await registry.giveConsent({ ...given, at: start + 10 });
      await registry.giveConsent({ ...given, at: start + 20 });
      await registry.giveConsent({
        ...given,
        purposes: ['help'],
        residentIds: ['elsa'],
        at: start,
      });
      expect((await of())?.toSorted()).toEqual([
        'elsa help 0 ',
        'elsa statistics 10 ',
        'sven help 10 ',
        'sven statistics 10 ',
      ]);
      const ended = { ...change, residentIds: ['sven'], purposes: ['statistics'] } as const;
      await registry.withdrawConsent({ ...ended, at: start + 30 });
      await registry.withdrawConsent({ ...ended, at: start + 40 });
      await registry.giveConsent({ ...ended, at: start + 50 });
      expect((await of())?.toSorted()).toEqual([
        'elsa help 0 ',
        'elsa statistics 10 ',
        'sven help 10 ',
        'sven statistics 10 30',
        'sven statistics 50 ',
      ]);
    });

    test('lets it be judged anew what is expected in a home when what people agree to changes', async () => {
      const store = await openNorr();
      const change = { homeId: 'home-1', municipalityId: 'norr', purposes: ['activity'] } as const;
      const due = (at: number) => store.transaction((ledger) => ledger.dueHomes(at, 9));
      const state = { waits: [], silences: {}, traces: {} };
      const home = { homeId: 'home-1', municipalityId: 'norr', state };
      for (const work of ['giveConsent', 'withdrawConsent'] as const) {
        await store.transaction((ledger) => ledger.saveHomes([{ ...home, dueAt: null }]));
        expect(await due(start + 9 * hour)).toEqual([]);
        const now = start + hour;
        await store.registry[work]({ ...change, residentIds: [], at: start, now });
        expect(await due(now)).toEqual(['home-1']);
      }
    });

    test('names some homes in order, and no more than asked for', async () => {
      const { registry } = await openNorr('home-2');
      expect(await registry.someHomes(9)).toEqual(['home-1', 'home-2']);
      expect(await registry.someHomes(1)).toEqual(['home-1']);
    });

    test('places a new device from then on', async () => {
      const store = await (await createStorage()).open();
      await furnish(store, { norr: { 'norr-1': ['home-1'] } });
      await addDevice(store, {
        id: 'door',
        homeId: 'home-1',
        placement: 'entrance',
        at: start + 5,
      });
      const { items } = await store.overview.devices(scopeOf(), { limit: 9 });
      expect(items).toMatchObject([
        { id: 'button-home-1', lastSeenAt: null, connected: false },
        { id: 'door', homeId: 'home-1', placement: 'entrance' },
      ]);
    });
  });
}
