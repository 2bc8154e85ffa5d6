import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseCasas } from '../../../simulators/replay/casas.ts';
import { devicesOf, Mapping, parseMapping } from '../../../simulators/replay/mapping.ts';
import { endAt, readLog, type LogFormat } from '../../../simulators/replay/read-log.ts';
import { parseUci } from '../../../simulators/replay/uci.ts';

const mapping = parseMapping(`
timeZone: Europe/Stockholm
sensors:
  M003:
    device: motion
    profile: motion-sensor
    placement: bedroom
    events: { ON: motion.detected, OFF: motion.cleared }
  T002:
    device: warmth
    profile: thermometer
    placement: living-room
    events: { number: temperature.measured }
  Front_Door:
    device: door
    profile: door-contact
    placement: entrance
    events: { OPEN: door.opened, CLOSE: door.closed }
  Bed:
    device: bed
    profile: bed-sensor
    placement: bed
    events: { start: bed.entered, end: bed.left }
  Door/Kitchen:
    device: kitchen
    profile: motion-sensor
    placement: kitchen
    events: { start: motion.detected, end: motion.cleared }
`);

function read(format: LogFormat, ...lines: string[]) {
  const { events, skipped } = readLog(lines.join('\n'), format, mapping);
  return {
    events: events.map(({ deviceId, type, at }) => [deviceId, type, new Date(at).toISOString()]),
    skipped,
  };
}

describe('a CASAS log', () => {
  test('is read with tabs or spaces, named sensors, numbers and activities', () => {
    const { events, skipped } = readLog(
      [
        '2010-11-04 00:03:50.209589 M003 ON',
        '2010-11-04\t00:03:57.399391\tM003\tOFF\tSleeping end',
        '2010-11-04 08:00:00   Front_Door OPEN Leave_Home begin',
        '2010-11-04 08:01:00 T002 21.5',
      ].join('\r\n'),
      'casas',
      mapping,
    );
    expect(skipped).toEqual([]);
    expect(events.map(({ deviceId, type, data }) => [deviceId, type, data])).toEqual([
      ['motion', 'motion.detected', undefined],
      ['motion', 'motion.cleared', undefined],
      ['door', 'door.opened', undefined],
      ['warmth', 'temperature.measured', { celsius: 21.5 }],
    ]);
    expect(events.map(({ line }) => line)).toEqual([1, 2, 3, 4]);
    expect(new Date(events[0]?.at ?? 0).toISOString()).toBe('2010-11-03T23:03:50.209Z');
  });

  test('says which lines are left out, and why', () => {
    const { skipped } = read(
      'casas',
      '2010-11-04 00:03:50 M003',
      '2010-13-04 00:03:50 M003 ON',
      '',
      '2010-11-04 00:03:50 M999 ON',
      '2010-11-04 00:03:50 M003 BROKEN',
      '2010-11-04 24:61:50 M003 ON',
      'noise',
    );
    expect(skipped.map(({ line }) => line)).toEqual([1, 2, 4, 5, 6, 7]);
    expect(skipped[2]?.reason).toMatch(/no sensor M999/);
    expect(skipped[3]?.reason).toMatch(/no event for BROKEN/);
  });

  test('goes on through the hour that comes twice when summer time ends', () => {
    const { events } = read(
      'casas',
      '2026-10-25 02:40:00 M003 ON',
      '2026-10-25 02:50:00 M003 OFF',
      '2026-10-25 02:10:00 M003 ON',
      '2026-10-25 02:55:00 M003 OFF',
      '2026-10-25 03:05:00 M003 ON',
    );
    expect(events.map(([, , at]) => at?.slice(11, 16))).toEqual([
      '00:40',
      '00:50',
      '01:10',
      '01:55',
      '02:05',
    ]);
  });

  test('that was not told of summer time is an hour ahead until it is', () => {
    const { events } = read(
      'casas',
      '2026-03-29 01:59:00 M003 ON',
      '2026-03-29 02:10:00 M003 OFF',
      '2026-03-29 03:20:00 M003 ON',
    );
    expect(events.map(([, , at]) => at?.slice(11, 16))).toEqual(['00:59', '01:10', '01:20']);
  });
});

describe('a UCI log', () => {
  test('gives two events for each interval, all in one order of time', () => {
    const { events, skipped } = read(
      'uci',
      'Start time          \tEnd time            \tLocation\tType\t\tPlace',
      '--------------------\t--------------------\t--------\t--------\t-----',
      '2026-01-10 22:30:00\t2026-01-11 07:10:00\t\tBed\t\tPressure\tBedroom',
      '2026-01-11 03:00:00\t2026-01-11 03:00:04\tDoor\t\tPIR\t\tKitchen\t',
    );
    expect(skipped).toEqual([]);
    expect(events).toEqual([
      ['bed', 'bed.entered', '2026-01-10T21:30:00.000Z'],
      ['kitchen', 'motion.detected', '2026-01-11T02:00:00.000Z'],
      ['kitchen', 'motion.cleared', '2026-01-11T02:00:04.000Z'],
      ['bed', 'bed.left', '2026-01-11T06:10:00.000Z'],
    ]);
  });

  test('leaves out an interval that ends before it starts, but not one across the change of clocks', () => {
    const { events, skipped } = read(
      'uci',
      '2026-01-10 22:30:00\t2026-01-10 07:10:00\tBed\tPressure\tBedroom',
      '2026-10-25 02:50:00\t2026-10-25 02:10:00\tBed\tPressure\tBedroom',
    );
    expect(skipped).toEqual([{ line: 1, reason: 'It ends before it starts.' }]);
    expect(events.map(([, , at]) => at?.slice(11, 16))).toEqual(['00:50', '01:10']);
  });

  test('asks the place when the mapping does', () => {
    const line = '2026-01-11 03:00:00\t2026-01-11 03:00:04\tDoor\tPIR\tBathroom';
    expect(read('uci', line).skipped[0]?.reason).toMatch(/no sensor Door/);
  });
});

const words =
  '2026-10-25 02:30:00 9999-12-31 24:00:00 M003 ON Bed T002 1e9 - __proto__ constructor';
const anyWord = fc.constantFrom(
  '\t',
  ' ',
  '\n',
  '\u0000',
  '\uFEFF',
  '2026-01-01 00:00:00',
  ...words.split(' '),
);
const anyLog = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(anyWord).map((chosen) => chosen.join(' ')),
  fc.array(anyWord).map((chosen) => chosen.join('\t')),
);

describe('any text at all', () => {
  test.each(['casas', 'uci'] as const)(
    'is read as %s without throwing, and the same each time',
    (format) => {
      fc.assert(
        fc.property(anyLog, (text) => {
          const { events, skipped } = readLog(text, format, mapping);
          const times = events.map(({ at }) => at);
          expect(times.every(Number.isFinite)).toBe(true);
          expect(times).toEqual(times.toSorted((one, other) => one - other));
          expect(skipped.every(({ line, reason }) => line > 0 && reason !== '')).toBe(true);
          expect(readLog(text, format, mapping)).toEqual({ events, skipped });
        }),
        { numRuns: 500 },
      );
    },
  );

  test('has each of its lines read, or left out for a reason, or blank', () => {
    fc.assert(
      fc.property(anyLog, (text) => {
        for (const { readings, skipped } of [parseCasas(text), parseUci(text)]) {
          const told = new Set([...readings, ...skipped].map(({ line }) => line));
          const blank = text
            .split(/\r?\n/)
            .filter((line) => line.replace('\uFEFF', '').trim() === '');
          expect(told.size + blank.length).toBeGreaterThanOrEqual(text.split(/\r?\n/).length);
        }
      }),
    );
  });
});

describe('a mapping', () => {
  test('tells which devices it needs, each once', () => {
    expect(devicesOf(mapping).map(({ id }) => id)).toEqual([
      'motion',
      'warmth',
      'door',
      'bed',
      'kitchen',
    ]);
  });

  test('is refused when it speaks of what does not exist', () => {
    const sensor = { device: 'd', profile: 'bed-sensor', placement: 'bed', events: {} };
    const parse = (difference: object, timeZone = 'Europe/Stockholm') =>
      Mapping.safeParse({ timeZone, sensors: { S: { ...sensor, ...difference } } }).success;
    expect(parse({})).toBe(true);
    expect(parse({}, 'Europe/Atlantis')).toBe(false);
    expect(parse({ profile: 'teapot' })).toBe(false);
    expect(parse({ placement: 'attic' })).toBe(false);
    expect(parse({ events: { ON: 'bed.eaten' } })).toBe(false);
    expect(parse({ events: { number: 'bed.left' } })).toBe(false);
    expect(parse({ device: 'a/b' })).toBe(false);
  });
});

describe('moving a log in time', () => {
  const { events } = readLog(
    '2010-11-04 00:03:50 M003 ON\n2010-11-04 00:04:50 M003 OFF',
    'casas',
    mapping,
  );

  test('ends it when it is told to, with all distances kept', () => {
    expect(endAt(events, 1_000_000).map(({ at }) => at)).toEqual([940_000, 1_000_000]);
    expect(endAt([], 1_000_000)).toEqual([]);
  });

  test('makes other events of it, with ids of their own', () => {
    const ids = (at: number) => endAt(events, at).map(({ id }) => id);
    expect(new Set([...ids(1), ...ids(2), ...events.map(({ id }) => id)]).size).toBe(6);
    expect(ids(1)).toEqual(ids(1));
  });
});
