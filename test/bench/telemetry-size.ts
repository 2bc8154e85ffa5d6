import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Point } from '../../gateway/domain/series/point.ts';
import { retentions } from '../../gateway/domain/series/retention.ts';
import type { MeasurementName } from '../../gateway/protocol/series/measurement.ts';
import { type SeriesStep } from '../../gateway/protocol/series/series.ts';
import { createEmbeddedQuery } from '../../gateway/telemetry/embedded-query.ts';
import { createEmbeddedSink } from '../../gateway/telemetry/embedded.ts';
import { trim } from '../../gateway/telemetry/retention.ts';
import { openTelemetryFile, type TelemetryFile } from '../../gateway/telemetry/telemetry-file.ts';

/** What a year of devices takes in the embedded history, and how fast its charts are, before and after it is trimmed. */
const timeZone = 'Europe/Stockholm';
const from = Date.parse('2025-01-01T00:00:00+01:00');
const to = Date.parse('2026-01-01T00:00:00+01:00');
const minute = 60_000;
const hour = 60 * minute;
const devices = 10;
const asked = 9;
const pointsAtOnce = 5_000;

interface Told {
  measurement: MeasurementName;
  everyMs: number;
  /** In the room rather than by the device, and not always. */
  share?: number;
  fields: (at: number, dice: () => number) => Record<string, number>;
}

const tenth = (value: number) => Math.round(value * 10) / 10;
const wave = (at: number) => Math.sin((at / (24 * hour)) * 2 * Math.PI);
const upkeep: readonly Told[] = [
  {
    measurement: 'link',
    everyMs: hour,
    fields: (_, dice) => ({
      rssi_dbm: -60 - Math.round(dice() * 25),
      lqi: Math.round(dice() * 255),
    }),
  },
  {
    measurement: 'battery',
    everyMs: hour,
    fields: (at) => ({ percent: Math.round(100 - ((at - from) / (to - from)) * 60) }),
  },
];
const kinds: Readonly<Record<string, readonly Told[]>> = {
  'temperature and humidity each 10 min': [
    {
      measurement: 'temperature',
      everyMs: 10 * minute,
      fields: (at, dice) => ({ celsius: tenth(21 + wave(at) + dice()) }),
    },
    {
      measurement: 'humidity',
      everyMs: 10 * minute,
      fields: (at, dice) => ({ percent: tenth(45 + 8 * wave(at) + 4 * dice()) }),
    },
    ...upkeep,
  ],
  'motion, active in 4 quarters of 10': [
    {
      measurement: 'activity',
      everyMs: 15 * minute,
      share: 0.4,
      fields: (_, dice) => ({ count: 1 + Math.floor(dice() * 12) }),
    },
    ...upkeep,
  ],
};

/** Always the same (mulberry32). */
function createDice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function* yearOf(told: readonly Told[]): Generator<Point> {
  const dice = createDice(6);
  let seq = 0;
  for (let at = from; at < to; at += 5 * minute) {
    for (const { measurement, everyMs, share, fields } of told) {
      if (at % everyMs !== 0) continue;
      for (let device = 0; device < devices; device += 1) {
        if (share !== undefined && dice() >= share) continue;
        const own = { municipality: 'norr', home: `home-${device}`, room: 'hall' };
        const tags =
          share === undefined
            ? { ...own, device: `device-${device}`, kind: 'sensor' }
            : { ...own, lane: 'movement' };
        seq += 1;
        const offset = share === undefined ? Math.floor(dice() * 5 * minute) : 0;
        yield {
          measurement,
          tags,
          fields: fields(at, dice),
          at: at + offset,
          seq: share === undefined ? seq : 0,
          timeZone,
        };
      }
    }
  }
}

async function write(file: TelemetryFile, told: readonly Told[]): Promise<number> {
  const sink = createEmbeddedSink(file);
  let written = 0;
  let batch: Point[] = [];
  const flush = async () => {
    const answer = await sink.write(batch);
    if (answer.kind !== 'written' || answer.refused.length > 0) throw new Error('It is not taken.');
    written += batch.length;
    batch = [];
  };
  for (const point of yearOf(told)) {
    batch.push(point);
    if (batch.length >= pointsAtOnce) await flush();
  }
  await flush();
  return written;
}

async function sizeOf(file: TelemetryFile, path: string): Promise<number> {
  file.run('vacuum');
  file.all('pragma wal_checkpoint(truncate)');
  return (await stat(path)).size;
}

async function askedFor(path: string, told: Told, step: SeriesStep): Promise<string> {
  const [field = ''] = Object.keys(told.fields(from, () => 0));
  const reader = openTelemetryFile(path, { readOnly: true });
  const query = createEmbeddedQuery(reader);
  const times: number[] = [];
  let points = 0;
  for (let turn = 0; turn < asked; turn += 1) {
    const began = performance.now();
    const [series] = await query.series({
      municipalityId: 'norr',
      measurement: told.measurement,
      field,
      where: { home: 'home-3' },
      by: [],
      step,
      timeZone,
      from,
      to,
    });
    times.push(performance.now() - began);
    points = series?.points.length ?? 0;
  }
  reader.close();
  return `${step} ${Math.min(...times).toFixed(1)} ms (${points})`;
}

async function charts(path: string, told: Told): Promise<string> {
  const cells: string[] = [];
  for (const step of ['raw', 'quarter', 'hour', 'day'] as const)
    cells.push(await askedFor(path, told, step));
  return cells.join(', ');
}

const print = (what: string, value: string) =>
  process.stdout.write(`  ${what.padEnd(33)} ${value}\n`);
const kibibytes = (bytes: number) => `${(bytes / 1024 / devices).toFixed(0)} KiB a device-year`;

async function measure(name: string, told: readonly Told[], folder: string): Promise<void> {
  const path = join(folder, `${told[0]?.measurement ?? 'none'}.db`);
  const file = openTelemetryFile(path, { readOnly: false });
  const [shown] = told;
  if (shown === undefined) throw new Error('It tells nothing.');
  const began = performance.now();
  const points = await write(file, told);
  const seconds = (performance.now() - began) / 1_000;
  process.stdout.write(`${name}\n`);
  print('written', `${points} points, ${(points / seconds).toFixed(0)}/s`);
  print('all readings kept', kibibytes(await sizeOf(file, path)));
  print(`a year's ${shown.measurement}, best of ${asked}`, await charts(path, shown));
  const trimming = performance.now();
  const removed = await trim({ file, at: to, retentions });
  const raw = removed.life.raw + removed.equipment.raw;
  print('trimmed', `${raw} readings in ${(performance.now() - trimming).toFixed(0)} ms`);
  print('readings of 90 days kept', kibibytes(await sizeOf(file, path)));
  print(`a year's ${shown.measurement}, best of ${asked}`, await charts(path, shown));
  file.all('delete from reading');
  print('hours and days alone', kibibytes(await sizeOf(file, path)));
  file.close();
}

const folder = await mkdtemp(join(tmpdir(), 'vaka-telemetry-'));
try {
  for (const [name, told] of Object.entries(kinds)) await measure(name, told, folder);
} finally {
  await rm(folder, { recursive: true, force: true });
}
