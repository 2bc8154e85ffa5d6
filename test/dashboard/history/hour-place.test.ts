import { describe, expect, test } from 'vitest';

import { dayOf } from '../../../dashboard/clock/zoned.ts';
import { cellsOf } from '../../../dashboard/history/cell.ts';
import { evenHours, hourPlaces } from '../../../dashboard/history/hour-place.ts';
import { homeDay, timeZone } from './home-day.ts';

const hour = 3_600_000;

describe('the hours under a day', () => {
  test('divide an ordinary day in quarters', () => {
    expect(hourPlaces(dayOf('2026-11-18', timeZone), timeZone)).toEqual(evenHours);
  });

  test.each([
    ['2026-03-29', [0, 5 / 23, 11 / 23, 17 / 23, 1]],
    ['2026-10-25', [0, 7 / 25, 13 / 25, 19 / 25, 1]],
  ])('are where the clock shows them on %s, when it is set', (date, shares) => {
    const places = hourPlaces(dayOf(date, timeZone), timeZone);
    expect(places.map(({ hour: name }) => name)).toEqual([0, 6, 12, 18, 24]);
    expect(places.map(({ share }) => share)).toEqual(shares);
  });

  test('stand under what happened then', () => {
    const day = homeDay('2026-10-25');
    const noon = day.from + 13 * hour;
    const title = { sv: 'Fall', en: 'Fall' };
    const cells = cellsOf(
      { ...day, alerts: [{ id: 'a', at: noon, severity: 'high', title }] },
      timeZone,
    );
    const places = hourPlaces({ ...day, date: day.day }, timeZone);
    expect(cells[1]).toMatchObject({ from: places.find((place) => place.hour === 12)?.share });
  });
});
