import { describe, expect, test } from 'vitest';

import {
  emptyHome,
  homeDueAt,
  type HomeState,
} from '../../../../gateway/domain/home/home-state.ts';
import { compileRule, ruleSetOf } from '../../../../gateway/domain/home/rule-set.ts';
import { stepEvent, stepTick } from '../../../../gateway/domain/home/step.ts';
import { Rule } from '../../../../gateway/protocol/rule/rule.ts';
import { event, homeWith } from './given-home.ts';

const minute = 60_000;
const home = homeWith({ id: 'door', placement: 'entrance' });

function version(number: number, rule: object) {
  const title = { sv: 'Dörr', en: 'Door' };
  const parsed = Rule.parse({ id: 'door', title, severity: 'high', ...rule });
  return compileRule({ ...parsed, version: number });
}

const open = { on: 'door.opened', for: '2m', clearedBy: 'door.closed' };
const first = version(1, open);
const past = (_: string, asked: number) => (asked === 1 ? first : undefined);
const before = ruleSetOf([first], { stamp: 1, past });

function ticked(rules: typeof before, state: HomeState, at: number) {
  const { calls } = stepTick(home, rules, state, at);
  return calls.flatMap((call) =>
    call.type === 'raise' ? [`${call.rule.id} v${call.rule.version} ${call.severity}`] : [],
  );
}

describe('a wait that began before its rule was changed', () => {
  const { state } = stepEvent(home, before, emptyHome, event('door', 'door.opened', 0));

  test.for([
    ['made longer', [version(2, { ...open, for: '9m', severity: 'low' })]],
    ['given other ends', [version(2, { ...open, clearedBy: 'motion.detected' })]],
    ['turned off', []],
  ] as const)('goes on under its version when the rule is %s', ([, rules]) => {
    const after = ruleSetOf(rules, { stamp: 2, past });
    expect(ticked(after, state, 2 * minute - 1)).toEqual([]);
    expect(ticked(after, state, 2 * minute)).toEqual(['door v1 high']);
    const closed = stepEvent(home, after, state, event('door', 'door.closed', minute));
    expect(ticked(after, closed.state, 2 * minute)).toEqual([]);
  });

  test('and one that begins after it is the new version’s', () => {
    const after = ruleSetOf([version(2, { ...open, for: '1m' })], { stamp: 2, past });
    const opened = stepEvent(home, after, state, event('door', 'door.opened', 30_000));
    expect(ticked(after, opened.state, 90_000)).toEqual(['door v2 high']);
  });
});

describe('a silence', () => {
  const absence = (hours: string) =>
    version(1, { absence: { of: ['motion.detected'], for: hours }, per: 'home' });
  const rules = ruleSetOf([absence('5h')], { stamp: 1 });
  const heard = stepEvent(home, rules, emptyHome, event('door', 'motion.detected', 0)).state;
  const { state } = stepTick(home, rules, heard, 0);
  const hour = 60 * minute;

  test('is judged anew by rules that allow less, at once', () => {
    const shorter = ruleSetOf([{ ...absence('2h'), version: 2 }], { stamp: 2 });
    expect(ticked(rules, state, 3 * hour)).toEqual([]);
    expect(ticked(shorter, state, 3 * hour)).toEqual(['door v2 high']);
  });

  test('is waited for longer by rules that allow more', () => {
    const longer = ruleSetOf([absence('8h')], { stamp: 2 });
    const step = stepTick(home, longer, state, 5 * hour);
    expect(step.calls).toEqual([]);
    expect(homeDueAt(step.state)).toBe(8 * hour);
  });
});

describe('a silence that nobody waited for until now', () => {
  const day = 24 * 60 * minute;
  const quiet = version(1, { absence: { of: ['motion.detected'], for: '12h' }, per: 'home' });
  const without = ruleSetOf([], { stamp: 1 });
  const withIt = ruleSetOf([quiet], { stamp: 2 });

  /** The home as a tick leaves it, and what was raised until then, with its deadlines swept as they fall due. */
  function pass(rules: typeof before, state: HomeState, until: number, at = home) {
    const raised: number[] = [];
    let now = state;
    for (let due = homeDueAt(now); due !== null && due <= until; due = homeDueAt(now)) {
      const step = stepTick(at, rules, now, Math.max(due, 0));
      now = step.state;
      for (const call of step.calls) if (call.type === 'raise') raised.push(due);
    }
    return { state: now, raised };
  }
  const lived = stepTick(home, without, emptyHome, 0).state;

  test('counts from when the rule came to hold, not from when the device was placed months ago', () => {
    const step = stepTick(home, withIt, lived, 90 * day);
    expect(step.calls).toEqual([]);
    expect(homeDueAt(step.state)).toBe(90.5 * day);
  });

  test('counts so also when something is heard before the first look', () => {
    const moved = event('door', 'motion.detected', 90 * day);
    const heard = stepEvent(home, withIt, lived, moved).state;
    const { state, calls } = stepTick(home, withIt, heard, 90 * day + 250);
    expect(calls).toEqual([]);
    expect(pass(withIt, state, 90.5 * day).raised).toEqual([90.5 * day]);
  });

  test('begins anew when its rule was off meanwhile', () => {
    const { state } = stepTick(home, withIt, lived, 0);
    const off = stepTick(home, ruleSetOf([], { stamp: 3 }), state, minute).state;
    const on = stepTick(home, ruleSetOf([quiet], { stamp: 4 }), off, 90 * day);
    expect(on.calls).toEqual([]);
  });

  test('counts from when the first device that can tell was placed, in a home that has others', () => {
    const button = homeWith({ id: 'button', tells: ['help.pressed'] });
    const { state } = stepTick(button, withIt, emptyHome, 0);
    const furnished = homeWith(
      { id: 'button', tells: ['help.pressed'] },
      { id: 'motion', tells: ['motion.detected'], placedAt: 90 * day },
    );
    const step = stepTick(furnished, withIt, state, 90 * day);
    expect(step.calls).toEqual([]);
    expect(pass(withIt, step.state, 90.5 * day, furnished).raised).toEqual([90.5 * day]);
  });
});
