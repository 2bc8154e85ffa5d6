import { expect, test } from 'vitest';

import { overrideOf, wishOf } from '../../../dashboard/rule/override-wish.ts';
import { overrideWords } from '../../../dashboard/rule/override-words.ts';
import { ruleSv } from '../../../dashboard/text/rule-sv.ts';
import { applyOverride } from '../../../gateway/protocol/rule/override.ts';
import { Rule } from '../../../gateway/protocol/rule/rule.ts';

const rule = Rule.parse({
  id: 'a',
  title: { sv: 'A', en: 'A' },
  severity: 'low',
  on: 'battery.measured',
  where: 'event.data.percent <= parameter.percent',
  during: { from: '22:00', to: '06:00', days: ['fri'] },
  for: '2m',
  bounds: { for: { min: '1m', max: '10m' } },
  parameters: { percent: { value: 15, min: 5, max: 30, unit: '%' } },
});
const asRule = { isOff: false, values: {}, window: null };

test('asks for what was filled in, and for nothing else', () => {
  const wish = { ...asRule, values: { for: '5m', 'parameters.percent': '7,5' } };
  expect(overrideOf(rule, wish)).toEqual({
    ok: true,
    override: { values: { for: '5m', 'parameters.percent': 7.5 } },
  });
});

test('keeps the days of the rule’s hours', () => {
  const read = overrideOf(rule, { ...asRule, window: { from: '21:00', to: '05:00' } });
  expect(read).toEqual({
    ok: true,
    override: { during: { from: '21:00', to: '05:00', days: ['fri'] } },
  });
});

test.each([
  [asRule, { what: 'nothing' }],
  [
    { ...asRule, values: { for: '30s' } },
    { what: 'outside', key: 'for' },
  ],
  [
    { ...asRule, values: { for: '11m' } },
    { what: 'outside', key: 'for' },
  ],
  [
    { ...asRule, values: { for: 'xm' } },
    { what: 'unreadable', key: 'for' },
  ],
  [
    { ...asRule, values: { 'parameters.percent': 'much' } },
    { what: 'unreadable', key: 'parameters.percent' },
  ],
  [{ ...asRule, window: { from: '21:00', to: '21:00' } }, { what: 'window' }],
  [{ ...asRule, window: { from: '', to: '21:00' } }, { what: 'window' }],
])('refuses %j', (wish, problem) => {
  expect(overrideOf(rule, wish)).toEqual({ ok: false, problem });
});

test('shows what a home has so that it is asked for again unchanged', () => {
  const override = { values: { for: '5m' }, during: { from: '21:00', to: '05:00' } };
  expect(applyOverride(rule, override).ok).toBe(true);
  const wish = wishOf(rule, override);
  expect(wish).toEqual({
    isOff: false,
    values: { for: '5m' },
    window: { from: '21:00', to: '05:00' },
  });
  expect(overrideOf(rule, { ...wish, isOff: true })).toEqual({ ok: true, override: { off: true } });
});

test('tells in words what a home has of its own', () => {
  const words = (override: Parameters<typeof overrideWords>[1]) =>
    overrideWords(rule, override, ruleSv, 'sv');
  expect(words({ values: { for: '5m', 'parameters.percent': 7 } })).toBe(
    'väntan innan larm: 5 minuter · percent: 7 %',
  );
  expect(words({ during: { from: '21:00', to: '05:00' } })).toBe('Egna tider: 21:00–05:00');
  expect(words({ off: true })).toBe('Regeln gäller inte i hemmet');
});
