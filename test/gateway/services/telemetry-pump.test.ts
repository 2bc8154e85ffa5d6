import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { beginning } from '../../../gateway/domain/series/progress.ts';
import { retentions } from '../../../gateway/domain/series/retention.ts';
import type { TelemetrySink, Writing } from '../../../gateway/domain/series/sink.ts';
import type { Store } from '../../../gateway/domain/store.ts';
import { createPump } from '../../../gateway/services/telemetry-pump.ts';
import { openSqliteTelemetrySource } from '../../../gateway/store/sqlite-telemetry-source.ts';
import { createEmbeddedQuery } from '../../../gateway/telemetry/embedded-query.ts';
import { createEmbeddedSink } from '../../../gateway/telemetry/embedded.ts';
import { createInfluxV1 } from '../../../gateway/telemetry/influx-v1.ts';
import { trim } from '../../../gateway/telemetry/retention.ts';
import { createSqliteProgress } from '../../../gateway/telemetry/sqlite-progress.ts';
import { openTelemetryFile } from '../../../gateway/telemetry/telemetry-file.ts';
import { startInfluxd } from '../../support/influxd.ts';
import { addDevice, addHome, entry, furnish, hour, minute, start } from '../store/furnish.ts';
import { createSqliteStorage } from '../store/sqlite-storage.ts';

const everything = ['help', 'activity', 'camera', 'statistics'] as const;

/** A home that agrees to everything, and one that does not agree to be followed, with a pump to the embedded history. */
async function openHistory({ lines = 3 }: { lines?: number } = {}) {
  const storage = await createSqliteStorage();
  const store = await storage.open();
  await furnish(store, { norr: { 'norr-1': [] } });
  for (const [id, consents] of [
    ['home-1', everything],
    ['home-2', everything.slice(0, 3)],
  ] as const) {
    await addHome(store, { id, municipalityId: 'norr', unitId: 'norr-1', consents });
    await addDevice(store, { id: `button-${id}`, homeId: id });
  }
  const path = join(storage.folder, 'telemetry.db');
  const file = openTelemetryFile(path, { readOnly: false });
  const { source, close } = openSqliteTelemetrySource(join(storage.folder, 'vaka.db'));
  onTestFinished(() => {
    close();
    file.close();
  });
  const progress = createSqliteProgress(file);
  const embedded = createEmbeddedSink(file);
  const query = createEmbeddedQuery(file);
  const pumpTo = (sink: TelemetrySink) =>
    createPump({ sink, source, progress, clock: () => start, dice: () => 0, lines });
  /** Sums by step over three days. */
  const sums = async (measurement: 'temperature' | 'activity' | 'battery', field: string) => {
    const question = { municipalityId: 'norr', where: {}, timeZone: 'Europe/Stockholm' } as const;
    const series = await query.series({
      ...question,
      measurement,
      field,
      by: ['home', 'room'],
      step: 'quarter',
      from: start,
      to: start + 72 * hour,
    });
    return series.map(({ tags, points }) => [tags.home ?? '', points.map(({ sum }) => sum)]);
  };
  const pump = pumpTo(embedded);
  return { storage, store, source, file, progress, embedded, pump, pumpTo, sums };
}

async function tell(store: Store, ...entries: Parameters<typeof entry>[0][]): Promise<void> {
  await store.transaction((ledger) => ledger.append(entries.map((one) => entry(one))));
}

const celsius = (id: string, at: number, value: number, homeId = 'home-1') =>
  ({
    id,
    homeId,
    deviceId: `button-${homeId}`,
    type: 'temperature.measured',
    at,
    receivedAt: at,
    data: { celsius: value },
  }) as const;

async function drain(pump: ReturnType<typeof createPump>): Promise<void> {
  while ((await pump.turn()).kind === 'moved');
}

test('carries the log over page by page, each line once, and then has nothing to do', async () => {
  const { store, pump, sums } = await openHistory();
  const degrees = Array.from({ length: 10 }, (_, index) =>
    celsius(`t${index}`, start + index * minute, index + 0.5),
  );
  await tell(store, ...degrees);
  expect(await pump.waitingSince()).toBe(start);
  expect(await pump.turn()).toEqual({ kind: 'moved', written: 3, refused: 0, isMore: true });
  await drain(pump);
  expect(await pump.turn()).toEqual({ kind: 'idle' });
  expect(await pump.waitingSince()).toBeNull();
  expect(await sums('temperature', 'celsius')).toEqual([['home-1', [50]]]);
});

test('follows how people live only where all who live there agree to that', async () => {
  const { store, pump, sums } = await openHistory();
  await tell(
    store,
    celsius('warm', start, 21),
    celsius('theirs', start, 19, 'home-2'),
    { id: 'b', type: 'battery.measured', at: start, data: { percent: 50 } },
    {
      id: 'b2',
      homeId: 'home-2',
      deviceId: 'button-home-2',
      type: 'battery.measured',
      at: start,
      data: { percent: 40 },
    },
  );
  await drain(pump);
  expect(await sums('temperature', 'celsius')).toEqual([['home-1', [21]]]);
  expect(await sums('battery', 'percent')).toEqual([['', [90]]]);
});

test('counts a quarter of an hour anew when something of it comes late', async () => {
  const { store, pump, sums } = await openHistory();
  const motion = (id: string, at: number, receivedAt: number) =>
    ({ id, type: 'motion.detected', at, receivedAt, data: {} }) as const;
  await tell(store, motion('1', start, start), motion('2', start + minute, start + minute));
  await drain(pump);
  await tell(store, motion('3', start + 20 * minute, start + 20 * minute));
  await drain(pump);
  const where = { homeId: 'home-2', deviceId: 'button-home-2' };
  await tell(store, motion('late', start + 2 * minute, start + 30 * minute), {
    ...motion('theirs', start, start),
    ...where,
  });
  await drain(pump);
  expect(await sums('activity', 'count')).toEqual([['home-1', [3, 1]]]);
});

test('keeps what will never be taken aside, with the reason, and goes on', async () => {
  const { store, pump, progress, sums } = await openHistory();
  const odd = { ...celsius('odd', start + minute, 0), data: { celsius: 'warm' } };
  await tell(store, celsius('1', start, 20), odd, celsius('2', start + 2 * minute, 22));
  await drain(pump);
  expect(await sums('temperature', 'celsius')).toEqual([['home-1', [42]]]);
  const refused = await progress.refused({ municipalityId: 'norr', before: null, limit: 10 });
  expect(refused).toMatchObject([{ sink: 'embedded', point: { at: start + minute } }]);
});

test('waits longer after each failure, up to a minute, and loses nothing meanwhile', async () => {
  const { store, embedded, pumpTo, sums } = await openHistory();
  const answers: Writing[] = [];
  const attempts: number[] = [];
  const pump = pumpTo({
    ...embedded,
    write: async (points) => {
      attempts.push(points.length);
      return answers.shift() ?? (await embedded.write(points));
    },
  });
  await tell(store, celsius('1', start, 20));
  const away: Writing = { kind: 'later', reason: 'It is away.', afterMs: null };
  answers.push(...Array.from({ length: 8 }, () => away), { ...away, afterMs: 300_000 });
  const pauses: number[] = [];
  for (let turn = 0; turn < 9; turn += 1) {
    const answer = await pump.turn();
    pauses.push(answer.kind === 'later' ? answer.afterMs : NaN);
  }
  expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 300_000]);
  expect(await pump.turn()).toMatchObject({ kind: 'moved', written: 1 });
  await tell(store, celsius('2', start + minute, 1));
  answers.push(away);
  expect(await pump.turn()).toMatchObject({ kind: 'later', afterMs: 500 });
  attempts.pop();
  expect(attempts).toEqual(Array.from({ length: 10 }, () => 1));
  expect(await sums('temperature', 'celsius')).toEqual([['home-1', [20]]]);
});

test('erases a home that does not agree any more, and writes of it no more', async () => {
  const { storage, store, pump, progress, sums } = await openHistory();
  await tell(store, celsius('1', start, 20));
  await drain(pump);
  expect(await pump.erase()).toBeNull();
  expect(await progress.homes('embedded')).toMatchObject([{ id: 'home-1' }]);
  await storage.query(`update consent set until_at = ${start + hour} where purpose = 'statistics'`);
  expect(await pump.erase()).toBeNull();
  expect(await progress.homes('embedded')).toEqual([]);
  await tell(store, celsius('2', start + 2 * hour, 22));
  await drain(pump);
  expect(await sums('temperature', 'celsius')).toEqual([]);
});

test('does not bring back what was written before consent was withdrawn and given again', async () => {
  const { storage, store, pump, progress, sums } = await openHistory();
  await tell(store, celsius('1', start, 20), {
    id: 'm1',
    type: 'motion.detected',
    at: start,
    data: {},
  });
  await drain(pump);
  await storage.query(`update consent set until_at = ${start + hour} where purpose = 'statistics'`);
  expect(await pump.erase()).toBeNull();
  await storage.query(
    `insert into consent (municipality_id, resident_id, purpose, from_at, until_at)
     select municipality_id, resident_id, purpose, ${start + 2 * hour}, null from consent
     where purpose = 'statistics'`,
  );
  await tell(store, celsius('2', start + 3 * hour, 22), celsius('late', start + minute, 19));
  await progress.rewind('embedded', beginning);
  await drain(pump);
  expect(await sums('temperature', 'celsius')).toEqual([['home-1', [22]]]);
  expect(await sums('activity', 'count')).toEqual([]);
});

test('erases what was written before a consent was withdrawn, though it is given again before anybody looks', async () => {
  const { storage, store, pump, progress, sums } = await openHistory();
  const ended = start + hour;
  await tell(store, celsius('1', start, 20));
  await drain(pump);
  await storage.query(`update consent set until_at = ${ended} where purpose = 'statistics'`);
  await storage.query(
    `insert into consent (municipality_id, resident_id, purpose, from_at, until_at)
     select municipality_id, resident_id, purpose, ${ended + minute}, null from consent
     where purpose = 'statistics'`,
  );
  await tell(store, celsius('2', start + 2 * hour, 22));
  await drain(pump);
  expect(await pump.erase()).toBeNull();
  await drain(pump);
  expect(await sums('temperature', 'celsius')).toEqual([['home-1', [22]]]);
  const [home] = await progress.homes('embedded');
  expect(home?.id).toBe('home-1');
});

test('erases what nobody may know any more, though it may be followed', async () => {
  const { storage, store, pump, sums } = await openHistory();
  await tell(store, { id: 'm1', type: 'motion.detected', at: start, data: {} });
  await drain(pump);
  await storage.query(`update consent set until_at = ${start + hour} where purpose = 'activity'`);
  expect(await sums('activity', 'count')).toEqual([['home-1', [1]]]);
  expect(await pump.erase()).toBeNull();
  await drain(pump);
  expect(await sums('activity', 'count')).toEqual([]);
});

test('erases what it wrote before its file was thrown away, of homes that have withdrawn since', async () => {
  const { storage, store, embedded, pumpTo } = await openHistory();
  await tell(store, celsius('1', start, 20));
  await storage.query(`update consent set until_at = ${start + hour} where purpose = 'statistics'`);
  const erased: string[] = [];
  const pump = pumpTo({
    ...embedded,
    name: 'influx-1',
    eraseHome: async (homeId) => {
      erased.push(homeId);
      return null;
    },
  });
  await drain(pump);
  expect(await pump.erase()).toBeNull();
  expect(erased).toEqual(['home-1']);
});

test('follows a home that agrees anew from then on, and can erase it once more', async () => {
  const { storage, store, pump, progress, sums } = await openHistory();
  const agree = (at: number) =>
    storage.query(
      `insert into consent values ('norr', 'resident-home-1', 'statistics', ${at}, null)`,
    );
  const withdraw = () =>
    storage.query(`update consent set until_at = ${start} where purpose = 'statistics'`);
  await tell(store, celsius('1', start, 20));
  await drain(pump);
  await withdraw();
  await pump.erase();
  await agree(start + hour);
  await tell(store, celsius('before', start + minute, 5), celsius('2', start + 2 * hour, 22));
  await drain(pump);
  expect(await sums('temperature', 'celsius')).toEqual([['home-1', [22]]]);
  expect(await progress.homes('embedded')).toMatchObject([{ id: 'home-1' }]);
  await withdraw();
  await pump.erase();
  expect(await sums('temperature', 'celsius')).toEqual([]);
});

/** A morning in the home that agrees to everything, carried over before somebody there withdraws consent to `activity`. */
async function openMorning() {
  const world = await openHistory({ lines: 4 });
  const { storage, store, pump, progress } = world;
  const times = Array.from({ length: 12 }, (_, index) => start + index * 20 * minute);
  const motion = (id: string, at: number) =>
    ({ id, type: 'motion.detected', at, receivedAt: at, data: {} }) as const;
  await tell(
    store,
    ...times.flatMap((at, index) => [celsius(`t${index}`, at, index), motion(`m${index}`, at)]),
    { id: 'b', type: 'battery.measured', at: start, data: { percent: 50 } },
  );
  await drain(pump);
  await storage.query(`update consent set until_at = ${ended} where purpose = 'activity'`);
  const written: string[][] = [];
  const erased: string[] = [];
  const sink: TelemetrySink = {
    ...world.embedded,
    write: (points, isAnew) => {
      written.push(points.map(({ measurement, tags }) => `${measurement} ${tags.home}`));
      return world.embedded.write(points, isAnew);
    },
    eraseHome: (homeId) => {
      erased.push(homeId);
      return world.embedded.eraseHome(homeId);
    },
  };
  const cursor = await progress.cursor('embedded');
  return { ...world, sink, written, erased, cursor };
}

const ended = start + 5 * hour;
const morningsOwn = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const morning = [['home-1', morningsOwn]];

test('writes again what may still be followed of a home that was erased, and nothing else', async () => {
  const { pumpTo, sink, written, erased, cursor, progress, sums } = await openMorning();
  expect(await sums('temperature', 'celsius')).toEqual(morning);
  const pump = pumpTo(sink);
  expect(await pump.erase()).toBeNull();
  expect(await sums('temperature', 'celsius')).toEqual([]);
  // Asked again in between, as the historian does.
  await pump.turn();
  expect(await pump.erase()).toBeNull();
  expect(await progress.homes('embedded')).toEqual([{ id: 'home-1', notedAt: 0 }]);
  await drain(pump);
  expect(await sums('temperature', 'celsius')).toEqual(morning);
  expect(await sums('activity', 'count')).toEqual([]);
  expect(written.flat()).toEqual(Array.from({ length: 12 }, () => 'temperature home-1'));
  expect(await progress.cursor('embedded')).toEqual(cursor);
  expect(await progress.homes('embedded')).toEqual([{ id: 'home-1', notedAt: ended + 1 }]);
  expect(await pumpTo(sink).erase()).toBeNull();
  expect(erased).toEqual(['home-1']);
});

test('writes a home again whole, whenever we are killed meanwhile', async () => {
  const { pumpTo, sink, progress, sums } = await openMorning();
  let left = 0;
  const until = <Args extends unknown[], R>(work: (...args: Args) => Promise<R>) => {
    return async (...args: Args): Promise<R> => {
      left -= 1;
      if (left === 0) throw new Error('Killed before.');
      const result = await work(...args);
      left -= 1;
      if (left === 0) throw new Error('Killed after.');
      return result;
    };
  };
  const mortal: TelemetrySink = {
    ...sink,
    write: until(sink.write),
    eraseHome: until(sink.eraseHome),
  };
  const { noteHome } = progress;
  progress.noteHome = until(noteHome);
  let deaths = 0;
  for (let moments = 1; deaths === moments - 1; moments += 1) {
    await noteHome('embedded', { id: 'home-1', notedAt: 0 });
    left = moments;
    const pump = pumpTo(mortal);
    try {
      await pump.erase();
      await drain(pump);
    } catch {
      deaths += 1;
    }
    left = Infinity;
    const next = pumpTo(mortal);
    await next.erase();
    await drain(next);
    expect(await sums('temperature', 'celsius')).toEqual(morning);
    expect(await sums('activity', 'count')).toEqual([]);
    expect(await progress.homes('embedded')).toEqual([{ id: 'home-1', notedAt: ended + 1 }]);
  }
  // Before and after it is erased, each of four pages, and it is noted.
  expect(deaths).toBe(12);
});

test('goes on with a home where it was when the store cannot be written to for a while', async () => {
  const { store, pumpTo, sink, erased, cursor, progress, sums } = await openMorning();
  const answers: (Writing | null)[] = [null, { kind: 'later', reason: 'Full.', afterMs: null }];
  const pages: number[] = [];
  const pump = pumpTo({
    ...sink,
    write: async (points, isAnew) => {
      pages.push(points[0]?.at ?? NaN);
      return answers.shift() ?? sink.write(points, isAnew);
    },
  });
  await pump.erase();
  await pump.turn();
  await tell(store, { id: 'alive', type: 'device.heartbeat', at: start, data: {} });
  expect(await pump.turn()).toMatchObject({ kind: 'later', reason: 'Full.' });
  expect((await progress.cursor('embedded')).event).toBe(cursor.event + 1);
  expect(await pump.erase()).toBeNull();
  await tell(store, celsius('new', start + 6 * hour, 40));
  await drain(pump);
  expect(pages.filter((at) => at < start + 6 * hour)).toHaveLength(5);
  expect(erased).toEqual(['home-1']);
  expect(await progress.homes('embedded')).toEqual([{ id: 'home-1', notedAt: ended + 1 }]);
  expect(await sums('temperature', 'celsius')).toEqual([['home-1', [...morningsOwn, 40]]]);
});

test.each([
  ['back', beginning],
  ['forth', { event: 30, alertEvent: 0, sample: 0 }],
])('writes a home again although a backfill puts the cursor %s meanwhile', async (_, elsewhere) => {
  const { store, pump, progress, sums } = await openMorning();
  await tell(
    store,
    ...[1, 2, 3, 4, 5].map((index) => celsius(`n${index}`, start + (5 + index) * hour, 1)),
  );
  await pump.erase();
  await pump.turnAnew();
  await progress.rewind('embedded', elsewhere);
  await drain(pump);
  const [[, values] = []] = await sums('temperature', 'celsius');
  expect(values?.slice(0, 12)).toEqual(morningsOwn);
  expect(await progress.homes('embedded')).toEqual([{ id: 'home-1', notedAt: ended + 1 }]);
});

test('erases a home once more that withdraws something else while it is written again', async () => {
  const { storage, pumpTo, sink, erased, progress, sums } = await openMorning();
  const pump = pumpTo(sink);
  await pump.erase();
  await pump.turn();
  await storage.query(`update consent set until_at = ${ended + 1} where purpose = 'camera'`);
  await drain(pump);
  expect(await pump.erase()).toBeNull();
  await pump.turn();
  await storage.query(`update consent set until_at = ${ended + 2} where purpose = 'statistics'`);
  await drain(pump);
  expect(await pump.erase()).toBeNull();
  await drain(pump);
  expect(erased).toEqual(['home-1', 'home-1', 'home-1']);
  expect(await sums('temperature', 'celsius')).toEqual([]);
  expect(await progress.homes('embedded')).toEqual([]);
});

test('does not bring back what was known before a consent that is withdrawn and given again', async () => {
  const { storage, pump, sums } = await openMorning();
  await storage.query(
    `insert into consent values ('norr', 'resident-home-1', 'activity', ${ended + 1}, null)`,
  );
  await pump.erase();
  await drain(pump);
  expect(await sums('temperature', 'celsius')).toEqual(morning);
  expect(await sums('activity', 'count')).toEqual([]);
});

test('writes again what is older than single readings are kept, by the hour, whatever is trimmed meanwhile', async () => {
  const { file, pump, progress, sums } = await openMorning();
  const hours = async () =>
    file.all(
      `select at, hour.count, sum from hour join series on series.id = series_id
       where measurement = 'temperature' order by at`,
    );
  const before = await hours();
  const trimAll = () => trim({ file, at: start + 120 * 24 * hour, retentions });
  await trimAll();
  await pump.erase();
  expect(await hours()).toEqual([]);
  for (let turn = await pump.turn(); turn.kind === 'moved'; turn = await pump.turn()) {
    await trimAll();
  }
  expect(before).toHaveLength(4);
  expect(await hours()).toEqual(before);
  expect(await sums('temperature', 'celsius')).toEqual([]);
  expect(await progress.refusedCount('embedded')).toBe(0);
});

test('tells what the store refuses of a home that is written again', async () => {
  const { store, pump, progress } = await openMorning();
  const odd = { ...celsius('odd', start + minute, 0), data: { celsius: 'warm' } };
  await tell(store, odd);
  await drain(pump);
  await pump.erase();
  expect(await progress.refusedCount('embedded')).toBe(0);
  await drain(pump);
  const refused = await progress.refused({ municipalityId: 'norr', before: null, limit: 10 });
  expect(refused).toMatchObject([{ sink: 'embedded', point: { at: start + minute } }]);
});

test('erases from InfluxDB 1.6 what is withdrawn of a home, and keeps the rest', async () => {
  const { storage, store, pumpTo } = await openHistory();
  const server = await startInfluxd();
  const influx = createInfluxV1({ url: server.url, database: 'vaka' });
  onTestFinished(() => influx.close());
  const held = async () => {
    const series = await server.ask(
      'select sum(/celsius|count/) from temperature, activity group by home',
    );
    return series.map(({ name, tags, values }) => [
      name,
      tags?.['home'],
      values[0]?.slice(1).find((sum) => sum !== null),
    ]);
  };
  await tell(
    store,
    ...[1, 2, 3, 4, 5].map((index) => celsius(`t${index}`, start + index * hour, index)),
    { id: 'm', type: 'motion.detected', at: start, data: {} },
  );
  const pump = pumpTo(influx);
  await drain(pump);
  expect(await held()).toEqual([
    ['activity', 'home-1', 1],
    ['temperature', 'home-1', 15],
  ]);
  await storage.query(`update consent set until_at = ${ended} where purpose = 'activity'`);
  expect(await pump.erase()).toBeNull();
  expect(await held()).toEqual([]);
  await drain(pump);
  expect(await held()).toEqual([['temperature', 'home-1', 15]]);
});

test('goes on from where somebody else has put the cursor meanwhile', async () => {
  const { store, embedded, pumpTo, progress, sums } = await openHistory({ lines: 1 });
  await tell(store, celsius('1', start, 20), celsius('2', start + minute, 22));
  const elsewhere = { event: 0, alertEvent: 0, sample: 0 };
  let isRewound = false;
  const pump = pumpTo({
    ...embedded,
    write: async (points) => {
      const writing = await embedded.write(points);
      if (!isRewound && points[0]?.at === start + minute) {
        isRewound = true;
        await progress.rewind('embedded', elsewhere);
      }
      return writing;
    },
  });
  await pump.turn();
  expect(await pump.turn()).toEqual({ kind: 'moved', written: 0, refused: 0, isMore: true });
  expect(await progress.cursor('embedded')).toEqual(elsewhere);
  await drain(pump);
  expect(await progress.cursor('embedded')).toMatchObject({ event: 2 });
  expect(await sums('temperature', 'celsius')).toEqual([['home-1', [42]]]);
});

test('notes a home before anything of it is written, so that it can be erased whatever happens', async () => {
  const { store, embedded, pumpTo, progress } = await openHistory();
  await tell(store, celsius('1', start, 20));
  const pump = pumpTo({ ...embedded, write: () => Promise.reject(new Error('Killed.')) });
  await expect(pump.turn()).rejects.toThrow('Killed.');
  expect(await progress.homes('embedded')).toMatchObject([{ id: 'home-1' }]);
  expect(await progress.cursor('embedded')).toMatchObject({ event: 0 });
});

test('starts over where the log is older than what was written of it', async () => {
  const { store, embedded, pump, progress, sums } = await openHistory();
  await tell(store, celsius('1', start, 20));
  await drain(pump);
  // Of a line that the copy which was put back does not have.
  await embedded.write([
    {
      measurement: 'temperature',
      tags: { municipality: 'norr', home: 'home-1', room: 'worn' },
      fields: { celsius: 30 },
      at: start + 2 * hour,
      seq: 900,
      timeZone: 'Europe/Stockholm',
    },
  ]);
  await progress.rewind('embedded', { event: 1_000, alertEvent: 0, sample: 0 });
  await drain(pump);
  expect(await progress.cursor('embedded')).toMatchObject({ event: 1 });
  expect(await sums('temperature', 'celsius')).toEqual([['home-1', [20]]]);
});
