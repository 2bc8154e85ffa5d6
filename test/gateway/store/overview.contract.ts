import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type Alert, isLive } from '../../../gateway/domain/alert/alert.ts';
import { maySeeAlert, permissions, type Scope } from '../../../gateway/domain/scope.ts';
import type { Store } from '../../../gateway/domain/store.ts';
import { severities } from '../../../gateway/protocol/alert.ts';
import { Role } from '../../../gateway/protocol/api.ts';
import {
  addDevice,
  addHome,
  entry,
  escalatedTo,
  furnish,
  hour,
  keepAlert,
  minute,
  type Plan,
  raised,
  resolvedAt,
  scopeOf,
  start,
} from './furnish.ts';
import type { CreateStorage } from './storage.ts';

const now = start + 24 * hour;

interface RandomWorld {
  /** How many homes each unit of each municipality has. */
  homes: readonly (readonly number[])[];
  alerts: readonly {
    home: number;
    severity: Alert['severity'];
    step: number;
    resolved: boolean;
    minutes: number;
  }[];
}

const anyWorld: fc.Arbitrary<RandomWorld> = fc.record({
  homes: fc.array(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 2 }), {
    minLength: 2,
    maxLength: 2,
  }),
  alerts: fc.array(
    fc.record({
      home: fc.nat({ max: 20 }),
      severity: fc.constantFrom(...severities),
      step: fc.integer({ min: 0, max: 2 }),
      resolved: fc.boolean(),
      minutes: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 14 },
  ),
});

interface Place {
  municipalityId: string;
  unitId: string;
  homeId: string;
}

async function build(store: Store, world: RandomWorld) {
  const places: Place[] = [];
  const plan: Record<string, Record<string, string[]>> = {};
  for (const [m, units] of world.homes.entries()) {
    const own: Record<string, string[]> = {};
    for (const [u, count] of units.entries()) {
      const unitId = `m${m}u${u}`;
      own[unitId] = Array.from({ length: count }, (_, h) => `${unitId}h${h}`);
      for (const homeId of own[unitId]) places.push({ municipalityId: `m${m}`, unitId, homeId });
    }
    plan[`m${m}`] = own;
  }
  await furnish(store, plan);
  await store.transaction((ledger) =>
    ledger.append(
      places.map(({ municipalityId, homeId }) =>
        entry({
          id: 'walk',
          municipalityId,
          homeId,
          deviceId: `button-${homeId}`,
          type: 'motion.detected',
          at: now - hour,
        }),
      ),
    ),
  );
  const alerts: Alert[] = [];
  for (const [index, { home, severity, step, resolved, minutes }] of world.alerts.entries()) {
    const place = places[home % Math.max(1, places.length)];
    if (place === undefined) continue;
    const at = now - 3 * hour + minutes * minute;
    const begun = raised({
      alertId: `${place.homeId}a${index}`,
      at,
      severity,
      ...place,
      deviceId: `button-${place.homeId}`,
    });
    const steps = step === 0 ? [] : [escalatedTo(step, at + minute)];
    const end = resolved ? [resolvedAt(at + hour)] : [];
    alerts.push(await keepAlert(store, begun, ...steps, ...end));
  }
  return { plan, places, alerts };
}

function scopesOf(plan: Plan): Scope[] {
  return Object.entries(plan).flatMap(([municipalityId, units]) => {
    const ids = Object.keys(units);
    const views: Scope['units'][] = ['all', [], ids.slice(0, 1), ids];
    return Role.options.flatMap((role) =>
      views.map((some) => scopeOf({ municipalityId, role, units: some })),
    );
  });
}

const idsOf = (items: readonly { id: string }[]) => items.map(({ id }) => id).toSorted();

/** All that somebody can be told, over every method. */
async function tellAll(
  { overview }: Store,
  scope: Scope,
  ids: { alerts: string[]; homes: string[] },
) {
  const page = { limit: 100 };
  const alerts = await Promise.all(ids.alerts.map((id) => overview.alert(scope, id)));
  const homes = await Promise.all(ids.homes.map((id) => overview.home(scope, id, now)));
  return {
    all: await overview.alerts(scope, { ...page, state: 'all' }),
    live: await overview.alerts(scope, page),
    resolved: await overview.alerts(scope, { ...page, state: 'resolved' }),
    care: await overview.alerts(scope, { ...page, state: 'all', queue: 'care' }),
    changes: await overview.changesAfter(scope, 0, 1_000),
    alert: alerts.filter((alert) => alert !== null),
    homes: await overview.homes(scope, page),
    home: homes.filter((home) => home !== null),
    devices: await overview.devices(scope, page),
    status: await overview.status(scope, now),
  };
}

export function describeOverview(createStorage: CreateStorage): void {
  describe('what somebody may read', () => {
    test('is exactly what their scope allows, whatever they ask for', async () => {
      await fc.assert(
        fc.asyncProperty(anyWorld, async (world) => {
          const store = await (await createStorage()).open();
          const { plan, places, alerts } = await build(store, world);
          const ids = { alerts: idsOf(alerts), homes: places.map(({ homeId }) => homeId) };
          for (const scope of scopesOf(plan)) {
            const told = await tellAll(store, scope, ids);
            const mine = alerts.filter((alert) => maySeeAlert(scope, alert));
            const homes = places
              .filter(
                ({ municipalityId, unitId }) =>
                  municipalityId === scope.municipalityId &&
                  (scope.units === 'all' || scope.units.includes(unitId)),
              )
              .map(({ homeId }) => homeId)
              .toSorted();
            expect(idsOf(told.all.items)).toEqual(idsOf(mine));
            expect(idsOf(told.live.items)).toEqual(idsOf(mine.filter(isLive)));
            expect(idsOf(told.resolved.items)).toEqual(idsOf(mine.filter((a) => !isLive(a))));
            expect(idsOf(told.alert)).toEqual(idsOf(mine));
            const changed = new Set(told.changes?.map(({ alert }) => alert.id));
            expect([...changed].toSorted()).toEqual(idsOf(mine));
            const care = mine.filter(({ severity }) => severity !== 'technical');
            expect(idsOf(told.care.items)).toEqual(idsOf(care));
            expect(idsOf(told.homes.items)).toEqual(homes);
            expect(idsOf(told.home)).toEqual(homes);
            for (const home of told.home) {
              const ofHome = mine.filter(({ homeId }) => homeId === home.id);
              expect(idsOf(home.alerts)).toEqual(idsOf(ofHome));
              expect(home.liveAlerts).toBe(ofHome.filter(isLive).length);
              expect(idsOf(home.devices)).toEqual([`button-${home.id}`]);
            }
            expect(idsOf(told.devices.items)).toEqual(homes.map((id) => `button-${id}`));
            expect(told.status.homes).toBe(homes.length);
            const text = JSON.stringify(told);
            const municipalities = new Set(text.match(/\bm\d|(?<=-)m\d/g));
            expect(municipalities.difference(new Set([scope.municipalityId])).size).toBe(0);
            const mayKnow = permissions[scope.role].residents;
            expect(text.includes('Elsa')).toBe(mayKnow && homes.length + mine.length > 0);
            const isShown = told.home.map(({ activity }) => activity !== null);
            expect(isShown).toEqual(homes.map(() => mayKnow));
          }
        }),
        { numRuns: 8 },
      );
    });

    test('has residents and activity for carers and coordinators, of that home alone', async () => {
      const store = await (await createStorage()).open();
      await furnish(store, { norr: { 'norr-1': ['home-1', 'home-2'] } });
      await store.transaction((ledger) =>
        ledger.append([
          entry({ id: 'a', type: 'motion.detected', at: now }),
          entry({ id: 'b', type: 'motion.detected', at: now - 1 }),
          entry({ id: 'c', type: 'door.opened', at: now - 25 * hour }),
          entry({
            id: 'd',
            type: 'bed.left',
            deviceId: 'button-home-2',
            homeId: 'home-2',
            at: now,
          }),
        ]),
      );
      for (const role of ['carer', 'coordinator'] as const) {
        const home = await store.overview.home(scopeOf({ role }), 'home-1', now);
        const sums = home?.activity?.lanes.map(({ lane, counts }) => [
          lane,
          counts.reduce((sum, count) => sum + count, 0),
        ]);
        expect(home?.residents).toEqual([{ name: 'Elsa home-1' }]);
        expect(Object.fromEntries(sums ?? [])).toEqual({ motion: 2, door: 0, bed: 0, presence: 0 });
        const motion = home?.activity?.lanes.find(({ lane }) => lane === 'motion');
        expect(motion?.counts.slice(-2)).toEqual([1, 1]);
      }
    });
  });

  describe('a list', () => {
    async function openMany() {
      const store = await (await createStorage()).open();
      await furnish(store, { norr: { 'norr-1': ['home-1'] } });
      for (let index = 0; index < 12; index += 1) {
        const at = start + (index % 2) * minute;
        const begun = raised({
          alertId: `alert-${index * 7}`,
          at,
          severity: severities[index % 3] ?? 'low',
        });
        await keepAlert(store, begun, ...(index % 4 === 0 ? [resolvedAt(at + hour)] : []));
      }
      for (let index = 0; index < 5; index += 1) {
        const id = `h${(index * 3) % 5}`;
        const label = `Storgatan ${index % 2}`;
        await addHome(store, { id, municipalityId: 'norr', unitId: 'norr-1', label });
        await addDevice(store, { id: `door-${id}`, homeId: id });
      }
      return store;
    }

    /** Turns all pages of a list. */
    async function turn<Item>(
      read: (
        cursor: string | undefined,
      ) => Promise<{ items: readonly Item[]; next: string | null }>,
    ) {
      const pages: (readonly Item[])[] = [];
      let cursor: string | undefined;
      do {
        const { items, next } = await read(cursor);
        pages.push(items);
        cursor = next ?? undefined;
      } while (cursor !== undefined);
      return pages;
    }

    test('shows every item once in the promised order, however it is paged', async () => {
      const { overview } = await openMany();
      const scope = scopeOf();
      for (const limit of [1, 2, 3, 5, 9, 50]) {
        const alerts = async (state: 'live' | 'all' | 'resolved') =>
          (await turn((cursor) => overview.alerts(scope, { state, limit, cursor }))).flat();
        const live = await alerts('live');
        expect(new Set(idsOf(live)).size).toBe(9);
        expect(live).toEqual(
          live.toSorted(
            (a, b) =>
              severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
              a.raisedAt - b.raisedAt,
          ),
        );
        for (const [state, count] of [['all', 12] as const, ['resolved', 3] as const]) {
          const past = await alerts(state);
          expect(new Set(idsOf(past)).size).toBe(count);
          expect(past).toHaveLength(count);
          expect(past).toEqual(past.toSorted((a, b) => b.raisedAt - a.raisedAt));
        }
        expect(live).toHaveLength(9);
        const homes = (await turn((cursor) => overview.homes(scope, { limit, cursor }))).flat();
        const order = homes.map(({ label, id }) => `${label} ${id}`);
        expect(order).toHaveLength(6);
        expect(order).toEqual([...new Set(order)].toSorted());
        const devices = (await turn((cursor) => overview.devices(scope, { limit, cursor }))).flat();
        expect(devices.map(({ id }) => id)).toEqual([
          'button-home-1',
          ...[0, 1, 2, 3, 4].map((index) => `door-h${index}`),
        ]);
      }
    });

    test('says that there is no more on its last page, also when that is full', async () => {
      const { overview } = await openMany();
      const pages = await turn((cursor) => overview.alerts(scopeOf(), { limit: 3, cursor }));
      expect(pages.map(({ length }) => length)).toEqual([3, 3, 3]);
    });

    test('is limited to the home, the queue or the state that is asked for', async () => {
      const store = await openMany();
      const { overview } = store;
      await keepAlert(store, raised({ alertId: 'other', homeId: 'h1', severity: 'technical' }));
      const ask = async (query: object) =>
        (await overview.alerts(scopeOf(), { limit: 50, ...query })).items;
      expect(idsOf(await ask({ homeId: 'h1' }))).toEqual(['other']);
      expect((await ask({ queue: 'technical' })).every((a) => a.queue === 'technical')).toBe(true);
      expect((await ask({ queue: 'care' })).every((a) => a.queue === 'care')).toBe(true);
      expect(await ask({ state: 'accepted' })).toEqual([]);
      expect(await ask({ state: 'firing' })).toHaveLength(10);
    });

    test('refuses a cursor that is not its own', async () => {
      const { overview } = await openMany();
      const { next: alertCursor } = await overview.alerts(scopeOf(), { limit: 1 });
      const { next: pastCursor } = await overview.alerts(scopeOf(), { limit: 1, state: 'all' });
      const { next: homeCursor } = await overview.homes(scopeOf(), { limit: 1 });
      const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const invented = ['', '%', 'null', text(null), text([]), text([null, 1]), text({ a: 1 })];
      const scope = scopeOf();
      const refused = { name: 'AppError', code: 'invalid' };
      for (const cursor of [...invented, homeCursor ?? '', pastCursor ?? '']) {
        await expect(overview.alerts(scope, { cursor, limit: 1 })).rejects.toMatchObject(refused);
      }
      for (const cursor of [...invented, homeCursor ?? '', alertCursor ?? '']) {
        const past = overview.alerts(scope, { cursor, limit: 1, state: 'all' });
        await expect(past).rejects.toMatchObject(refused);
      }
      for (const cursor of [...invented, alertCursor ?? '', pastCursor ?? '']) {
        await expect(overview.homes(scope, { cursor, limit: 1 })).rejects.toMatchObject(refused);
        await expect(overview.devices(scope, { cursor, limit: 1 })).rejects.toMatchObject(refused);
      }
    });
  });

  describe('the changes after a position', () => {
    test('are all of them in order, without deliveries, or null beyond the limit', async () => {
      const store = await (await createStorage()).open();
      await furnish(store, { norr: { 'norr-1': ['home-1'], 'norr-2': ['home-2'] } });
      const { overview } = store;
      expect(await overview.lastSeq()).toBe(0);
      await keepAlert(
        store,
        raised({ alertId: 'a' }),
        { type: 'delivered', at: start, by: 'astrid', step: 0 },
        escalatedTo(1, start + minute),
      );
      const half = await overview.lastSeq();
      await keepAlert(
        store,
        raised({ alertId: 'b', unitId: 'norr-2', homeId: 'home-2' }),
        resolvedAt(start),
      );
      const told = async (scope: Scope, cursor: number, limit: number) =>
        (await overview.changesAfter(scope, cursor, limit))?.map(
          ({ alert, event }) => `${alert.id} ${event.type}`,
        ) ?? null;
      const all = ['a raised', 'a escalated', 'b raised', 'b resolved'];
      expect(await told(scopeOf(), 0, 4)).toEqual(all);
      expect(await told(scopeOf(), 0, 3)).toBeNull();
      expect(await told(scopeOf(), half, 4)).toEqual(all.slice(2));
      expect(await told(scopeOf(), await overview.lastSeq(), 4)).toEqual([]);
      expect(await told(scopeOf({ units: ['norr-2'] }), 0, 2)).toEqual(all.slice(2));
      const changes = await overview.changesAfter(scopeOf(), 0, 4);
      const seqs = changes?.map(({ seq }) => seq) ?? [];
      expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
      expect(changes?.map(({ seq, event }) => seq === event.seq)).toEqual(all.map(() => true));
      expect(seqs.at(-1)).toBe(await overview.lastSeq());
    });
  });

  test('a timeline tells what happened, in order and by whom', async () => {
    const store = await (await createStorage()).open();
    await furnish(store, { norr: { 'norr-1': ['home-1'] } });
    await keepAlert(
      store,
      raised({ alertId: 'a', deviceId: 'button-home-1' }),
      { type: 'delivered', at: start + 1, by: 'astrid', step: 0 },
      { type: 'commented', at: start + 2, by: 'astrid', text: 'På väg.' },
      resolvedAt(start + 3),
    );
    const alert = await store.overview.alert(scopeOf(), 'a');
    expect(alert).toMatchObject({
      device: { id: 'button-home-1', name: 'Larmknapp', placement: 'worn' },
      home: { id: 'home-1', label: 'Storgatan home-1' },
    });
    expect(alert?.timeline.map(({ type, at, text }) => ({ type, at, text }))).toEqual([
      { type: 'raised', at: start, text: null },
      { type: 'delivered', at: start + 1, text: null },
      { type: 'commented', at: start + 2, text: 'På väg.' },
      { type: 'resolved', at: start + 3, text: null },
    ]);
  });

  test('a home answers when something in it was heard of late', async () => {
    const store = await (await createStorage()).open();
    await furnish(store, { norr: { 'norr-1': ['home-1', 'home-2'], 'norr-2': ['home-3'] } });
    const heard = (deviceId: string, lastSeenAt: number) =>
      store.transaction((ledger) =>
        ledger.noteDevices([{ deviceId, municipalityId: 'norr', lastSeenAt }]),
      );
    await heard('button-home-1', now - 64 * minute);
    await heard('button-home-2', now - 66 * minute);
    await heard('button-home-3', now);
    expect(await store.overview.status(scopeOf({ units: ['norr-1'] }), now)).toEqual({
      homes: 2,
      homesAnswering: 1,
      isFlood: false,
      lastEventAt: now - 64 * minute,
    });
    expect(await store.overview.status(scopeOf({ units: [] }), now)).toEqual({
      homes: 0,
      homesAnswering: 0,
      isFlood: false,
      lastEventAt: null,
    });
  });
}
