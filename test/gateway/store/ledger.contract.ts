import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { AlertEvent } from '../../../gateway/domain/alert/alert-event.ts';
import { openBook } from '../../../gateway/domain/alert/book.ts';
import type { AlertCommand } from '../../../gateway/domain/alert/decide.ts';
import { fold } from '../../../gateway/domain/alert/evolve.ts';
import { staffedTerms } from '../../../gateway/domain/duty/terms.ts';
import { AppError } from '../../../gateway/domain/errors.ts';
import { emptyHome, type HomeState } from '../../../gateway/domain/home/home-state.ts';
import type { Ledger } from '../../../gateway/domain/ledger.ts';
import {
  addDevice,
  changeOf,
  entry,
  escalatedTo,
  furnish,
  hour,
  keepAlert,
  minute,
  raised,
  resolvedAt,
  scopeOf,
  start,
  turns,
} from './furnish.ts';
import type { CreateStorage } from './storage.ts';

const waiting: HomeState = {
  waits: [],
  silences: { quiet: { last: 2, checkAt: 3, raisedAt: null, gaps: [] } },
  traces: { 'door.closed': [[4, 'door']] },
};

export function describeLedger(createStorage: CreateStorage): void {
  async function open() {
    const storage = await createStorage();
    const store = await storage.open();
    await furnish(store, { norr: { 'norr-1': ['home-1', 'home-2', 'home-3', 'home-4'] } });
    return { storage, store };
  }

  describe('the event log', () => {
    test('answers rising positions, and none for what that device has told before', async () => {
      const { store } = await open();
      const told = [entry({ id: 'a' }), entry({ id: 'b' }), entry({ id: 'a', at: start + 1 })];
      const first = await store.transaction((ledger) => ledger.append(told));
      const second = await store.transaction((ledger) =>
        ledger.append([entry({ id: 'b' }), entry({ id: 'c' }), entry({ id: 'c' })]),
      );
      const seqs = [...first, ...second];
      expect(seqs.map((seq) => seq === null)).toEqual([false, false, true, true, false, true]);
      const kept = seqs.filter((seq) => seq !== null);
      expect(kept).toEqual([...new Set(kept)].toSorted((a, b) => a - b));
    });

    test('keeps how wrong each device’s clock was', async () => {
      const { storage, store } = await open();
      const told = [
        entry({ id: 'a', skewMs: 7 }),
        entry({ id: 'b', skewMs: null }),
        entry({ id: 'c' }),
      ];
      await store.transaction((ledger) => ledger.append(told));
      const rows = await storage.query('select skew_ms from event order by seq');
      expect(rows.map((row) => row['skew_ms'])).toEqual([7, null, null]);
    });

    test('keeps the same id from two devices, and every passing of time', async () => {
      const { store } = await open();
      const other = entry({ id: 'a', deviceId: 'button-home-2', homeId: 'home-2' });
      const time = entry({ id: 't', deviceId: null, type: 'time.passed' });
      const seqs = await store.transaction((ledger) =>
        ledger.append([entry({ id: 'a' }), other, time, { ...time, id: 'u' }]),
      );
      expect(seqs).not.toContain(null);
    });
  });

  describe('a transaction', () => {
    test('that rejects leaves nothing, and says nothing', async () => {
      const { storage, store } = await open();
      const said: unknown[] = [];
      const failing = store.transaction(
        async (ledger) => {
          await ledger.append([entry({ id: 'a' })]);
          await ledger.saveHomes([
            { homeId: 'home-1', municipalityId: 'norr', state: waiting, dueAt: 7 },
          ]);
          await ledger.saveAlerts([changeOf(raised({ alertId: 'alert' }))]);
          await ledger.noteDevices([
            { deviceId: 'button-home-1', municipalityId: 'norr', lastSeenAt: start },
          ]);
          const odd = { deviceId: 'x', topic: 't', reason: 'r', bytes: 1, at: 1, payload: null };
          await ledger.quarantine([{ municipalityId: 'norr', ...odd }]);
          throw new Error('The work fails.');
        },
        (result) => said.push(result),
      );
      await expect(failing).rejects.toThrow('The work fails.');
      const left = await store.transaction(async (ledger) => ({
        seqs: await ledger.append([entry({ id: 'a' })]),
        home: (await ledger.homes(['home-1'])).get('home-1'),
        live: await ledger.liveAlerts(['home-1']),
        alert: await ledger.alert('alert'),
      }));
      expect(left).toMatchObject({ home: emptyHome, live: [], alert: null });
      expect(left.seqs).not.toContain(null);
      expect(await store.overview.lastSeq()).toBe(0);
      expect(await storage.query('select device_id from device_status')).toEqual([]);
      expect(await storage.query('select seq from quarantine')).toEqual([]);
      expect(said).toEqual([]);
    });

    test('is durable for everybody once it resolves', async () => {
      const { storage, store } = await open();
      const other = await storage.open();
      await keepAlert(store, raised({ alertId: 'alert' }));
      expect(await other.overview.alert(scopeOf(), 'alert', start)).toMatchObject({ id: 'alert' });
    });

    test('does not show its work to those who read before it is committed', async () => {
      const { store } = await open();
      const held = Promise.withResolvers<void>();
      const working = store.transaction(async (ledger) => {
        await ledger.saveAlerts([changeOf(raised({ alertId: 'alert' }))]);
        await held.promise;
      });
      await turns();
      expect(await store.overview.alert(scopeOf(), 'alert', start)).toBeNull();
      held.resolve();
      await working;
      expect(await store.overview.alert(scopeOf(), 'alert', start)).not.toBeNull();
    });

    test('is told of right after its commit, in the order of commits', async () => {
      const { store } = await open();
      const told: (number | null | undefined)[] = [];
      const answered: (number | null | undefined)[] = [];
      const work = Array.from({ length: 12 }, async (_, index) => {
        const seq = await store.transaction(
          async (ledger) => {
            await turns((index * 5) % 4);
            const [appended] = await ledger.append([entry({ id: `e${index}` })]);
            return appended;
          },
          (result) => told.push(result),
        );
        expect(told).toContain(seq);
        answered.push(seq);
      });
      await Promise.all(work);
      expect(told).toHaveLength(12);
      expect(told).toEqual(told.toSorted((a, b) => (a ?? 0) - (b ?? 0)));
      expect(answered).toEqual(told);
    });

    test('does not mix with others that run at the same time, nor with what people do', async () => {
      const { storage, store } = await open();
      const failing = store.transaction(async (ledger) => {
        await ledger.append([entry({ id: 'lost-1' })]);
        await turns();
        await ledger.append([entry({ id: 'lost-2' })]);
        throw new Error('The work fails.');
      });
      const settled = await Promise.allSettled([
        failing,
        store.transaction((ledger) => ledger.append([entry({ id: 'kept' })])),
        store.registry.addUnit({ id: 'norr-9', municipalityId: 'norr', name: 'Nio', at: start }),
        store.accessLog.write(scopeOf(), { action: 'alerts', subjectId: null, at: start }),
        addDevice(store, { id: 'door', homeId: 'home-1' }),
      ]);
      expect(settled.map(({ status }) => status)).toEqual([
        'rejected',
        ...Array.from({ length: 4 }, () => 'fulfilled'),
      ]);
      expect(await storage.query('select id from event')).toEqual([{ id: 'kept' }]);
      expect(await storage.query(`select id from unit where id = 'norr-9'`)).toHaveLength(1);
      expect(await storage.query('select action from access_log')).toHaveLength(1);
    });
  });

  describe('the state of a home', () => {
    test('is empty at first, and then as it was last kept', async () => {
      const { store } = await open();
      const home = { homeId: 'home-1', municipalityId: 'norr', dueAt: 9 };
      await store.transaction((ledger) => ledger.saveHomes([{ ...home, state: waiting }]));
      const states = await store.transaction((ledger) => ledger.homes(['home-1', 'home-2']));
      expect([...states]).toEqual([
        ['home-1', waiting],
        ['home-2', emptyHome],
      ]);
      await store.transaction((ledger) => ledger.saveHomes([{ ...home, state: emptyHome }]));
      const after = await store.transaction((ledger) => ledger.homes(['home-1']));
      expect(after.get('home-1')).toEqual(emptyHome);
    });

    test('that is due comes most overdue first, no more than asked for', async () => {
      const { store } = await open();
      const dues = { 'home-1': 300, 'home-2': 100, 'home-3': 200, 'home-4': null };
      await store.transaction((ledger) =>
        ledger.saveHomes(
          Object.entries(dues).map(([homeId, dueAt]) => ({
            homeId,
            municipalityId: 'norr',
            state: emptyHome,
            dueAt,
          })),
        ),
      );
      const due = (at: number, limit: number) =>
        store.transaction((ledger) => ledger.dueHomes(at, limit));
      expect(await due(99, 10)).toEqual([]);
      expect(await due(200, 10)).toEqual(['home-2', 'home-3']);
      expect(await due(1_000, 10)).toEqual(['home-2', 'home-3', 'home-1']);
      expect(await due(1_000, 2)).toEqual(['home-2', 'home-3']);
    });
  });

  describe('an alert', () => {
    test('is never live twice for one need of a home', async () => {
      const { store } = await open();
      const first = raised({ alertId: 'first', need: 'help' });
      await keepAlert(store, first);
      const second = keepAlert(store, raised({ alertId: 'second', need: 'help' }));
      await expect(second).rejects.toBeInstanceOf(Error);
      expect(await store.transaction((ledger) => ledger.alert('second'))).toBeNull();
      await keepAlert(store, raised({ alertId: 'other', need: 'help', homeId: 'home-2' }));
      const ended = changeOf(first, resolvedAt(start + 1));
      await store.transaction((ledger) =>
        ledger.saveAlerts([{ ...ended, events: ended.events.slice(1) }]),
      );
      await keepAlert(store, raised({ alertId: 'second', need: 'help' }));
      expect(await store.transaction((ledger) => ledger.alert('second'))).not.toBeNull();
    });

    test('is always what its events add up to', async () => {
      const { storage, store } = await open();
      const by = fc.constantFrom('astrid', 'bengt');
      const asked = fc.oneof(
        fc.constant({ type: 'tick' } as const),
        fc.record({ type: fc.constant('seen' as const), by }),
        fc.record({ type: fc.constant('accept' as const), by, etaMinutes: fc.constant(null) }),
        fc.record({ type: fc.constant('arrive' as const), by }),
        fc.record({ type: fc.constant('comment' as const), by, text: fc.string() }),
        fc.record({
          type: fc.constant('resolve' as const),
          by,
          outcome: fc.constant('helped' as const),
          note: fc.option(fc.string()),
        }),
      );
      let run = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(asked, { maxLength: 8 }), async (commands) => {
          const id = `alert-${(run += 1)}`;
          const begun = await keepAlert(store, raised({ alertId: id }));
          let at = start;
          for (const command of commands) {
            at += hour;
            await store.transaction((ledger) => putTo(ledger, id, { ...command, at }));
          }
          const rows = await storage.query(
            `select body from alert_event where alert_id = '${id}' order by seq`,
          );
          const events = rows.map(({ body }) => JSON.parse(String(body)) as AlertEvent);
          const kept = await store.transaction((ledger) => ledger.alert(id));
          expect(kept).toEqual(fold(events));
          const live = await store.transaction((ledger) => ledger.liveAlerts(['home-1']));
          expect(live.some((alert) => alert.id === id)).toBe(kept?.state !== 'resolved');
          expect(begun.id).toBe(id);
        }),
        { numRuns: 25 },
      );
    });

    test('is answered among the live ones of its home only, oldest first', async () => {
      const { store } = await open();
      await keepAlert(store, raised({ alertId: 'late', at: start + 2 }));
      await keepAlert(store, raised({ alertId: 'early', at: start + 1 }));
      await keepAlert(store, raised({ alertId: 'over' }), resolvedAt(start + 1));
      await keepAlert(store, raised({ alertId: 'elsewhere', homeId: 'home-2' }));
      const live = await store.transaction((ledger) => ledger.liveAlerts(['home-1']));
      expect(live.map(({ id }) => id)).toEqual(['early', 'late']);
    });

    test('that is due comes most overdue first, no more than asked for', async () => {
      const { store } = await open();
      for (const [id, dueAt] of Object.entries({ c: 300, a: 100, b: 200 })) {
        await keepAlert(store, raised({ alertId: id, dueAt }));
      }
      await keepAlert(store, raised({ alertId: 'over', dueAt: 1 }), resolvedAt(start));
      const due = (at: number, limit: number) =>
        store.transaction((ledger) => ledger.dueAlerts(at, limit));
      expect(await due(99, 10)).toEqual([]);
      expect(await due(200, 10)).toEqual(['a', 'b']);
      expect(await due(1_000, 10)).toEqual(['a', 'b', 'c']);
      expect(await due(1_000, 2)).toEqual(['a', 'b']);
    });

    test('gets a deadline if it lost it or has one too far away, and no other does', async () => {
      const { storage, store } = await open();
      const [now, furthest] = [start, start + 8 * 24 * hour];
      await keepAlert(store, raised({ alertId: 'lost', at: now - hour }));
      await storage.query(
        `update alert set due_at = null, body = json_set(body, '$.dueAt', null) where id = 'lost'`,
      );
      await keepAlert(store, raised({ alertId: 'far', dueAt: furthest + 1 }));
      await keepAlert(store, raised({ alertId: 'furthest', dueAt: furthest }));
      await keepAlert(store, raised({ alertId: 'overdue', dueAt: now - hour }));
      await keepAlert(store, raised({ alertId: 'over' }), resolvedAt(now));
      const mend = () => store.transaction((ledger) => ledger.mendDeadlines(now, furthest));
      expect(await mend()).toBe(2);
      expect(await mend()).toBe(0);
      const dueAt: Record<string, number | null | undefined> = {};
      for (const id of ['lost', 'far', 'furthest', 'overdue', 'over']) {
        dueAt[id] = (await store.transaction((ledger) => ledger.alert(id)))?.dueAt;
      }
      const expected = { lost: now, far: now, furthest, overdue: now - hour, over: null };
      expect(dueAt).toEqual(expected);
      const due = await store.transaction((ledger) => ledger.dueAlerts(now, 10));
      const lost = await store.transaction((ledger) => ledger.alert('lost'));
      expect(lost?.dueSince).toBe(now);
      expect(due.toSorted()).toEqual(['far', 'lost', 'overdue']);
    });

    test('gets a deadline if two differ, or if our clock was set back since it was set', async () => {
      const { storage, store } = await open();
      await keepAlert(store, raised({ alertId: 'differs', at: start }));
      await storage.query(`update alert set due_at = due_at + 1 where id = 'differs'`);
      await keepAlert(store, raised({ alertId: 'ahead', need: 'other', at: start + 2 * hour }));
      await keepAlert(store, raised({ alertId: 'sound', need: 'third', at: start }));
      const mend = () =>
        store.transaction((ledger) => ledger.mendDeadlines(start, start + 8 * 24 * hour));
      expect(await mend()).toBe(2);
      expect(await mend()).toBe(0);
    });

    test('that cannot be judged is put off', async () => {
      const { store } = await open();
      await keepAlert(store, raised({ alertId: 'alert', dueAt: 100 }));
      await store.transaction((ledger) => ledger.postponeAlert('alert', 500));
      expect(await store.transaction((ledger) => ledger.dueAlerts(499, 10))).toEqual([]);
      expect(await store.transaction((ledger) => ledger.dueAlerts(500, 10))).toEqual(['alert']);
    });

    test('that escalates keeps its new deadline and who is asked', async () => {
      const { store } = await open();
      const begun = raised({ alertId: 'alert' });
      await keepAlert(store, begun);
      const step = escalatedTo(2, start + minute);
      await store.transaction((ledger) =>
        ledger.saveAlerts([{ ...changeOf(begun, step), events: [step] }]),
      );
      const due = (at: number) => store.transaction((ledger) => ledger.dueAlerts(at, 10));
      expect(await due(start + 2 * minute - 1)).toEqual([]);
      expect(await due(start + 2 * minute)).toEqual(['alert']);
      const kept = await store.transaction((ledger) => ledger.alert('alert'));
      expect(kept).toMatchObject({ id: 'alert', step: 2 });
      const elsewhere = scopeOf({ units: ['norr-2'] });
      expect(await store.overview.alert(elsewhere, 'alert', start)).not.toBeNull();
      expect(await store.overview.alert(scopeOf({ units: [] }), 'alert', start)).toBeNull();
    });
  });

  describe('what is known of a device', () => {
    const reading = { deviceId: 'button-home-1', municipalityId: 'norr' };

    test('stays as it was where nothing new is told', async () => {
      const { storage, store } = await open();
      const note = (some: object) =>
        store.transaction((ledger) =>
          ledger.noteDevices([{ ...reading, lastSeenAt: start, ...some }]),
        );
      await note({ connected: true, batteryPercent: 80, rssiDbm: -60, skewMs: 5 });
      await note({ droppedWithoutConsent: 2 });
      await note({ lastSeenAt: start + 9, batteryPercent: 79 });
      await note({ lastSeenAt: start + 3, droppedWithoutConsent: 1 });
      expect(await storage.query('select * from device_status')).toEqual([
        {
          device_id: 'button-home-1',
          municipality_id: 'norr',
          last_seen_at: start + 9,
          connected: 1,
          battery_percent: 79,
          rssi_dbm: -60,
          lqi: null,
          firmware: null,
          is_reached: null,
          skew_ms: 5,
          dropped_without_consent: 3,
        },
      ]);
    });

    test('of its battery is the lowest of each day, and a past that is kept later leaves it as it is', async () => {
      const { storage, store } = await open();
      const [early, late] = [Date.UTC(2026, 0, 1, 0, 1), Date.UTC(2026, 0, 1, 23, 59)];
      const told = (batteryPercent: number, batteryAt: number) => ({
        ...reading,
        lastSeenAt: batteryAt,
        batteryPercent,
        batteryAt,
      });
      await store.transaction((ledger) => ledger.noteDevices([told(60, late)]));
      const { deviceId } = reading;
      await store.transaction((ledger) =>
        ledger.noteBatteryDays([
          { deviceId, batteryPercent: 61, batteryAt: early },
          { deviceId, batteryPercent: 62, batteryAt: early - hour },
        ]),
      );
      const day = Date.UTC(2026, 0, 1) / (24 * hour);
      expect(await storage.query('select * from battery_day order by day')).toEqual([
        { device_id: deviceId, day: day - 1, percent: 62 },
        { device_id: deviceId, day, percent: 60 },
      ]);
      expect(await storage.query('select battery_percent from device_status')).toEqual([
        { battery_percent: 60 },
      ]);
    });

    test('is shown to those who look after devices', async () => {
      const { store } = await open();
      await store.transaction((ledger) =>
        ledger.noteDevices([
          { ...reading, lastSeenAt: start + hour, connected: true, batteryPercent: 40 },
        ]),
      );
      const { items } = await store.overview.devices(scopeOf(), { limit: 1 });
      expect(items).toMatchObject([
        {
          id: 'button-home-1',
          connected: true,
          homeLabel: 'Storgatan home-1',
          lastSeenAt: start + hour,
          silentAt: start + hour + 30 * minute,
          batteryPercent: 40,
          rssiDbm: null,
        },
      ]);
    });

    test('no longer says connected once connections are forgotten, and is else the same', async () => {
      const { store } = await open();
      const note = (connected: boolean) =>
        store.transaction((ledger) =>
          ledger.noteDevices([{ ...reading, lastSeenAt: start, connected }]),
        );
      await note(true);
      await store.transaction((ledger) => ledger.forgetConnections());
      const { items } = await store.overview.devices(scopeOf(), { limit: 1 });
      expect(items).toMatchObject([{ connected: false, lastSeenAt: start }]);
      await note(true);
      const after = await store.overview.devices(scopeOf(), { limit: 1 });
      expect(after.items).toMatchObject([{ connected: true }]);
    });
  });

  test('refused content is kept as its reason and size', async () => {
    const { storage, store } = await open();
    const refused = {
      municipalityId: 'norr',
      deviceId: 'button-home-1',
      topic: 'vaka/v1/x/events',
    };
    await store.transaction((ledger) =>
      ledger.quarantine([
        { ...refused, reason: 'The message is empty.', bytes: 0, at: start, payload: '(0 bytes)' },
      ]),
    );
    expect(await storage.query('select * from quarantine')).toMatchObject([
      { device_id: 'button-home-1', reason: 'The message is empty.', bytes: 0, at: start },
    ]);
  });

  test('all of it is there again when the store is opened anew', async () => {
    const { storage, store } = await open();
    await store.transaction(async (ledger) => {
      await ledger.append([entry({ id: 'a' })]);
      await ledger.saveHomes([
        { homeId: 'home-1', municipalityId: 'norr', state: waiting, dueAt: 7 },
      ]);
      await ledger.noteDevices([
        { deviceId: 'button-home-1', municipalityId: 'norr', lastSeenAt: start },
      ]);
    });
    const alert = await keepAlert(store, raised({ alertId: 'alert', deviceId: 'button-home-1' }));
    const before = await store.overview.alert(scopeOf(), 'alert', start);
    await store.close();

    const again = await storage.open();
    const found = await again.transaction(async (ledger) => ({
      seqs: await ledger.append([entry({ id: 'a' })]),
      homes: [...(await ledger.homes(['home-1']))],
      due: await ledger.dueHomes(7, 9),
      live: await ledger.liveAlerts(['home-1']),
    }));
    const homes = [['home-1', waiting]];
    expect(found).toEqual({ seqs: [null], homes, due: ['home-1'], live: [alert] });
    expect(await again.overview.alert(scopeOf(), 'alert', start)).toEqual(before);
    expect((await again.overview.devices(scopeOf(), { limit: 1 })).items).toMatchObject([
      { id: 'button-home-1', lastSeenAt: start },
    ]);
    const [next] = await again.transaction((ledger) => ledger.append([entry({ id: 'b' })]));
    expect(next).toBeGreaterThan(1);
  });
}

/** Puts a command to a stored alert, as the desk and the sweep do; what is refused changes nothing. */
async function putTo(ledger: Ledger, id: string, command: AlertCommand): Promise<void> {
  const alert = await ledger.alert(id);
  if (alert === null) return;
  const book = openBook(
    [alert],
    staffedTerms(() => id),
  );
  try {
    book.command(alert, command);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  await ledger.saveAlerts(book.changes());
}
