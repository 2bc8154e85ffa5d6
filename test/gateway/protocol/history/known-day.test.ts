import { expect, test } from 'vitest';

import { isKnown, shownBands } from '../../../../gateway/protocol/history/known-day.ts';
import { givenDay } from './given-day.ts';

const hour = 3_600_000;
const day = givenDay({ day: '1970-01-01', from: 0, to: 24 * hour });
const unheard = { kind: 'unheard', from: 0, to: 24 * hour, isEstimated: false } as const;

test('a day of which nothing is known is unheard, until now', () => {
  expect(shownBands(day, day.to + hour)).toEqual([unheard]);
  expect(shownBands(day, hour)).toEqual([{ ...unheard, to: hour }]);
  expect(shownBands(day, -hour)).toEqual([{ ...unheard, to: 0 }]);
});

test('a day of which something is known is shown as it is told', () => {
  const rest = { ...unheard, kind: 'rest', to: hour } as const;
  const title = { sv: 'Fall', en: 'Fall' };
  const alert = { id: 'a', at: hour, severity: 'high', title } as const;
  for (const known of [
    { ...day, activity: 1 },
    { ...day, bands: [rest] },
    { ...day, alerts: [alert] },
  ]) {
    expect(isKnown(known)).toBe(true);
    expect(shownBands(known, day.to)).toEqual(known.bands);
  }
});
