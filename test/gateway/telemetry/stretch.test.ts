import fc from 'fast-check';
import { expect, test } from 'vitest';

import { offsetOf, stretchesOf } from '../../../gateway/telemetry/stretch.ts';
import { at, hour, stockholm } from './telemetry-point.ts';

test('a year is three stretches of whole days and the two days on which clocks change', () => {
  const [from, to] = [at('2026-01-01T00:00'), at('2027-01-01T00:00')];
  const stretches = stretchesOf({ from, to, timeZone: stockholm }, 'day');
  expect(stretches.map(({ stepMs }) => stepMs / hour)).toEqual([24, 23, 24, 25, 24]);
  expect(stretches[1]?.from).toBe(at('2026-03-29T00:00'));
  expect(stretches[3]?.from).toBe(at('2026-10-25T00:00'));
});

test('hours and quarters are the same all year', () => {
  const span = { from: at('2026-01-01T00:00'), to: at('2027-01-01T00:00'), timeZone: stockholm };
  expect(stretchesOf(span, 'hour')).toEqual([{ from: span.from, to: span.to, stepMs: hour }]);
  expect(stretchesOf(span, 'quarter')).toMatchObject([{ stepMs: hour / 4 }]);
  expect(stretchesOf({ ...span, to: span.from }, 'day')).toEqual([]);
});

test('the steps of the stretches are the days of the wall clock, in any zone', () => {
  const zones = [
    'Europe/Stockholm',
    'UTC',
    'Asia/Kolkata',
    'America/St_Johns',
    'Australia/Lord_Howe',
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 0, max: 20_000 }),
      fc.integer({ min: 1, max: 500 }),
      (timeZone, first, count) => {
        const start = Temporal.PlainDate.from('1980-01-01').add({ days: first });
        const days = Array.from(
          { length: count + 1 },
          (_, index) => start.add({ days: index }).toZonedDateTime(timeZone).epochMilliseconds,
        );
        const [from = 0, to = 0] = [days[0], days[count]];
        // As a server does it: from a whole number of steps since 1970, and the offset.
        const begun = stretchesOf({ from, to, timeZone }, 'day').flatMap((stretch) => {
          const steps = (stretch.to - stretch.from) / stretch.stepMs;
          expect((stretch.from - offsetOf(stretch)) % stretch.stepMs).toBe(0);
          return Array.from({ length: steps }, (_, index) => stretch.from + index * stretch.stepMs);
        });
        expect(begun).toEqual(days.slice(0, -1));
      },
    ),
    { seed: 6, numRuns: 100 },
  );
});
