import { randomBytes, randomUUID } from 'node:crypto';

import { describe, expect, test, vi } from 'vitest';

import { demoScope, demoTimeZone, furnishDemo } from '../../gateway/cli/demo-furnish.ts';
import { demoHistoryMs, storeDemoHistory } from '../../gateway/cli/demo-history.ts';
import { openPast } from '../../gateway/cli/demo-past.ts';
import { pastShifts } from '../../gateway/cli/demo-shift.ts';
import { fold } from '../../gateway/domain/alert/evolve.ts';
import { staffedTerms } from '../../gateway/domain/duty/terms.ts';
import { batteryEndsAt } from '../../gateway/domain/fleet/battery-forecast.ts';
import { compileRules } from '../../gateway/domain/home/rule-set.ts';
import type { LogEntry } from '../../gateway/domain/ledger.ts';
import { createOnboarding } from '../../gateway/services/onboarding.ts';
import { readAlert, readAlertEvent } from '../../gateway/store/alert-body.ts';
import { readStandardRules } from '../../gateway/store/template-file.ts';
import { levelAt } from '../../simulators/battery.ts';
import type { DeviceEvent } from '../../simulators/device.ts';
import { tellHistory } from '../../simulators/history.ts';
import { occurrences } from '../../simulators/play.ts';
import { readScenario } from '../../simulators/scenario.ts';
import { createSqliteStorage } from '../gateway/store/sqlite-storage.ts';

// Days of six homes are told, judged and stored.
vi.setConfig({ testTimeout: 60_000 });

const dayMs = 24 * 3_600_000;
const to = Date.UTC(2026, 10, 22, 12, 34);

async function openDemo() {
  const storage = await createSqliteStorage();
  const store = await storage.open();
  const onboarding = createOnboarding({
    registry: store.registry,
    clock: () => to,
    random: randomBytes,
  });
  return { storage, store, fleet: await furnishDemo({ store, onboarding }, to) };
}

describe('the time before the demonstration', () => {
  test('has alerts as live ones are, all answered before it begins, and nobody was told', async () => {
    const { storage, store, fleet } = await openDemo();
    const lastMs = 3.2 * dayMs;
    const { signal } = new AbortController();
    const options = { scope: demoScope, timeZone: demoTimeZone, to, signal, lastMs };
    const stored = await storeDemoHistory(store, fleet, options);
    expect(stored).toBeGreaterThan(10_000);

    const rows = await storage.query('select id, body from alert');
    expect(rows.length).toBeGreaterThan(5);
    for (const { id, body } of rows) {
      const alert = readAlert(String(body));
      const events = await storage.query(
        `select body from alert_event where alert_id = '${String(id)}' order by seq`,
      );
      const story = events.map((row) => readAlertEvent(String(row['body'])));
      expect(fold(story)).toEqual(alert);
      expect(alert).toMatchObject({ state: 'resolved', dueAt: null });
      expect(alert.raisedAt).toBeGreaterThanOrEqual(to - lastMs);
      expect(alert.resolvedAt).toBeLessThanOrEqual(to);
      const times = story.map(({ at }) => at);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }
    expect(await storage.query('select * from outbox')).toEqual([]);
    expect(await store.transaction((ledger) => ledger.dueAlerts(to + 365 * dayMs, 9))).toEqual([]);
    const types = await storage.query('select distinct type from alert_event');
    expect(types.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        'raised',
        'delivered',
        'accepted',
        'escalated',
        'arrived',
        'resolved',
      ]),
    );
    const batteries = await storage.query('select * from battery_day order by device_id, day');
    expect(batteries.length).toBeGreaterThan(100);
    const measured = await storage.query(
      `select device_id, at / ${dayMs} as day, min(data ->> '$.percent') as percent from event
       where type = 'battery.measured' group by 1, 2 order by 1, 2`,
    );
    expect(batteries).toEqual(measured);
    // How they are now is theirs to say: they tell it while their past is being stored.
    expect(await storage.query('select * from device_status')).toEqual([]);
    const silent = await storage.query(
      `select device_id from alert where queue = 'technical' order by device_id`,
    );
    expect(silent).toEqual([{ device_id: 'hamngatan-3-water' }]);
  });

  test('is of homes that agree to be followed over time, but one', async () => {
    const { storage, fleet } = await openDemo();
    const followed = await storage.query(
      `select home_id from consent join resident on resident.id = resident_id
       where purpose = 'statistics' and until_at is null`,
    );
    const ids = fleet.homes.map(({ id }) => id).filter((id) => id !== 'hamngatan-3');
    expect(new Set(followed.map((row) => row['home_id']))).toEqual(new Set(ids));
    expect(ids).toHaveLength(5);
  });

  test('had carers at work, and hours when none was, and leaves nobody checked in', async () => {
    const { storage } = await openDemo();
    const [duty] = await storage.query(
      'select count(*) as count, sum(until_at - from_at) as ms, max(until_at) as last from duty',
    );
    expect(Number(duty?.['count'])).toBeGreaterThan(40);
    expect(Number(duty?.['ms'])).toBeGreaterThan(0.85 * demoHistoryMs);
    expect(Number(duty?.['ms'])).toBeLessThan(0.98 * demoHistoryMs);
    expect(Number(duty?.['last'])).toBeLessThanOrEqual(to);
  });

  test('is the same for the same seed, with one call that was long asked for', async () => {
    const { store, fleet } = await openDemo();
    const homes = await store.history.homes(demoScope, null);
    const span = { from: to - 6 * dayMs, to };
    const rules = compileRules((await readStandardRules()).map(({ rule }) => rule));
    const few = fleet.homes.slice(0, 3);
    const entries = [...tellHistory(few, { ...span, seed: 'a' })].map(
      ({ homeId, deviceId, event: { id, type, at, data = {} } }): LogEntry => ({
        municipalityId: 'demo',
        homeId,
        deviceId,
        id,
        type,
        at,
        receivedAt: at,
        data,
      }),
    );
    const told = (seed: string) => {
      const ids = few.map(({ id }) => id);
      const past = openPast({
        homes: homes.filter(({ id }) => ids.includes(id)),
        rules,
        terms: staffedTerms(randomUUID),
        shifts: [{ personId: 'demo-carer', ...span }],
        seed,
        span,
      });
      const all = [...past.take(entries), ...past.end()];
      return all.map(({ alert: { need, outcome, by }, events }) => ({
        need,
        outcome,
        by,
        events: events.map(({ type, at }) => `${type} ${at}`),
        waitedMs: waitOf(events),
      }));
    };
    const once = told('one');
    expect(once.length).toBeGreaterThan(3);
    expect(told('one')).toEqual(once);
    expect(told('other')).not.toEqual(once);
    expect(once.filter(({ waitedMs }) => waitedMs > 30 * 60_000)).toHaveLength(1);
  });
});

describe('the batteries of the demonstration', () => {
  test('are, when it begins and whatever it is thrown from, as their past left them', async () => {
    const { fleet } = await openDemo();
    const past = new Map<string, Reports>();
    for (const { deviceId, event } of tellHistory(fleet.homes, { from: to - dayMs, to, seed: 'a' }))
      noteReport(past, deviceId, event);
    const live = new Map<string, Reports>();
    const scenario = readScenario('demo');
    for (const told of occurrences(fleet.homes, { scenario, seed: 'b', startAt: to })) {
      if (told.at > to + 10_000) break;
      if (told.kind === 'event') noteReport(live, told.deviceId, told.event);
    }
    expect(live.size).toBeGreaterThan(30);
    expect([...live.keys()].toSorted()).toEqual([...past.keys()].toSorted());
    for (const [id, { percent, rssiDbm }] of live) {
      const before = past.get(id);
      expect((before?.percent ?? 0) - percent).toBeGreaterThanOrEqual(0);
      expect((before?.percent ?? 0) - percent).toBeLessThanOrEqual(1);
      expect(Math.abs((before?.rssiDbm ?? 0) - rssiDbm)).toBeLessThanOrEqual(4);
    }
  });

  test('last for long, but for one to change within a month that calls nobody yet', async () => {
    const { fleet } = await openDemo();
    const weeks = fleet.homes.flatMap(({ devices }) =>
      devices.map(({ id, battery }) => {
        if (battery === undefined) throw new Error(`${id} has no battery.`);
        const days = Array.from({ length: 30 }, (_, index) => {
          const day = Math.floor((to - demoHistoryMs) / dayMs) + 1 + index;
          return { day, percent: Math.round(levelAt(battery, (day + 1) * dayMs)) };
        });
        expect(levelAt(battery, to + dayMs)).toBeGreaterThan(20);
        const endsAt = batteryEndsAt(days, 10, to);
        return { id, weeks: ((endsAt ?? Infinity) - to) / (7 * dayMs) };
      }),
    );
    const soon = weeks.filter((one) => one.weeks < 8);
    expect(soon.map(({ id }) => id)).toEqual(['kvarngatan-7-bathroom']);
    expect(soon[0]?.weeks).toBeGreaterThan(2);
    expect(soon[0]?.weeks).toBeLessThan(4);
    expect(Math.max(...weeks.map((one) => one.weeks))).toBeLessThan(100);
  });

  test('are in homes where people live on by the same habits', () => {
    expect(readScenario('demo').habits).toEqual(readScenario('weeks').habits);
  });
});

interface Reports {
  percent: number;
  rssiDbm: number;
}

/** What a device told last of its battery and its signal. */
function noteReport(
  reports: Map<string, Reports>,
  deviceId: string,
  { type, data = {} }: DeviceEvent,
): void {
  if (type !== 'battery.measured' && type !== 'link.measured') return;
  const before = reports.get(deviceId) ?? { percent: NaN, rssiDbm: NaN };
  reports.set(deviceId, { ...before, ...data });
}

function waitOf(events: readonly { type: string; at: number }[]): number {
  const at = (type: string) => events.find((event) => event.type === type)?.at ?? 0;
  return at('accepted') - at('raised');
}

test('a shift is checked in for as planned, at times late, across midnight and the end of summer time', () => {
  const night = {
    id: 'night',
    personId: 'amina',
    hours: { from: '21:00', to: '07:00' },
  } as const;
  const from = Date.UTC(2026, 9, 20);
  const shifts = pastShifts([night], { from, to, timeZone: demoTimeZone, seed: 'x' });
  const hours = shifts.map((shift) => (shift.to - shift.from) / 3_600_000);
  expect(hours.filter((count) => count === 10).length).toBeGreaterThan(20);
  // The night in which an hour comes twice.
  expect(Math.max(...hours)).toBeGreaterThan(10);
  expect(hours.filter((count) => count < 10).length).toBeGreaterThan(0);
  const ends = shifts.map((shift) => shift.to);
  expect(shifts.slice(1).every((shift, index) => shift.from >= (ends[index] ?? 0))).toBe(true);
});
