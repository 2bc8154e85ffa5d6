import { describe, expect, test } from 'vitest';

import type { Point } from '../../../gateway/domain/series/point.ts';
import { HomeDayDetail, HomeWeeks } from '../../../gateway/protocol/history/home-day.ts';
import { TrendList } from '../../../gateway/protocol/series/series.ts';
import { createHistoryDesk } from '../../../gateway/services/history-desk.ts';
import { createEmbeddedQuery } from '../../../gateway/telemetry/embedded-query.ts';
import { createEmbeddedSink } from '../../../gateway/telemetry/embedded.ts';
import { keepAlert, raised, scopeOf } from '../store/furnish.ts';
import { dayMs, hour, midsummer, nightFrom, openRhythm } from './rhythm-world.ts';

const now = midsummer + 10 * dayMs + 13 * hour;
const carer = scopeOf();
const timeZone = 'Europe/Stockholm';

async function openDesk(...given: Parameters<typeof openRhythm>) {
  const world = await openRhythm(...given);
  const { store, file } = world;
  await world.append(Array.from({ length: 10 }, (_, days) => nightFrom(days)).flat());
  await world.settle(now);
  const sink = createEmbeddedSink(file);
  const desk = createHistoryDesk({
    history: store.history,
    sight: store.historySight,
    fleet: store.fleet,
    homeDays: world.homeDays,
    query: createEmbeddedQuery(file),
    accessLog: store.accessLog,
    clock: () => now,
  });
  return {
    ...world,
    desk,
    write: async (points: readonly Omit<Point, 'seq' | 'timeZone'>[]) => {
      const written = await sink.write(points.map((one, seq) => ({ ...one, seq, timeZone })));
      expect(written).toEqual({ kind: 'written', refused: [] });
    },
    seen: async () => {
      const rows = await world.sql(
        `select person_id || ' ' || action || ' ' || subject_id as line from access_log order by seq`,
      );
      return rows.map(({ line }) => String(line));
    },
  };
}

const quarter = (days: number, quarters: number, room: string, count: number) => ({
  measurement: 'activity' as const,
  tags: { municipality: 'norr', home: 'home-1', room, lane: 'motion' },
  fields: { count },
  at: midsummer + days * dayMs + quarters * 15 * 60_000,
});
const measured = (days: number, device: string, value: number) => ({
  measurement: 'temperature' as const,
  tags: { municipality: 'norr', home: 'home-1', device, room: 'hall', kind: 'motion-sensor' },
  fields: { celsius: value },
  at: midsummer + days * dayMs + 8 * hour,
});
const battery = (days: number, percent: number) => ({
  measurement: 'battery' as const,
  tags: { municipality: 'norr', device: 'hall', kind: 'motion-sensor' },
  fields: { percent },
  at: midsummer + days * dayMs + 8 * hour,
});

describe('a week of a home', () => {
  test('has seven days up to the last, another seven beside them, and the alerts one may see', async () => {
    const { desk, store, seen, homeDays, day: kept } = await openDesk();
    const stale = await kept('2026-06-06');
    if (stale !== null) await homeDays.save('home-1', [{ ...stale, day: '2026-05-29' }]);
    const at = midsummer + 8 * dayMs + 3 * hour;
    await keepAlert(store, raised({ alertId: 'own', at, since: at }), {
      type: 'resolved',
      at: at + 1,
      by: null,
      outcome: 'helped',
      note: null,
    });
    await keepAlert(
      store,
      raised({ alertId: 'technical', at, since: at, severity: 'technical', unitId: null }),
    );
    const found = HomeWeeks.parse(await desk.weeks(carer, 'home-1', { compare: '2026-06-04' }));
    expect(found).toMatchObject({
      isConsented: true,
      consentedSince: midsummer,
      home: { timeZone },
    });
    expect(found.week.days.map(({ day }) => day)).toEqual(
      [5, 6, 7, 8, 9, 10, 11].map((day) => `2026-06-${String(day).padStart(2, '0')}`),
    );
    expect(found.week.days[1]).toMatchObject({ restMinutes: 540, nightsUp: 0 });
    expect(found.week.days.map(({ alerts }) => alerts.map(({ id }) => id))).toEqual([
      [],
      [],
      [],
      [],
      ['own'],
      [],
      [],
    ]);
    expect(found.compared?.days).toHaveLength(7);
    // From before the consent there is nothing.
    expect(found.compared?.days[0]).toMatchObject({ day: '2026-05-29', bands: [], activity: 0 });
    expect(found.habits.map(({ usual }) => usual)).toEqual([null, null, null, null]);
    expect(await seen()).toEqual(['astrid history home-1']);
  });

  test('is marked by alerts about the resident, and by none about equipment or to try it', async () => {
    const { desk, store } = await openDesk();
    const at = midsummer + 8 * dayMs + 3 * hour;
    const given = { at, since: at };
    await keepAlert(store, raised({ ...given, alertId: 'care' }));
    await keepAlert(store, raised({ ...given, alertId: 'silent', severity: 'technical' }));
    await keepAlert(store, raised({ ...given, alertId: 'trial', isTest: true }));
    const coordinator = scopeOf({ role: 'coordinator' });
    const found = await desk.weeks(coordinator, 'home-1', {});
    expect(found?.week.days.flatMap(({ alerts }) => alerts.map(({ id }) => id))).toEqual(['care']);
    const day = await desk.day(coordinator, 'home-1', '2026-06-09');
    expect(day?.alerts.map(({ id }) => id)).toEqual(['care']);
  });

  test('is nothing without consent, whatever is kept', async () => {
    const { desk, sql } = await openDesk();
    await sql(`update consent set until_at = ${now} where purpose = 'statistics' returning 1`);
    expect(await desk.weeks(carer, 'home-1', {})).toMatchObject({
      isConsented: false,
      week: { days: [] },
      habits: [],
    });
    expect(await desk.day(carer, 'home-1', '2026-06-05')).toMatchObject({
      isConsented: false,
      rows: [],
      bands: [],
    });
    const none = await desk.climate(carer, 'home-1', { from: '2026-06-01', to: '2026-06-02' });
    expect(none).toMatchObject({ trends: [], isWithheld: true });
  });

  test('is empty at once when the consent to know what happens is withdrawn', async () => {
    const { desk, sql, write } = await openDesk();
    await write([quarter(4, 8, 'hall', 3), measured(4, 'hall', 21.5)]);
    const days = { from: '2026-06-01', to: '2026-06-10' };
    expect((await desk.day(carer, 'home-1', '2026-06-05'))?.rows).toHaveLength(1);
    await sql(`update consent set until_at = ${now} where purpose = 'activity' returning 1`);
    expect(await desk.day(carer, 'home-1', '2026-06-05')).toMatchObject({ rows: [], bands: [] });
    const weeks = await desk.weeks(carer, 'home-1', {});
    expect(weeks?.week.days.flatMap(({ bands }) => bands)).toEqual([]);
    const none = { trends: [], isWithheld: true };
    expect(await desk.climate(carer, 'home-1', days)).toMatchObject(none);
    expect((await desk.trends(carer, 'hall', days))?.trends).toEqual([]);
  });

  test('does not exist for those who work elsewhere, and is closed to those who need not know', async () => {
    const { desk, seen } = await openDesk();
    expect(await desk.weeks({ ...carer, units: ['norr-2'] }, 'home-1', {})).toBeNull();
    expect(
      await desk.weeks(scopeOf({ municipalityId: 'syd', role: 'coordinator' }), 'home-1', {}),
    ).toBeNull();
    for (const role of ['technician', 'administrator'] as const) {
      const scope = scopeOf({ role });
      await expect(desk.weeks(scope, 'home-1', {})).rejects.toThrow(/those who give care/);
      await expect(desk.day(scope, 'home-1', '2026-06-05')).rejects.toThrow(/those who give care/);
      await expect(
        desk.climate(scope, 'home-1', { from: '2026-06-01', to: '2026-06-02' }),
      ).rejects.toThrow(/those who give care/);
    }
    expect(await seen()).toEqual([]);
  });
});

test('a day is told in quarters of an hour, the liveliest room first', async () => {
  const { desk, write } = await openDesk();
  await write([
    quarter(4, 0, 'hall', 2),
    quarter(4, 95, 'hall', 1),
    quarter(4, 30, 'kitchen', 9),
    quarter(5, 0, 'hall', 7),
  ]);
  const found = HomeDayDetail.parse(await desk.day(carer, 'home-1', '2026-06-05'));
  expect(found.rows.map(({ room, lane }) => `${room} ${lane}`)).toEqual([
    'kitchen motion',
    'hall motion',
  ]);
  expect(found.rows[1]?.counts).toHaveLength(96);
  expect(
    found.rows[1]?.counts.flatMap((count, index) => (count > 0 ? [[index, count]] : [])),
  ).toEqual([
    [0, 2],
    [95, 1],
  ]);
  const file = await desk.dayCsv(carer, 'home-1', { day: '2026-06-05', language: 'sv' });
  expect(file?.split('\r\n').slice(0, 2)).toEqual([
    '\uFEFFFrån;Rum;Slag;Antal',
    '2026-06-05 00:00;hall;rörelse;2',
  ]);
});

describe('lines', () => {
  const span = { from: '2026-06-01', to: '2026-06-10' };

  test('of a home have its devices’ names, and steps by how long they are', async () => {
    const { desk, write } = await openDesk();
    await write([measured(1, 'hall', 21.5), measured(2, 'hall', 22.5)]);
    const found = TrendList.parse(await desk.climate(carer, 'home-1', span));
    expect(found).toMatchObject({ step: 'hour', isWithheld: false, timeZone });
    expect(found.trends).toMatchObject([
      {
        measurement: 'temperature',
        unit: '°C',
        device: { id: 'hall', name: 'hall', placement: 'hall' },
        points: [{ mean: 21.5 }, { mean: 22.5 }],
      },
    ]);
    const steps = async (to: string) =>
      (await desk.climate(carer, 'home-1', { from: '2026-06-01', to }))?.step;
    expect(await steps('2026-06-02')).toBe('raw');
    expect(await steps('2026-07-30')).toBe('hour');
    expect(await steps('2026-08-01')).toBe('day');
    await expect(steps('2028-06-10')).rejects.toThrow(/two years/);
    // Soon refused: whoever presses a button meanwhile waits for it.
    const asked = performance.now();
    await expect(steps('9999-12-31')).rejects.toThrow(/two years/);
    expect(performance.now() - asked).toBeLessThan(500);
    const file = await desk.climateCsv(carer, 'home-1', { ...span, language: 'en' });
    expect(file?.split('\r\n')[1]).toBe(
      '2026-06-02 08:00;hall;hall;Temperature;°C;21.5;21.5;21.5;1',
    );
  });

  test('of a device go on in a forecast to its urgent percentage, as the fleet says', async () => {
    const { desk, write, store } = await openDesk();
    const levels = Array.from({ length: 10 }, (_, days) => [days, 60 - 2 * days] as const);
    await write(levels.map(([days, percent]) => battery(days, percent)));
    await store.transaction((ledger) =>
      ledger.noteDevices(
        levels.map(([days, percent]) => ({
          deviceId: 'hall',
          municipalityId: 'norr',
          lastSeenAt: midsummer + days * dayMs,
          batteryPercent: percent,
          batteryAt: midsummer + days * dayMs + 8 * hour,
        })),
      ),
    );
    const found = TrendList.parse(await desk.trends(scopeOf({ role: 'technician' }), 'hall', span));
    expect(found.isWithheld).toBe(false);
    const [trend] = found.trends;
    expect(trend?.forecast?.perDay).toBeCloseTo(-2);
    expect(trend?.forecast?.limit).toBe(10);
    // 42 % on 10 June, two a day: 10 % sixteen days later.
    expect(new Date(trend?.forecast?.limitAt ?? 0).toISOString().slice(0, 10)).toBe('2026-06-26');
  });

  test('begin with the consent that stands, whatever is still kept of one before it', async () => {
    const { desk, write, sql } = await openDesk();
    await write([measured(1, 'hall', 21.5), measured(6, 'hall', 22.5), quarter(1, 40, 'hall', 3)]);
    const since = midsummer + 5 * dayMs;
    await sql(`update consent set from_at = ${since} where purpose = 'statistics' returning 1`);
    const climate = await desk.climate(carer, 'home-1', span);
    expect(climate?.trends.flatMap(({ points }) => points.map(({ mean }) => mean))).toEqual([22.5]);
    const own = await desk.trends(carer, 'hall', span);
    expect(own?.trends.flatMap(({ points }) => points.map(({ mean }) => mean))).toEqual([22.5]);
    const day = await desk.day(carer, 'home-1', '2026-06-02');
    expect(day?.rows.flatMap(({ counts }) => counts).filter((count) => count > 0)).toEqual([]);
  });

  test('of how somebody lives are for those who may know it', async () => {
    const { desk, write, sql, seen } = await openDesk();
    await write([measured(1, 'hall', 21.5), battery(1, 80)]);
    const names = async (role: 'carer' | 'technician') =>
      (await desk.trends(scopeOf({ role }), 'hall', span))?.trends.map(
        ({ measurement }) => measurement,
      );
    expect(await names('carer')).toEqual(['battery', 'temperature']);
    expect(await names('technician')).toEqual(['battery']);
    await sql(`update consent set until_at = ${now} where purpose = 'statistics' returning 1`);
    expect(await names('carer')).toEqual(['battery']);
    // A motion sensor measures nothing that could be withheld.
    expect(await desk.trends(carer, 'hall', span)).toMatchObject({ isWithheld: false });
    await sql(`update device set profile = 'thermometer' where id = 'hall' returning 1`);
    expect(await desk.trends(carer, 'hall', span)).toMatchObject({ isWithheld: true });
    expect(await desk.trends({ ...carer, units: ['norr-2'] }, 'hall', span)).toBeNull();
    expect(new Set(await seen())).toEqual(new Set(['astrid history hall']));
  });
});

test('a week is a file too, in the reader’s language', async () => {
  const { desk } = await openDesk();
  const file = await desk.weeksCsv(carer, 'home-1', { to: '2026-06-05', language: 'sv' });
  const [head, ...rows] = file?.trimEnd().split('\r\n') ?? [];
  expect(head).toMatch(/^\uFEFFDag;Gick till sängs;Steg upp;/);
  // Also of what was before the consent, which could be heard.
  expect(head).toContain(';Inget känt, min;Pausat, min;');
  expect(rows).toHaveLength(7);
  expect(rows[5]).toBe(
    '2026-06-04;2026-06-03 22:00;2026-06-04 07:00;0;0;540;0;1;;;;3;0;0;nej;0;ja',
  );
});
