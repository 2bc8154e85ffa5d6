import { describe, expect, test } from 'vitest';

import { trendNote } from '../../../dashboard/device/trend-note.ts';
import { historyEn } from '../../../dashboard/text/history-en.ts';
import { historySv } from '../../../dashboard/text/history-sv.ts';
import type { Trend } from '../../../gateway/protocol/series/series.ts';

const timeZone = 'Europe/Stockholm';
const swedish = { timeZone, locale: 'sv-SE', words: historySv, unit: '%' };
const dayName = () => '3 mars';

function battery(
  last: number,
  limitAt: number | null,
): Pick<Trend, 'measurement' | 'forecast' | 'points'> {
  const point = { at: 0, count: 1, mean: last, min: last, max: last, sum: last, last };
  return {
    measurement: 'battery',
    points: [point],
    forecast: { perDay: -1, limit: 10, limitAt },
  };
}

describe('what is said of where a battery leads', () => {
  test('is when it reaches its limit', () => {
    expect(trendNote(battery(40, 1), swedish, dayName)).toMatch(/^Når gränsen 10 % omkring 3 mars/);
  });

  test('is that it is there already, and never that it will not come there', () => {
    expect(trendNote(battery(6, null), swedish, dayName)).toBe(
      'Är redan vid gränsen 10 % eller under den.',
    );
  });

  test('is nothing where nothing can be foretold, as of one that was changed yesterday', () => {
    const english = { ...swedish, locale: 'en-GB', words: historyEn };
    expect(trendNote(battery(100, null), swedish, dayName)).toBe(historySv.trend.noForecast);
    expect(trendNote({ ...battery(100, null), forecast: null }, english, dayName)).toBe(
      historyEn.trend.noForecast,
    );
  });

  test('is the same of a link, which has nothing to say without a limit', () => {
    const link = { ...battery(-90, null), measurement: 'link', forecast: null };
    expect(trendNote(link, { ...swedish, unit: 'dBm' }, dayName)).toBe('');
    const weak = { ...link, forecast: { perDay: 0, limit: -80, limitAt: null } };
    expect(trendNote(weak, { ...swedish, unit: 'dBm' }, dayName)).toMatch(/^Är redan vid gränsen/);
  });
});
