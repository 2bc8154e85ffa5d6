import { describe, expect, test } from 'vitest';

import { event, homeWith, liveHome, local, rulesOf } from './given-home.ts';

const hour = 3_600_000;
const home = homeWith({ id: 'hall' }, { id: 'door', placement: 'entrance' }, { id: 'belt' });
const quiet = (more: object = {}, rule: object = {}) =>
  rulesOf({
    absence: { of: ['motion.detected', 'door.closed'], for: '5h', pausedWhenEmpty: true, ...more },
    per: 'home',
    ...rule,
  });
const lives = (rules = quiet()) => liveHome(home, rules).sweepsAt(0);

describe('a silence that does not count while nobody is at home', () => {
  test('counts while somebody is: not just before, and exactly at its end', () => {
    lives()
      .hears(event('hall', 'motion.detected', hour))
      .passesTime(6 * hour - 1)
      .staysQuiet();
    lives()
      .hears(event('hall', 'motion.detected', hour))
      .passesTime(6 * hour)
      .callsFor('rule', 6 * hour);
  });

  test('is paused from when they left, also when the door is heard after', () => {
    lives()
      .hears(event('hall', 'motion.detected', hour), event('belt', 'area.left', 2 * hour))
      .hears(event('door', 'door.closed', 2 * hour + 1))
      .passesTime(20 * hour)
      .staysQuiet();
  });

  test('counts anew from when they are back', () => {
    const living = lives()
      .hears(event('hall', 'motion.detected', hour), event('belt', 'area.left', 2 * hour))
      .passesTime(10 * hour)
      .hears(event('belt', 'area.entered', 10 * hour));
    living.passesTime(15 * hour - 1).staysQuiet();
    living.passesTime(15 * hour).callsFor('rule', 15 * hour);
  });

  test('counts from when anybody is noticed inside, although that breaks no silence of this rule', () => {
    const living = lives()
      .hears(event('belt', 'area.left', hour))
      .hears(event('hall', 'bed.entered', 4 * hour));
    living.passesTime(9 * hour - 1).staysQuiet();
    living.passesTime(9 * hour).callsFor('rule', 9 * hour);
  });

  test('is believed to be empty for a day at the most', () => {
    const living = lives().hears(event('belt', 'area.left', hour));
    living.passesTime(30 * hour - 1).staysQuiet();
    living.passesTime(30 * hour).callsFor('rule', 30 * hour);
  });

  test('counts as ever when the rule does not ask, although another does', () => {
    const absence = { of: ['motion.detected'], for: '5h' };
    const other = { id: 'other', absence: { ...absence, for: '99h', pausedWhenEmpty: true } };
    lives(rulesOf({ absence, per: 'home' }, { ...other, per: 'home' }))
      .hears(event('belt', 'area.left', hour))
      .passesTime(5 * hour)
      .callsFor('rule', 5 * hour);
  });

  test('is judged alike when the leaving is heard late', () => {
    const living = lives().hears(
      event('hall', 'motion.detected', hour),
      event('door', 'door.closed', 20 * hour),
      event('belt', 'area.left', 2 * hour, { receivedAt: 20 * hour + 1 }),
    );
    living.passesTime(20 * hour + 10_000).staysQuiet();
  });

  test('was too long before they left, whenever it is judged', () => {
    const living = lives().hears(
      event('hall', 'motion.detected', hour),
      event('belt', 'area.left', 7 * hour),
    );
    living.sweepsAt(8 * hour).callsFor('rule', 8 * hour);
  });

  test('does not believe an emptiness since which too much has been heard to tell', () => {
    const late = { receivedAt: 30 * hour };
    const motions = Array.from({ length: 17 }, (_, index) =>
      event('hall', 'motion.detected', 10 * hour + index, late),
    );
    const living = lives().hears(
      event('belt', 'area.left', 2 * hour, late),
      event('hall', 'motion.detected', 3 * hour, late),
      ...motions,
    );
    living.passesTime(30 * hour + 10_000);
    expect(living.calls()).toContainEqual(expect.objectContaining({ since: 3 * hour }));
  });

  test('keeps to the hours of the wall clock as well', () => {
    const rules = quiet({}, { during: { from: '07:00', to: '22:00' } });
    const at = (time: string) => local(`2026-11-03T${time}`);
    const living = liveHome(homeWith({ id: 'hall', placedAt: at('05:00') }), rules)
      .hears(event('hall', 'motion.detected', at('06:00')), event('belt', 'area.left', at('08:00')))
      .hears(event('belt', 'area.entered', at('12:00')));
    living.passesTime(at('17:00') - 1).staysQuiet();
    living.passesTime(at('17:00')).callsFor('rule', at('17:00'));
  });

  test('a condition on what counts as a sign of life that fails is no sign of life', () => {
    const rules = rulesOf({
      absence: { of: ['motion.detected'], for: '5h' },
      where: 'event.data.strength > 3',
      per: 'home',
    });
    const living = liveHome(home, rules)
      .sweepsAt(0)
      .hears(event('hall', 'motion.detected', hour));
    living.passesTime(5 * hour);
    expect(living.raised()).toEqual([
      { need: 'rule-not-judged/rule', at: hour },
      { need: 'rule', at: 5 * hour },
    ]);
  });
});
