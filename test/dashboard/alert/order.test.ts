import fc from 'fast-check';
import { expect, test } from 'vitest';

import { compareAlerts, sectionsOf } from '../../../dashboard/alert/order.ts';
import { AlertState, Queue, severities } from '../../../gateway/protocol/alert.ts';
import { anAlert } from './alert-view.ts';

const ids = (alerts: readonly { id: string }[]) => alerts.map(({ id }) => id);

test('puts the most severe first, and within a severity the one that has waited longest', () => {
  const alerts = [
    anAlert({ id: 'new', since: 9_000 }),
    anAlert({ id: 'old', since: 1_000 }),
    anAlert({ id: 'worst', severity: 'emergency', since: 20_000 }),
    anAlert({ id: 'least', severity: 'low', since: 0 }),
  ];
  expect(ids(alerts.toSorted(compareAlerts))).toEqual(['worst', 'old', 'new', 'least']);
});

test('keeps apart what asks, what somebody has, what waits for another, what is held back, what is a test, what is about the service and what is technical', () => {
  const sections = sectionsOf(
    [
      anAlert({ id: 'waits' }),
      anAlert({ id: 'taken', state: 'accepted' }),
      anAlert({ id: 'there', state: 'on-site' }),
      anAlert({ id: 'test', isTest: true, queue: 'test' }),
      anAlert({ id: 'battery in test', isTest: true, queue: 'test', severity: 'technical' }),
      anAlert({ id: 'held', held: { why: 'pause', until: 9_000 } }),
      anAlert({ id: 'nobody-on-duty', queue: 'technical', severity: 'technical', home: null }),
      anAlert({ id: 'battery', queue: 'technical', severity: 'technical' }),
      anAlert({ id: 'waits-for-it', inhibitedBy: { id: 'waits', title: null } }),
      anAlert({ id: 'over', state: 'resolved' }),
    ],
    'me',
  );
  expect(Object.fromEntries(Object.entries(sections).map(([name, of]) => [name, ids(of)]))).toEqual(
    {
      unanswered: ['waits'],
      taken: ['taken', 'there'],
      inhibited: ['waits-for-it'],
      held: ['held'],
      test: ['test', 'battery in test'],
      service: ['nobody-on-duty'],
      technical: ['battery'],
    },
  );
});

test('puts a technical alert that waits for another below those that ask', () => {
  const facts = { queue: 'technical', severity: 'technical' } as const;
  const { technical } = sectionsOf(
    [
      anAlert({ ...facts, id: 'sensor', since: 0, inhibitedBy: { id: 'hub', title: null } }),
      anAlert({ ...facts, id: 'hub', since: 5 }),
    ],
    'me',
  );
  expect(ids(technical)).toEqual(['hub', 'sensor']);
});

test("shows the reader's own first of those that somebody has", () => {
  const mine = { id: 'me', name: 'Johan' };
  const theirs = { id: 'other', name: 'Amina' };
  const { taken } = sectionsOf(
    [
      anAlert({ id: 'a', state: 'accepted', severity: 'emergency', acceptedBy: theirs }),
      anAlert({ id: 'b', state: 'accepted', severity: 'low', acceptedBy: mine }),
    ],
    'me',
  );
  expect(ids(taken)).toEqual(['b', 'a']);
});

test('puts before all others one whose carer wants help, until the reader has come', () => {
  const mine = { id: 'me', name: 'Johan' };
  const theirs = { id: 'other', name: 'Amina' };
  const wanting = { state: 'on-site', acceptedBy: theirs, helpWantedAt: 5_000 } as const;
  const order = (...helpers: (typeof mine)[]) =>
    ids(
      sectionsOf(
        [
          anAlert({ id: 'own', state: 'accepted', acceptedBy: mine }),
          anAlert({ id: 'wanting', ...wanting, severity: 'low', helpers }),
          anAlert({ id: 'other', state: 'accepted', acceptedBy: theirs }),
        ],
        'me',
      ).taken,
    );
  expect(order()).toEqual(['wanting', 'own', 'other']);
  expect(order(mine)).toEqual(['own', 'wanting', 'other']);
});

test('loses no live alert, and shows none twice', () => {
  const anyAlert = fc
    .record({
      severity: fc.constantFrom(...severities),
      state: fc.constantFrom(...AlertState.options),
      queue: fc.constantFrom(...Queue.options),
      home: fc.constantFrom(null, { id: 'home-1', label: 'Skogsgatan 4', isOpen: false }),
      held: fc.constantFrom(null, { why: 'silence' as const, until: 9_000 }),
      isTest: fc.boolean(),
      inhibitedBy: fc.constantFrom(null, { id: 'other', title: null }),
    })
    .map(anAlert);
  fc.assert(
    fc.property(fc.array(anyAlert), (alerts) => {
      const all = alerts.map((alert, index) => ({ ...alert, id: `alert-${index}` }));
      const shown = Object.values(sectionsOf(all, 'me')).flat();
      const live = all.filter(({ state }) => state !== 'resolved');
      expect(ids(shown).toSorted()).toEqual(ids(live).toSorted());
    }),
  );
});
