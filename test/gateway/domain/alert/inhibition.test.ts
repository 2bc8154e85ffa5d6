import { describe, expect, test } from 'vitest';

import { openBook } from '../../../../gateway/domain/alert/book.ts';
import type { AlertCommand } from '../../../../gateway/domain/alert/decide.ts';
import { mayHoldBack } from '../../../../gateway/domain/alert/inhibition.ts';
import type { AlertTerms } from '../../../../gateway/domain/alert/terms.ts';
import { homeWith } from '../home/given-home.ts';
import { call, policy, terms } from './given-alert.ts';
import { openAlertHome } from './inhibited-home.ts';

const minute = 60_000;
const resolve = (at: number, by = 'amina'): AlertCommand => {
  return { type: 'resolve', at, by, outcome: 'helped', note: null };
};
const accept = (at: number): AlertCommand => {
  return { type: 'accept', at, by: 'amina', etaMinutes: null };
};
const tick = (at: number): AlertCommand => ({ type: 'tick', at });
const emergency = { severity: 'emergency' } as const;

describe('an alert that another one holds back', () => {
  test('is raised and waits, whichever came first', () => {
    const after = openAlertHome({ fall: ['bed'] });
    after.calls('fall', 0, emergency);
    expect(after.calls('bed', 10)).toMatchObject([
      { type: 'raised' },
      { type: 'inhibited', inhibitor: { title: { en: 'fall' }, queue: 'care' } },
    ]);
    expect(after.listed()).toEqual(['fall firing', 'bed waits for fall']);

    const before = openAlertHome({ fall: ['bed'] });
    before.calls('bed', 0);
    expect(before.calls('fall', 10, emergency).map(({ type }) => type)).toEqual([
      'raised',
      'inhibited',
    ]);
    expect(before.listed()).toEqual(['bed waits for fall', 'fall firing']);
  });

  test('does not ask on while its inhibitor lives, and is looked at again in ten minutes', () => {
    const home = openAlertHome({ fall: ['bed'] });
    home.calls('fall', 0, emergency);
    home.calls('bed', 0);
    expect(home.find('bed')?.dueAt).toBe(10 * minute);
    expect(home.commands('bed', tick(10 * minute - 1))).toEqual([]);
    expect(home.commands('bed', tick(10 * minute))).toMatchObject([
      { type: 'inhibited', dueAt: 20 * minute },
    ]);
    expect(home.calls('bed', 11 * minute).map(({ type }) => type)).toEqual(['repeated']);
  });

  test('returns at once when its inhibitor is resolved, as a new question', () => {
    const home = openAlertHome({ fall: ['bed'] });
    home.calls('bed', 0);
    home.calls('fall', 0, emergency);
    expect(home.commands('fall', resolve(5 * minute))).toMatchObject([
      { type: 'resolved' },
      { type: 'returned', step: 0, reason: 'inhibitor-resolved', dueAt: 6 * minute },
    ]);
    expect(home.listed()).toEqual(['bed firing']);
  });

  test('asks again those who were asked before it was held back', () => {
    const home = openAlertHome({ fall: ['bed'] });
    home.calls('bed', 0);
    home.commands('bed', tick(minute));
    home.calls('fall', 2 * minute, emergency);
    expect(home.commands('fall', resolve(5 * minute))).toMatchObject([
      { type: 'resolved' },
      { type: 'returned', step: 1 },
    ]);
  });

  test('returns also when what it was about is over, unless its rule lets it leave', () => {
    const home = openAlertHome({ fall: ['bed', 'door'] });
    home.calls('fall', 0, emergency);
    home.calls('bed', 0);
    home.calls('door', 0, { leavesWhenCleared: true });
    home.clears('bed', minute);
    home.clears('door', minute);
    expect(home.listed()).toEqual(['fall firing', 'bed waits for fall']);
    home.commands('fall', resolve(2 * minute));
    expect(home.listed()).toEqual(['bed firing']);
    expect(home.find('bed')?.clearedAt).toBe(minute);
  });

  test('waits on for another one that holds it back too', () => {
    const home = openAlertHome({ fall: ['bed'], help: ['bed'] });
    home.calls('fall', 0, emergency);
    home.calls('bed', 0);
    home.calls('help', 10, emergency);
    expect(home.commands('fall', resolve(minute)).map(({ type }) => type)).toEqual([
      'resolved',
      'inhibited',
    ]);
    expect(home.listed()).toEqual(['bed waits for help', 'help firing']);
  });

  test('waits on for the same, whatever else comes to hold it back', () => {
    const home = openAlertHome({ fall: ['bed'], smoke: ['bed'] });
    home.calls('fall', 0);
    home.calls('bed', 0);
    expect(home.calls('smoke', 10, emergency)).toMatchObject([{ type: 'raised' }]);
    expect(home.listed()).toEqual(['fall firing', 'bed waits for fall', 'smoke firing']);
  });

  test('holds back others as soon as somebody takes it', () => {
    const home = openAlertHome({ help: ['fall'], fall: ['bed'] });
    home.calls('help', 0);
    home.calls('fall', 1);
    home.calls('bed', 2);
    expect(home.listed()).toEqual(['help firing', 'fall waits for help', 'bed firing']);
    home.commands('fall', accept(3));
    expect(home.listed()).toEqual(['help firing', 'fall accepted', 'bed waits for fall']);
  });

  test('stays held back while its inhibitor is accepted and when somebody is on site', () => {
    const home = openAlertHome({ fall: ['bed'] });
    home.calls('fall', 0, emergency);
    home.calls('bed', 0);
    home.commands('fall', accept(10));
    home.commands('fall', { type: 'arrive', at: 20, by: 'amina' });
    expect(home.listed()).toEqual(['fall on-site', 'bed waits for fall']);
  });

  test('is heard when it is from after the reminder of a carer who forgot to resolve the other', () => {
    const home = openAlertHome({ fall: ['bed', 'door'] });
    home.calls('fall', 0, emergency);
    home.commands('fall', { type: 'arrive', at: minute, by: 'amina' });
    const reminded = minute + policy.reminderMs;
    home.calls('bed', reminded - 1);
    home.calls('door', reminded);
    expect(home.listed()).toEqual(['fall on-site', 'bed waits for fall', 'door firing']);
    expect(home.calls('bed', reminded + 1).map(({ type }) => type)).toEqual([
      'repeated',
      'returned',
    ]);
    expect(home.listed()).toEqual(['fall on-site', 'bed firing', 'door firing']);
  });

  test('is heard when it is from after what the other was about was over', () => {
    const home = openAlertHome({ hub: ['sensor', 'door'] });
    home.calls('hub', 0);
    home.commands('hub', accept(10));
    home.calls('sensor', 20);
    home.clears('hub', minute);
    home.calls('door', minute + 1);
    expect(home.listed()).toEqual(['hub accepted', 'sensor waits for hub', 'door firing']);
    home.calls('hub', 2 * minute);
    expect(home.listed()).toEqual(['hub accepted', 'sensor waits for hub', 'door waits for hub']);
  });

  test('is a person’s to accept like any other, and then stays theirs', () => {
    const home = openAlertHome({ fall: ['bed'] });
    home.calls('fall', 0, emergency);
    home.calls('bed', 0);
    expect(home.commands('bed', accept(10))).toMatchObject([{ type: 'accepted' }]);
    expect(home.listed()).toEqual(['fall firing', 'bed accepted']);
    expect(home.commands('fall', resolve(20))).toMatchObject([{ type: 'resolved' }]);
  });

  test('rests on when it is given back, as long as somebody has silenced it meanwhile', () => {
    const until = 30 * minute;
    const heldBy: AlertTerms['heldBy'] = ({ rule }, at) =>
      rule.id === 'bed' && at >= minute && at < until ? { why: 'silence', until } : null;
    const home = openAlertHome({ fall: ['bed'] }, { terms: { heldBy } });
    home.calls('fall', 0, emergency);
    home.calls('bed', 0);
    expect(home.commands('fall', resolve(minute)).map(({ type }) => type)).toEqual([
      'resolved',
      'returned',
      'suppressed',
    ]);
    expect(home.find('bed')).toMatchObject({ state: 'firing', dueAt: until });
    expect(home.commands('bed', tick(until))).toMatchObject([
      { type: 'returned', reason: 'hold-ended' },
    ]);
  });

  test('is not held back again when whoever took it does not come', () => {
    const home = openAlertHome({ fall: ['bed'] });
    home.calls('fall', 0, emergency);
    home.calls('bed', 0);
    home.commands('bed', accept(10));
    home.commands('bed', tick(10 + 20 * minute));
    expect(home.listed()).toEqual(['fall firing', 'bed firing']);
    home.calls('door', 30 * minute);
    expect(home.listed()).toEqual(['fall firing', 'bed firing', 'door firing']);
  });

  test('returns at once, and for good, when help is pressed again', () => {
    const home = openAlertHome({ fall: ['help'] });
    home.calls('fall', 0, emergency);
    home.calls('help', 10, { urgent: true });
    expect(home.listed()).toEqual(['fall firing', 'help waits for fall']);
    expect(home.calls('help', 20, { urgent: true })).toMatchObject([
      { type: 'repeated' },
      { type: 'returned', step: 0, reason: 'pressed-again' },
    ]);
    home.calls('door', 30);
    expect(home.listed()).toEqual(['fall firing', 'help firing', 'door firing']);
  });

  test('is not reported as shown, and is once it asks again', () => {
    const home = openAlertHome({ fall: ['bed'] });
    home.calls('bed', 0);
    home.commands('bed', { type: 'seen', at: 1, by: 'amina' });
    home.calls('fall', 2, emergency);
    expect(home.commands('bed', { type: 'seen', at: 3, by: 'amina' })).toEqual([]);
    home.commands('fall', resolve(4));
    expect(home.commands('bed', { type: 'seen', at: 5, by: 'amina' })).toMatchObject([
      { type: 'delivered', step: 0 },
    ]);
  });

  test('returns when the sweep finds that nothing holds it back', () => {
    const home = openAlertHome({ fall: ['bed'] });
    home.calls('fall', 0, emergency);
    home.calls('bed', 0);
    const bed = home.find('bed');
    if (bed === undefined) throw new Error('There is no alert.');
    for (const given of [[], [bed]]) {
      const book = openBook(given, { ...terms, newAlertId: String });
      book.command(bed, tick(10 * minute));
      expect(book.changes().flatMap(({ events }) => events)).toMatchObject([
        { type: 'returned', reason: 'uninhibited', dueAt: 11 * minute },
      ]);
    }
  });

  test('is left alone by what a screen reports, whatever else is loaded', () => {
    const home = openAlertHome({ fall: ['bed'] }, { loads: 'alone' });
    home.calls('fall', 0, emergency);
    home.calls('bed', 0);
    home.commands('bed', { type: 'seen', at: 5, by: 'amina' });
    home.commands('bed', { type: 'comment', at: 5, by: 'amina', text: 'Hm.' });
    home.commands('bed', { type: 'decline', at: 5, by: 'amina' });
    expect(home.listed()).toEqual(['fall firing', 'bed waits for fall']);
  });
});

describe('an alert holds back', () => {
  test('nothing in another home', () => {
    const home = openAlertHome({ fall: ['bed'] });
    home.calls('fall', 0, emergency);
    home.calls('bed', 0, {}, 'next-door');
    expect(home.listed('next-door')).toEqual(['bed firing']);
  });

  test('nothing that somebody has already', () => {
    const home = openAlertHome({ fall: ['bed', 'door'] });
    home.calls('bed', 0);
    home.commands('bed', accept(1));
    home.calls('door', 0);
    home.commands('door', { type: 'arrive', at: 1, by: 'amina' });
    home.calls('fall', 10, emergency);
    expect(home.listed()).toEqual(['bed accepted', 'door on-site', 'fall firing']);
  });

  test('never itself', () => {
    const home = openAlertHome({ silent: ['silent'] });
    home.calls('silent', 0);
    expect(home.listed()).toEqual(['silent firing']);
  });

  test('others of its own rule, where the rule names itself: the first asks for all', () => {
    const rule = { id: 'silent', version: 1, title: { sv: 'Tyst', en: 'Silent' }, action: null };
    const inhibits = ['silent'];
    const home = openAlertHome({
      'silent/a': inhibits,
      'silent/b': inhibits,
      'silent/c': inhibits,
    });
    home.calls('silent/b', 0, { rule });
    home.calls('silent/a', 10, { rule });
    home.calls('silent/c', 20, { rule });
    const waits = 'waits for Silent';
    expect(home.listed()).toEqual(['silent/b firing', `silent/a ${waits}`, `silent/c ${waits}`]);
    home.commands('silent/b', resolve(30));
    expect(home.listed()).toEqual(['silent/a firing', `silent/c ${waits}`]);
  });

  test('others of its own rule by when they were raised, whatever was silent for longer', () => {
    const rule = { id: 'silent', version: 1, title: { sv: 'Tyst', en: 'Silent' }, action: null };
    const home = openAlertHome({ 'silent/a': ['silent'], 'silent/b': ['silent'] });
    home.calls('silent/b', 20, { rule });
    home.calls('silent/a', 40, { rule, since: 10 });
    expect(home.listed()).toEqual(['silent/b firing', 'silent/a waits for Silent']);
    home.commands('silent/a', accept(50));
    expect(home.listed()).toEqual(['silent/b waits for Silent', 'silent/a accepted']);
  });

  test('what is as severe, and nothing more severe', () => {
    const home = openAlertHome({ door: ['fall', 'bed'] });
    home.calls('door', 0);
    home.calls('fall', 0, emergency);
    home.calls('bed', 0);
    expect(home.listed()).toEqual(['door firing', 'fall firing', 'bed waits for door']);
  });

  test('only what is technical, when it is technical itself', () => {
    const home = openAlertHome({ hub: ['sensor', 'bed'] });
    const technical = { severity: 'technical' } as const;
    home.calls('hub', 0, technical);
    home.calls('sensor', 0, technical);
    home.calls('bed', 0, { severity: 'low' });
    expect(home.listed()).toEqual(['hub firing', 'sensor waits for hub', 'bed firing']);
    expect(home.find('sensor')?.dueAt).toBe(8 * 60 * minute);
  });

  test('no longer what has become worse than itself', () => {
    const home = openAlertHome({ door: ['fall'] });
    home.calls('door', 0);
    home.calls('fall', 0);
    expect(home.listed()).toEqual(['door firing', 'fall waits for door']);
    const worse = { ...emergency, worsening: true };
    expect(home.calls('fall', minute, worse)).toMatchObject([
      { type: 'repeated', severity: 'emergency' },
      { type: 'returned', step: 0, reason: 'worse', dueAt: 2 * minute },
    ]);
    expect(home.listed()).toEqual(['door firing', 'fall firing']);
  });

  test('what got worse, as long as it is not past itself', () => {
    const home = openAlertHome({ fall: ['bed'] });
    home.calls('fall', 0, emergency);
    home.calls('bed', 0);
    expect(home.calls('bed', 5, { ...emergency, worsening: true })).toMatchObject([
      { type: 'repeated' },
    ]);
    expect(home.listed()).toEqual(['fall firing', 'bed waits for fall']);
  });

  test('nothing while it is itself held back', () => {
    const home = openAlertHome({ help: ['fall'], fall: ['bed'] });
    home.calls('fall', 0);
    home.calls('bed', 0);
    expect(home.listed()).toEqual(['fall firing', 'bed waits for fall']);
    expect(home.calls('help', 5)).toMatchObject([
      { type: 'raised' },
      { type: 'inhibited' },
      { type: 'returned', reason: 'uninhibited' },
    ]);
    expect(home.listed()).toEqual(['fall waits for help', 'bed firing', 'help firing']);
    home.commands('help', resolve(10));
    expect(home.listed()).toEqual(['fall firing', 'bed waits for fall']);
  });

  test('others also when somebody has it, whatever might have held it back', () => {
    const home = openAlertHome({ help: ['fall'], fall: ['bed'] });
    home.calls('fall', 0);
    home.commands('fall', accept(1));
    home.calls('help', 2);
    home.calls('bed', 3);
    expect(home.listed()).toEqual(['fall accepted', 'help firing', 'bed waits for fall']);
  });

  test('nothing that a person has silenced, until that silence ends', () => {
    const home = openAlertHome({ fall: ['bed'] });
    home.calls('bed', 0);
    home.commands('bed', { type: 'hold', at: 1, why: 'silence', until: minute });
    home.calls('fall', 2);
    expect(home.find('bed')).toMatchObject({ inhibitedBy: null, dueAt: minute });
    home.commands('bed', tick(minute));
    expect(home.listed()).toEqual(['bed waits for fall', 'fall firing']);
  });

  test('nothing real when it is only a test, and nothing next door', () => {
    const home = openAlertHome({ fall: ['bed'] });
    home.calls('fall', 0);
    home.calls('bed', 0);
    const [fall, bed] = home.live();
    if (fall === undefined || bed === undefined) throw new Error('There are two alerts.');
    expect(mayHoldBack({ ...fall, isTest: true }, bed)).toBe(false);
    expect(mayHoldBack({ ...fall, isTest: true }, { ...bed, isTest: true })).toBe(true);
    expect(mayHoldBack({ ...fall, homeId: 'next-door' }, bed)).toBe(false);
  });

  test('nothing while a person has silenced it', () => {
    const home = openAlertHome({ fall: ['bed'] });
    home.calls('fall', 0);
    home.calls('bed', 0);
    home.commands('fall', { type: 'hold', at: 1, why: 'silence', until: minute });
    expect(home.listed()).toEqual(['fall firing', 'bed firing']);
    home.commands('fall', tick(minute));
    expect(home.listed()).toEqual(['fall firing', 'bed waits for fall']);
  });
});

test('in a chain every second one waits, whichever was first', () => {
  const home = openAlertHome({ a: ['b'], b: ['c'], c: ['d'] });
  for (const [at, need] of ['d', 'c', 'b', 'a'].entries()) home.calls(need, at);
  expect(home.listed()).toEqual(['d waits for c', 'c firing', 'b waits for a', 'a firing']);
});

describe('alerts that hold back each other', () => {
  test('leave one that asks: the most severe, and of those the earliest', () => {
    const home = openAlertHome({ a: ['b'], b: ['c'], c: ['a'] });
    home.calls('b', 20);
    home.calls('c', 30);
    home.calls('a', 40, { since: 10 });
    expect(home.listed()).toEqual(['b waits for a', 'c firing', 'a firing']);
    home.calls('c', 50, { ...emergency, worsening: true });
    expect(home.listed()).toEqual(['b firing', 'c firing', 'a waits for c']);
  });

  test('take turns as they are resolved', () => {
    const home = openAlertHome({ a: ['b'], b: ['a'] });
    home.calls('b', 0);
    home.calls('a', 10);
    expect(home.listed()).toEqual(['b firing', 'a waits for b']);
    home.commands('b', resolve(20));
    expect(home.listed()).toEqual(['a firing']);
    home.calls('b', 30);
    expect(home.listed()).toEqual(['a firing', 'b waits for a']);
  });
});

test('what is said of an alert that is over does not touch the one that lives with the same need', () => {
  const home = openAlertHome({});
  home.calls('bed', 0);
  home.commands('bed', resolve(1));
  const over = home.find('bed');
  home.calls('bed', 2);
  if (over === undefined) throw new Error('There is no alert.');
  const book = openBook(home.live(), { ...terms, newAlertId: () => 'second' });
  book.command(over, { type: 'comment', at: 3, by: 'amina', text: 'All well.' });
  book.call(homeWith(), { ...call, need: 'bed' }, 4);
  expect(book.changes().map(({ events }) => events.map(({ type }) => type))).toEqual([
    ['commented'],
    ['repeated'],
  ]);
});

test('a book hands over its changes once, and knows afterwards what still lives', () => {
  let given = 0;
  const book = openBook([], { ...terms, newAlertId: () => `alert-${(given += 1)}` });
  const fall = { ...call, need: 'fall', inhibits: ['bed'], rule: { ...call.rule, id: 'fall' } };
  const bed = { ...call, need: 'bed', rule: { ...call.rule, id: 'bed' } };
  const told = () =>
    book.settle().flatMap(({ alert, events }) => events.map(({ type }) => `${alert.need} ${type}`));
  book.call(homeWith(), fall, 0);
  book.call(homeWith(), bed, 0);
  const [raised] = book.changes();
  expect(told()).toEqual(['fall raised', 'bed raised', 'bed inhibited']);
  expect([book.changes(), book.settle()]).toEqual([[], []]);
  book.call(homeWith(), bed, 10);
  if (raised !== undefined) book.command(raised.alert, resolve(20));
  expect(told()).toEqual(['bed repeated', 'bed returned', 'fall resolved']);
  book.call(homeWith(), fall, 30);
  expect(told()).toEqual(['fall raised', 'bed inhibited']);
});
