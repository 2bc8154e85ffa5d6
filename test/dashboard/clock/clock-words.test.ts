import { expect, test } from 'vitest';

import { clockWords } from '../../../dashboard/clock/clock-words.ts';

const said = (at: string, now: string) =>
  clockWords(Date.parse(at), {
    now: Date.parse(now),
    locale: 'sv-SE',
    timeZone: 'Europe/Stockholm',
  });

test('names the day only where the time alone could be taken for another', () => {
  const now = '2026-11-22T21:00:00+01:00';
  expect(said('2026-11-22T23:30:00+01:00', now)).toBe('23:30');
  expect(said('2026-11-23T07:15:00+01:00', now)).toBe('07:15');
  expect(said('2026-11-23T21:30:00+01:00', now)).toMatch(/^mån.* 21:30$/);
  expect(said('2026-11-21T21:30:00+01:00', now)).toMatch(/^lör.* 21:30$/);
});
