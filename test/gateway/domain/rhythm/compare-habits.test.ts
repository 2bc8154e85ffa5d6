import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { compareHabits } from '../../../../gateway/domain/rhythm/compare-habits.ts';
import { addDays } from '../../../../gateway/domain/rhythm/day-hours.ts';
import type { KeptDay } from '../../../../gateway/domain/series/home-days.ts';
import type { HabitComparison } from '../../../../gateway/protocol/history/home-day.ts';
import { clock, day as to, timeZone } from './given-home.ts';

/** A day of which nothing is special, so many days before the last. */
function given(before: number, more: Partial<KeptDay> = {}): KeptDay {
  const day = addDays(to, -before);
  return {
    day,
    from: clock('00:00', 0, day),
    to: clock('00:00', 1, day),
    isComplete: true,
    bands: [],
    roseAt: clock('07:00', 0, day),
    wentToBedAt: clock('22:00', -1, day),
    nightsUp: 1,
    upMinutes: 5,
    restMinutes: 480,
    awayMinutes: 0,
    rooms: 4,
    bathroom: { visits: 5, minutes: 40, longestMinutes: 12 },
    activity: 200,
    ...more,
  };
}

function days(make: (before: number) => Partial<KeptDay>): KeptDay[] {
  return Array.from({ length: 63 }, (_, before) => given(before, make(before)));
}

function compared(some: readonly KeptDay[], habit: HabitComparison['habit']): HabitComparison {
  const found = compareHabits(some, { to, timeZone }).find((one) => one.habit === habit);
  if (found === undefined) throw new Error(`There is no ${habit}.`);
  return found;
}

describe('a habit', () => {
  test('differs when the week does, and says in which direction', () => {
    const often = days((before) => ({ nightsUp: before < 7 ? 3 : before % 2 }));
    expect(compared(often, 'nights-up')).toEqual({
      habit: 'nights-up',
      differs: true,
      direction: 'more',
      now: 3,
      usual: { middle: 0.5, low: 0, high: 1 },
      days: { now: 7, usual: 56 },
    });
    const fewer = days((before) => ({ rooms: before < 7 ? 2 : 4 }));
    expect(compared(fewer, 'rooms')).toMatchObject({ differs: true, direction: 'less', now: 2 });
    const long = days((before) => ({
      bathroom: { visits: 1, minutes: 50, longestMinutes: before < 7 ? 30 : 10 + (before % 5) },
    }));
    expect(compared(long, 'bathroom')).toMatchObject({ direction: 'more', now: 30 });
  });

  test('is by the wall clock, whether the clocks have changed meanwhile or not', () => {
    const late = days((before) => ({
      roseAt: clock(before < 7 ? '08:30' : '07:00', 0, addDays(to, -before)),
    }));
    expect(compared(late, 'rising')).toMatchObject({
      direction: 'more',
      now: 510,
      usual: { middle: 420, low: 420, high: 420 },
    });
  });

  test('does not differ by what is of no weight, nor by what is usual for them', () => {
    const little = days((before) => ({
      roseAt: clock(before < 7 ? '07:40' : '07:00', 0, addDays(to, -before)),
    }));
    expect(compared(little, 'rising').differs).toBe(false);
    const varied = days((before) => ({ nightsUp: before < 7 ? 3 : before % 5 }));
    expect(compared(varied, 'nights-up').differs).toBe(false);
  });

  test('does not differ by half of a short week, of which one night was odd', () => {
    const short = [3, 3, 1, 1, null, null, null];
    const some = days((before) => ({ nightsUp: before < 7 ? (short[before] ?? null) : 1 }));
    expect(compared(some, 'nights-up')).toMatchObject({ now: 2, differs: false, days: { now: 4 } });
  });

  test('is unknown of too few days', () => {
    const few = days((before) => ({ nightsUp: before < 4 || before > 30 ? null : 1 }));
    expect(compared(few, 'nights-up')).toMatchObject({
      now: null,
      differs: false,
      days: { now: 3, usual: 24 },
    });
    const young = days((before) => ({ nightsUp: before < 7 ? 5 : before < 27 ? 0 : null }));
    expect(compared(young, 'nights-up')).toMatchObject({ now: 5, usual: null, direction: 'same' });
  });

  test('is not made to differ by days without a sign of life, as in hospital, or by a bathroom nobody is seen in', () => {
    const none = { visits: 0, minutes: 0, longestMinutes: 0 };
    const gone = days((before) => (before < 7 ? { activity: 0, rooms: 0, bathroom: none } : {}));
    expect(compared(gone, 'rooms')).toMatchObject({ differs: false, now: null, days: { now: 0 } });
    const unseen = days((before) => (before < 7 ? { bathroom: none } : {}));
    expect(compared(unseen, 'bathroom')).toMatchObject({ differs: false, now: null });
  });

  test('leaves out days that were not heard, spent elsewhere, or are not over', () => {
    const spent = (kind: 'unheard' | 'away', hours: number, before: number): Partial<KeptDay> => {
      const from = clock('00:00', 0, addDays(to, -before));
      return {
        nightsUp: 9,
        bands: [{ kind, from, to: from + hours * 3_600_000, isEstimated: false }],
      };
    };
    const some = days((before) => {
      if (before === 0) return { isComplete: false, nightsUp: 9 };
      if (before === 1) return spent('unheard', 3, before);
      return before === 2 ? spent('away', 13, before) : {};
    });
    expect(compared(some, 'nights-up')).toMatchObject({ now: 1, days: { now: 4 } });
  });

  test('leaves out days that were paused and not heard for more than two hours together', () => {
    const bands = (before: number, hours: number): KeptDay['bands'] => {
      const from = clock('00:00', 0, addDays(to, -before));
      const each = (hours * 3_600_000) / 2;
      return [
        { kind: 'unheard', from, to: from + each, isEstimated: false },
        { kind: 'paused', from: from + each, to: from + 2 * each, isEstimated: false },
      ];
    };
    const some = days((before) => ({ bands: bands(before, before < 2 ? 2.5 : 2) }));
    expect(compared(some, 'nights-up').days).toEqual({ now: 5, usual: 56 });
  });
});

describe('whatever the days', () => {
  const week = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 7, maxLength: 7 });
  const runs = { numRuns: 50, seed: 6 };
  const of = (values: (before: number) => number | undefined) =>
    compared(
      days((before) => ({
        bathroom: { visits: 1, minutes: 1, longestMinutes: values(before) ?? 0 },
      })),
      'bathroom',
    );

  test('the same weeks never differ', () => {
    fc.assert(
      fc.property(week, (values) => {
        expect(of((before) => (values[before % 7] ?? 0) * 30).differs).toBe(false);
      }),
      runs,
    );
  });

  test('a constant shifts what is told by itself, and no difference', () => {
    fc.assert(
      fc.property(week, week, fc.integer({ min: 1, max: 60 }), (now, usual, constant) => {
        const value = (before: number) =>
          before < 7 ? (now[before] ?? 0) * 10 : (usual[before % 7] ?? 0);
        const [one, other] = [of(value), of((before) => value(before) + constant)];
        expect(other).toMatchObject({ differs: one.differs, direction: one.direction });
        expect((other.now ?? 0) - (one.now ?? 0)).toBeCloseTo(constant);
        expect((other.usual?.high ?? 0) - (one.usual?.high ?? 0)).toBeCloseTo(constant);
      }),
      runs,
    );
  });

  test('a single odd day of an ordinary week makes none', () => {
    fc.assert(
      fc.property(
        week,
        fc.nat({ max: 6 }),
        fc.integer({ min: 0, max: 1_000 }),
        (usual, odd, value) => {
          expect(
            of((before) => (before === odd ? value : (usual[(before + 3) % 7] ?? 0) * 30)).differs,
          ).toBe(false);
        },
      ),
      runs,
    );
  });
});
