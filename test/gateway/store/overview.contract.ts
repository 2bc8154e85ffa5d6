import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { AlertEvent, AskedParty } from '../../../gateway/domain/alert/alert-event.ts';
import { type Alert, isLive } from '../../../gateway/domain/alert/alert.ts';
import { maySeeAlert, permissions, queueOf, type Scope } from '../../../gateway/domain/scope.ts';
import type { Store } from '../../../gateway/domain/store.ts';
import { severities } from '../../../gateway/protocol/alert.ts';
import { Role } from '../../../gateway/protocol/api.ts';
import {
  addDevice,
  addHome,
  addUser,
  changeOf,
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

interface RandomAlert {
  home: number;
  /** About the service itself. */
  isOfService: boolean;
  severity: Alert['severity'];
  isTest: boolean;
  /** Which of all units answers for it, whosever it is. */
  unit: number;
  asked: readonly AskedParty[];
  by: string | null;
  resolved: boolean;
  minutes: number;
}

interface RandomWorld {
  /** How many homes each unit of each municipality has. */
  homes: readonly (readonly number[])[];
  alerts: readonly RandomAlert[];
}

/** A carer of each municipality. */
const carers: Readonly<Record<string, string>> = { m0: 'astrid', m1: 'sara' };

const anyParty: fc.Arbitrary<AskedParty> = fc
  .record({
    named: fc.constantFrom(
      ...['m0u0', 'm0u1', 'm1u0', 'm1u1'].map((ref) => ({ kind: 'unit', ref }) as const),
      ...['astrid', 'sara'].map((ref) => ({ kind: 'person', ref }) as const),
      ...['m0', 'm1'].map((ref) => ({ kind: 'everyone', ref }) as const),
    ),
    until: fc.constantFrom(null, now - hour, now, now + 1),
  })
  .map(({ named, until }) => ({ ...named, until }));

const anyAlert: fc.Arbitrary<RandomAlert> = fc.record({
  home: fc.nat({ max: 20 }),
  isOfService: fc.boolean(),
  severity: fc.constantFrom(...severities),
  isTest: fc.boolean(),
  unit: fc.nat({ max: 3 }),
  asked: fc.uniqueArray(anyParty, {
    maxLength: 4,
    selector: ({ kind, ref }) => `${kind} ${ref}`,
  }),
  by: fc.constantFrom(null, null, 'astrid', 'sara'),
  resolved: fc.boolean(),
  minutes: fc.integer({ min: 0, max: 3 }),
});

const anyWorld: fc.Arbitrary<RandomWorld> = fc.record({
  homes: fc.array(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 2, maxLength: 2 }), {
    minLength: 2,
    maxLength: 2,
  }),
  alerts: fc.array(anyAlert, { maxLength: 14 }),
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
  for (const [municipalityId, id] of Object.entries(carers)) {
    await addUser(store, { id, municipalityId });
  }
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
  const units = Object.values(plan).flatMap((own) => Object.keys(own));
  const alerts: Alert[] = [];
  for (const [index, some] of world.alerts.entries()) {
    const place = places[some.home % Math.max(1, places.length)];
    if (place === undefined) continue;
    alerts.push(
      await keepRandom(store, { ...some, unitId: units[some.unit] ?? null }, place, index),
    );
  }
  return { plan, places, alerts };
}

function keepRandom(
  store: Store,
  some: RandomAlert & { unitId: string | null },
  { municipalityId, unitId: homeUnitId, homeId }: Place,
  index: number,
): Promise<Alert> {
  const { isOfService, severity, isTest, unitId, asked, by, resolved, minutes } = some;
  const at = now - 3 * hour + minutes * minute;
  const about = isOfService
    ? { homeId: null, homeUnitId: null, deviceId: null }
    : { homeId, homeUnitId, deviceId: `button-${homeId}` };
  const reached = { parties: asked, people: [], endpoints: [], isNobody: false };
  const begun = raised({
    alertId: `${municipalityId}a${index}`,
    at,
    municipalityId,
    unitId,
    ...about,
    severity,
    isTest,
    reached,
  });
  const taken: AlertEvent[] =
    by === null ? [] : [{ type: 'accepted', at, by, etaAt: null, dueAt: at + 9 * hour }];
  const end = resolved ? [resolvedAt(at + hour)] : [];
  return keepAlert(store, begun, ...taken, ...end);
}

/** Everybody works for a whole municipality but its carer, who may work in some of its units, in all, or in none. */
function scopesOf(plan: Plan): Scope[] {
  return Object.entries(plan).flatMap(([municipalityId, units]) => {
    const ids = Object.keys(units);
    const carer = { userId: carers[municipalityId] ?? '', municipalityId };
    return Role.options.flatMap((role) =>
      role === 'carer'
        ? [[], ids.slice(0, 1), ids].map((some) => scopeOf({ ...carer, units: some }))
        : [scopeOf({ userId: role, municipalityId, role })],
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
  const alerts = await Promise.all(ids.alerts.map((id) => overview.alert(scope, id, now)));
  const homes = await Promise.all(ids.homes.map((id) => overview.home(scope, id, now)));
  return {
    all: await overview.alerts(scope, { ...page, state: 'all' }, now),
    live: await overview.alerts(scope, page, now),
    resolved: await overview.alerts(scope, { ...page, state: 'resolved' }, now),
    care: await overview.alerts(scope, { ...page, state: 'all', queue: 'care' }, now),
    missed: await overview.changesAfter(scope, 0, 1_000, now),
    alert: alerts.filter((alert) => alert !== null),
    homes: await overview.homes(scope, page, now),
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
            const mine = alerts.filter((alert) => maySeeAlert(scope, alert, now));
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
            const changed = new Set(told.missed?.changes.map(({ alert }) => alert.id));
            expect([...changed].toSorted()).toEqual(idsOf(mine));
            expect(changed.intersection(new Set(told.missed?.gone)).size).toBe(0);
            const care = mine.filter((alert) => queueOf(alert) === 'care');
            expect(idsOf(told.care.items)).toEqual(idsOf(care));
            expect(idsOf(told.homes.items)).toEqual(homes);
            expect(idsOf(told.home)).toEqual(homes);
            for (const home of told.home) {
              const ofHome = mine.filter(({ homeId }) => homeId === home.id);
              expect(idsOf(home.alerts)).toEqual(idsOf(ofHome));
              // Their own unit's homes are told of, whoever is asked there now.
              const { queues } = permissions[scope.role];
              const going = alerts.filter((a) => a.homeId === home.id && isLive(a));
              expect(home.liveAlerts).toBe(going.filter((a) => queues.includes(queueOf(a))).length);
              expect(idsOf(home.devices)).toEqual([`button-${home.id}`]);
            }
            expect(idsOf(told.devices.items)).toEqual(homes.map((id) => `button-${id}`));
            expect(told.status.homes).toBe(homes.length);
            const text = JSON.stringify(told);
            const municipalities = new Set(text.match(/\bm\d|(?<=-)m\d/g));
            const concerned = mine.flatMap((alert) => [alert.municipalityId, alert.unitId ?? '']);
            const known = [scope.municipalityId, ...concerned, ...(told.missed?.gone ?? [])];
            const knowable = new Set(known.map((id) => id.slice(0, 2)));
            expect(municipalities.difference(knowable).size).toBe(0);
            const mayKnow = permissions[scope.role].residents;
            const isOfHome = homes.length > 0 || mine.some(({ homeId }) => homeId !== null);
            expect(text.includes('Elsa')).toBe(mayKnow && isOfHome);
            const isShown = told.home.map(({ activity }) => activity !== null);
            expect(isShown).toEqual(homes.map(() => mayKnow));
          }
        }),
        { numRuns: 12 },
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
          (await turn((cursor) => overview.alerts(scope, { state, limit, cursor }, now))).flat();
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
        const homes = (
          await turn((cursor) => overview.homes(scope, { limit, cursor }, now))
        ).flat();
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
      const pages = await turn((cursor) => overview.alerts(scopeOf(), { limit: 3, cursor }, now));
      expect(pages.map(({ length }) => length)).toEqual([3, 3, 3]);
    });

    test('is limited to the home, the queue or the state that is asked for', async () => {
      const store = await openMany();
      const { overview } = store;
      await keepAlert(store, raised({ alertId: 'other', homeId: 'h1', severity: 'technical' }));
      const ask = async (query: object) =>
        (await overview.alerts(scopeOf(), { limit: 50, ...query }, now)).items;
      expect(idsOf(await ask({ homeId: 'h1' }))).toEqual(['other']);
      expect((await ask({ queue: 'technical' })).every((a) => a.queue === 'technical')).toBe(true);
      expect((await ask({ queue: 'care' })).every((a) => a.queue === 'care')).toBe(true);
      expect(await ask({ state: 'accepted' })).toEqual([]);
      expect(await ask({ state: 'firing' })).toHaveLength(10);
    });

    test('refuses a cursor that is not its own', async () => {
      const { overview } = await openMany();
      const { next: alertCursor } = await overview.alerts(scopeOf(), { limit: 1 }, now);
      const { next: pastCursor } = await overview.alerts(
        scopeOf(),
        { limit: 1, state: 'all' },
        now,
      );
      const { next: homeCursor } = await overview.homes(scopeOf(), { limit: 1 }, now);
      const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const invented = ['', '%', 'null', text(null), text([]), text([null, 1]), text({ a: 1 })];
      const scope = scopeOf();
      const refused = { name: 'AppError', code: 'invalid' };
      for (const cursor of [...invented, homeCursor ?? '', pastCursor ?? '']) {
        await expect(overview.alerts(scope, { cursor, limit: 1 }, now)).rejects.toMatchObject(
          refused,
        );
      }
      for (const cursor of [...invented, homeCursor ?? '', alertCursor ?? '']) {
        const past = overview.alerts(scope, { cursor, limit: 1, state: 'all' }, now);
        await expect(past).rejects.toMatchObject(refused);
      }
      for (const cursor of [...invented, alertCursor ?? '', pastCursor ?? '']) {
        await expect(overview.homes(scope, { cursor, limit: 1 }, now)).rejects.toMatchObject(
          refused,
        );
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
        shownTo('astrid', start),
        escalatedTo(1, start + minute),
      );
      const half = await overview.lastSeq();
      await keepAlert(
        store,
        raised({ alertId: 'b', unitId: 'norr-2', homeId: 'home-2' }),
        resolvedAt(start),
      );
      const told = async (scope: Scope, cursor: number, limit: number) =>
        (await overview.changesAfter(scope, cursor, limit, now))?.changes.map(
          ({ alert, event }) => `${alert.id} ${event.type}`,
        ) ?? null;
      const all = ['a raised', 'a escalated', 'b raised', 'b resolved'];
      expect(await told(scopeOf(), 0, 4)).toEqual(all);
      expect(await told(scopeOf(), 0, 3)).toBeNull();
      expect(await told(scopeOf(), half, 4)).toEqual(all.slice(2));
      expect(await told(scopeOf(), await overview.lastSeq(), 4)).toEqual([]);
      expect(await told(scopeOf({ units: ['norr-2'] }), 0, 2)).toEqual(all.slice(2));
      const { changes } = (await overview.changesAfter(scopeOf(), 0, 4, now)) ?? {};
      const seqs = changes?.map(({ seq }) => seq) ?? [];
      expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
      expect(changes?.map(({ seq, event }) => seq === event.seq)).toEqual(all.map(() => true));
      expect(seqs.at(-1)).toBe(await overview.lastSeq());
    });
  });

  describe('an alert that was somebody’s to see', () => {
    const patrol = scopeOf({ units: ['norr-1'] });
    const day = scopeOf({ userId: 'bengt', units: ['norr-2'] });
    const handover = start + hour;
    const due = { dueAt: start + 9 * hour };
    const asksUnit = (ref: string, until: number | null) => ({
      parties: [{ kind: 'unit', ref, until }] as const,
      people: [],
      endpoints: [],
      isNobody: false,
    });
    const begun = raised({
      alertId: 'a',
      unitId: 'norr-1',
      unitUntil: handover,
      homeUnitId: 'norr-2',
      homeId: 'home-2',
      reached: asksUnit('norr-1', handover),
    });
    const assigned: AlertEvent = {
      type: 'assigned',
      at: handover,
      reason: 'plan',
      unitId: 'norr-2',
      unitUntil: null,
      isTest: false,
      policy: begun.policy,
      step: 0,
      reached: null,
      ...due,
    };
    const accepted: AlertEvent = { type: 'accepted', at: start, by: 'astrid', etaAt: null, ...due };
    const later = { at: handover + hour, ...due };
    const toBengt = {
      parties: [{ kind: 'person', ref: 'bengt', until: null }],
      people: ['bengt'],
      endpoints: [],
      isNobody: false,
    } as const;

    /** What each is told of the last of these events, at its time, after what came before. */
    async function tell(...events: [AlertEvent, ...AlertEvent[]]) {
      const store = await (await createStorage()).open();
      await furnish(store, { norr: { 'norr-1': ['home-1'], 'norr-2': ['home-2'] } });
      const { alert: before } = changeOf(begun, ...events.slice(0, -1));
      const { alert } = changeOf(begun, ...events);
      await keepAlert(store, begun, ...events.slice(0, -1));
      const cursor = await store.overview.lastSeq();
      const last = events.at(-1) ?? begun;
      await store.transaction((ledger) => ledger.saveAlerts([{ alert, before, events: [last] }]));
      const told = async (scope: Scope) => {
        const missed = await store.overview.changesAfter(scope, cursor, 9, last.at);
        const seen = await store.overview.alert(scope, 'a', last.at);
        expect(seen !== null).toBe(maySeeAlert(scope, alert, last.at));
        return [...(missed?.changes.map(({ event }) => event.type) ?? []), ...(missed?.gone ?? [])];
      };
      return { patrol: await told(patrol), day: await told(day) };
    }

    test('is gone once another unit answers for it', async () => {
      expect(await tell(assigned)).toEqual({ patrol: ['a'], day: ['assigned'] });
    });

    test('stays with who accepted it until they hand it over, give it back or end it', async () => {
      const kept = [accepted, assigned] as const;
      expect(await tell(...kept)).toEqual({ patrol: ['assigned'], day: ['assigned'] });
      const endings: readonly AlertEvent[] = [
        { type: 'handed-over', by: 'astrid', to: 'bengt', reached: toBengt, ...later },
        { type: 'taken-over', by: 'bengt', from: 'astrid', etaAt: null, ...later },
        {
          type: 'returned',
          by: 'astrid',
          step: 0,
          reason: 'handed-back',
          reached: asksUnit('norr-2', null),
          ...later,
        },
        { type: 'resolved', at: later.at, by: 'astrid', outcome: 'helped', note: null },
      ];
      for (const end of endings) {
        expect(await tell(...kept, end)).toEqual({ patrol: ['a'], day: [end.type] });
      }
    });

    test('is not told as gone to those who never saw it, nor to those who still do', async () => {
      const store = await (await createStorage()).open();
      await furnish(store, { norr: { 'norr-1': ['home-1'], 'norr-2': ['home-2'] } });
      await keepAlert(store, begun, assigned);
      const goneFor = async (scope: Scope) =>
        (await store.overview.changesAfter(scope, 0, 9, handover))?.gone;
      expect(await goneFor(scopeOf({ units: ['norr-3'] }))).toEqual([]);
      expect(await goneFor(scopeOf({ municipalityId: 'syd' }))).toEqual([]);
      expect(await goneFor(scopeOf({ units: ['norr-1', 'norr-2'] }))).toEqual([]);
      expect(await goneFor(scopeOf({ role: 'coordinator' }))).toEqual([]);
      expect(await goneFor(patrol)).toEqual(['a']);
    });
  });

  test('a timeline tells what happened, in order and by whom', async () => {
    const store = await (await createStorage()).open();
    await furnish(store, { norr: { 'norr-1': ['home-1'] } });
    await keepAlert(
      store,
      raised({ alertId: 'a', deviceId: 'button-home-1' }),
      shownTo('astrid', start + 1),
      { type: 'commented', at: start + 2, by: 'astrid', text: 'På väg.' },
      resolvedAt(start + 3),
    );
    const alert = await store.overview.alert(scopeOf(), 'a', now);
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

  test('homes tell what holds their alerts back, while it does', async () => {
    const store = await (await createStorage()).open();
    await furnish(store, { norr: { 'norr-1': ['home-1', 'home-2'] } });
    const hold = (id: string, kind: 'pause' | 'test', from: number, until: number) =>
      store.staffing.addHold({
        id,
        municipalityId: 'norr',
        kind,
        homeId: 'home-1',
        matchers: null,
        from,
        until,
        reason: 'Sjukhus',
        byId: 'astrid',
      });
    await hold('a', 'pause', now - hour, now + hour);
    await hold('b', 'test', now - minute, now + 2 * hour);
    const told = async (at: number) => {
      const { items } = await store.overview.homes(scopeOf(), { limit: 9 }, at);
      expect((await store.overview.home(scopeOf(), 'home-1', at))?.holds).toEqual(items[0]?.holds);
      return items.map(({ holds }) => holds);
    };
    const test_ = { kind: 'test', until: now + 2 * hour };
    expect(await told(now)).toEqual([[{ kind: 'pause', until: now + hour }, test_], []]);
    expect(await told(now + hour)).toEqual([[test_], []]);
    expect(await told(now - 2 * hour)).toEqual([[], []]);
    await store.staffing.endHold('b', now + hour, 'astrid');
    expect(await told(now + hour)).toEqual([[], []]);
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

/** The receipt of a screen. */
function shownTo(by: string, at: number): AlertEvent {
  return { type: 'delivered', at, by, step: 0, channel: 'screen', to: null };
}
