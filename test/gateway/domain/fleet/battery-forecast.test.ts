import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  type BatteryDay,
  batteryEndsAt,
} from '../../../../gateway/domain/fleet/battery-forecast.ts';

const dayMs = 86_400_000;
const today = 20_000;
const noon = today * dayMs + dayMs / 2;

/** The last of these is today's. */
function history(percents: readonly number[], last = today): BatteryDay[] {
  return percents.map((percent, index) => ({ day: last - percents.length + 1 + index, percent }));
}

function fallingBy(perDay: number, days: number, from = 100): number[] {
  return Array.from({ length: days }, (_, index) => from - perDay * index);
}

/** In days from today. */
function endsIn(percents: readonly number[], urgent = 10): number | null {
  const at = batteryEndsAt(history(percents), urgent, noon);
  return at === null ? null : at / dayMs - today;
}

describe('the day a battery ends', () => {
  test('lies where its fall leads', () => {
    expect(endsIn(fallingBy(1, 41))).toBeCloseTo(50, 6);
    expect(endsIn(fallingBy(0.5, 60))).toBeCloseTo((100 - 29.5 - 10) / 0.5, 6);
  });

  test('is not told from too few days, nor from no fall to speak of', () => {
    expect(endsIn(fallingBy(5, 4))).toBeNull();
    expect(endsIn(fallingBy(5, 5))).not.toBeNull();
    expect(endsIn(fallingBy(0.02, 90))).toBeNull();
    expect(endsIn([])).toBeNull();
    expect(endsIn(Array.from({ length: 90 }, () => 100))).toBeNull();
  });

  test('is not told of one that is urgent already, nor of one that has said nothing for a month', () => {
    expect(endsIn(fallingBy(5, 19))).toBeNull();
    expect(batteryEndsAt(history(fallingBy(1, 20), today - 31), 10, noon)).toBeNull();
  });

  test('is now, and not past, for one that has charge left as far as anybody has heard', () => {
    expect(batteryEndsAt(history(fallingBy(2, 40), today - 12), 10, noon)).toBe(noon);
  });

  test('begins anew with another battery', () => {
    expect(endsIn([...fallingBy(2, 40), ...fallingBy(1, 10)])).toBeCloseTo(91 - 10, 6);
    expect(endsIn([...fallingBy(2, 40), 100, 100, 99])).toBeNull();
  });

  test('does not mind a day that was read wrong', () => {
    const percents = fallingBy(1, 41);
    percents[20] = 0;
    expect(endsIn(percents)).toBeCloseTo(50, 1);
  });

  test('comes soon for cells that tell 100 % until they drop', () => {
    const stuck = Array.from({ length: 80 }, () => 100);
    const ends = endsIn([...stuck, 97, 94, 91, 88, 85, 82]);
    expect(ends).toBeGreaterThan(20);
    expect(ends).toBeLessThan(26);
  });

  test('starts from where the battery is, when it has dropped below its line for two days', () => {
    const percents = fallingBy(1, 41);
    expect(endsIn([...percents.slice(0, -1), 40])).toBeCloseTo(50, 1);
    expect(endsIn([...percents.slice(0, -2), 41, 40])).toBeCloseTo(31, 1);
  });

  test('follows a fall that has become faster', () => {
    const ends = endsIn([...fallingBy(0.2, 60), ...fallingBy(1.5, 21, 87)]);
    expect(ends).toBeLessThan(40);
  });
});

const perDay = fc.double({ min: 0.2, max: 2, noNaN: true });
const length = fc.integer({ min: 20, max: 40 });

test('is the same however the calendar is shifted', () => {
  fc.assert(
    fc.property(perDay, length, fc.integer({ min: -5_000, max: 5_000 }), (fall, days, shift) => {
      const percents = fallingBy(fall, days);
      const here = batteryEndsAt(history(percents), 10, noon);
      const there = batteryEndsAt(history(percents, today + shift), 10, noon + shift * dayMs);
      if (here === null || there === null) expect(there).toBe(here);
      else expect(Math.abs(there - shift * dayMs - here)).toBeLessThan(1_000);
    }),
  );
});

test('is the earlier, the faster it falls', () => {
  fc.assert(
    fc.property(
      perDay,
      fc.double({ min: 0.01, max: 0.5, noNaN: true }),
      length,
      (fall, more, days) => {
        const slow = endsIn(fallingBy(fall, days));
        const fast = endsIn(fallingBy(fall + more, days));
        if (slow !== null && fast !== null) expect(fast).toBeLessThanOrEqual(slow + 1e-6);
      },
    ),
  );
});

test('hardly moves when readings tremble', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.5, max: 1.2, noNaN: true }),
      fc.array(fc.integer({ min: -1, max: 1 }), { minLength: 60, maxLength: 60 }),
      (fall, noise) => {
        const steady = fallingBy(fall, 60);
        const ends = endsIn(steady.map((percent, index) => percent + (noise[index] ?? 0)));
        const right = (100 - fall * 59 - 10) / fall;
        expect(ends).not.toBeNull();
        expect(ends).toBeGreaterThan(right * 0.7 - 5);
        expect(ends).toBeLessThan(right * 1.1 + 5);
      },
    ),
  );
});

test('is never past while there is charge left, whatever has been told', () => {
  const anyDay = fc.record({
    day: fc.integer({ min: today - 400, max: today + 3 }),
    percent: fc.double({ min: 0, max: 120, noNaN: true }),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(anyDay, { selector: ({ day }) => day, maxLength: 120 }),
      fc.integer({ min: 0, max: 50 }),
      (days, urgent) => {
        const sorted = days.toSorted((a, b) => a.day - b.day);
        const at = batteryEndsAt(sorted, urgent, noon);
        if (at === null) return;
        expect(Number.isSafeInteger(at)).toBe(true);
        expect(at).toBeGreaterThanOrEqual(noon);
      },
    ),
  );
});
