import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createDice } from '../../simulators/dice.ts';
import { Habits, planDay, type Doing } from '../../simulators/resident.ts';

const timeZone = 'Europe/Stockholm';
const habits = Habits.parse({});
const date = (text: string) => Temporal.PlainDate.from(text);

const anyDay = fc.record({
  date: fc
    .integer({ min: 0, max: 730 })
    .map((days) => date('2026-01-01').add({ days }))
    .map(String),
  seed: fc.string(),
});

function plan({ date: day, seed }: { date: string; seed: string }): Doing[] {
  return planDay(date(day), timeZone, habits, createDice(seed));
}

function only(doings: readonly Doing[], ...whats: Doing['what'][]): Doing[] {
  return doings.filter(({ what }) => whats.includes(what));
}

describe("a resident's day", () => {
  test('is told in order of time and within the day', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const times = plan(day).map(({ at }) => at);
        const midnight = date(day.date).toZonedDateTime(timeZone);
        expect(times).toEqual(times.toSorted((one, other) => one - other));
        expect(times[0]).toBeGreaterThanOrEqual(midnight.epochMilliseconds);
        expect(times.at(-1)).toBeLessThan(midnight.add({ days: 1 }).epochMilliseconds);
      }),
    );
  });

  test('leaves bed and enters it by turns, and ends in bed', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const bed = only(plan(day), 'bed-leave', 'bed-enter').map(({ what }) => what);
        expect(bed.length % 2).toBe(0);
        expect(bed).toEqual(bed.map((_, index) => (index % 2 === 0 ? 'bed-leave' : 'bed-enter')));
      }),
    );
  });

  test('closes each door that is opened, the front door within half a minute', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom('entrance', 'balcony'), (day, door) => {
        const doings = only(plan(day), 'door-open', 'door-close').filter(
          ({ where }) => where === door,
        );
        const opened = doings.filter((_, index) => index % 2 === 0);
        const closed = doings.filter((_, index) => index % 2 === 1);
        const longestMs = door === 'entrance' ? 30_000 : 15 * 60_000;
        expect(opened.every(({ what }) => what === 'door-open')).toBe(true);
        expect(closed.every(({ what }) => what === 'door-close')).toBe(true);
        expect(closed.map(({ at }, index) => at - (opened[index]?.at ?? 0) < longestMs)).toEqual(
          opened.map(() => true),
        );
      }),
    );
  });

  test('has nobody moving about at home between going out and coming back', () => {
    const goesOut = { ...habits, goesOut: 1 };
    fc.assert(
      fc.property(anyDay, ({ date: day, seed }) => {
        const doings = planDay(date(day), timeZone, goesOut, createDice(seed));
        const [out, back] = only(doings, 'door-open').filter(({ where }) => where === 'entrance');
        fc.pre(out !== undefined && back !== undefined);
        const away = doings.filter(
          ({ at }) => at > (out?.at ?? 0) + 60_000 && at < (back?.at ?? 0) - 60_000,
        );
        expect(away).toEqual([]);
      }),
    );
  });

  test('wakes by the clock on the wall, on the days when the clock is changed too', () => {
    for (const day of ['2026-03-28', '2026-03-29', '2026-10-24', '2026-10-25']) {
      const times = only(plan({ date: day, seed: 'one' }), 'bed-leave').map(({ at }) =>
        Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone),
      );
      expect(times.filter(({ hour }) => hour >= 6 && hour < 8)).toHaveLength(1);
    }
  });
});
