import { expect, test } from 'vitest';

import { matchReal, outcomeOf } from '../../../../gateway/domain/backtest/outcome.ts';
import { found, hour, minute, real } from './given-found.ts';

test('an alert is the one that really was raised within half an hour, by the same rule', () => {
  const at = 10 * hour;
  const half = 30 * minute;
  expect(matchReal([found(at)], [real(at + half)])).toEqual([real(at + half)]);
  expect(matchReal([found(at)], [real(at + half + 1)])).toEqual([null]);
  expect(matchReal([found(at)], [real(at, { rule: 'other' })])).toEqual([null]);
});

test('an alert is the one that began with it, however much later that was raised', () => {
  const since = 10 * hour;
  const ours = found(since + minute, { since });
  const late = real(since + 5 * hour, { since });
  expect(matchReal([ours], [real(since + 2 * minute, { since: since + 1 }), late])).toEqual([late]);
});

test('a real alert is taken once, by the nearest', () => {
  const only = real(10 * minute);
  expect(matchReal([found(0), found(9 * minute)], [only])).toEqual([null, only]);
  const twice = [found(0, { since: 0 }), found(6 * hour, { since: 0 })];
  expect(matchReal(twice, [real(hour, { since: 0 })])).toEqual([real(hour, { since: 0 }), null]);
});

test('what was never raised came to nothing, and what nobody resolved is unanswered', () => {
  expect(outcomeOf(null)).toBe('none');
  expect(outcomeOf(real(0, { outcome: null }))).toBe('unanswered');
  expect(outcomeOf(real(0, { outcome: 'false-alarm' }))).toBe('false-alarm');
});
