import { expect, test } from 'vitest';

import { mayResolveEarly, primaryAction, rareActions } from '../../../dashboard/alert/action.ts';
import { anAlert } from './alert-view.ts';

const me = { id: 'me', name: 'Johan' };
const other = { id: 'other', name: 'Amina' };

test('leads from taking it, by being there, to closing it', () => {
  const steps = [
    anAlert(),
    anAlert({ state: 'accepted', acceptedBy: me }),
    anAlert({ state: 'on-site', acceptedBy: me }),
    anAlert({ state: 'resolved', acceptedBy: me }),
  ];
  expect(steps.map((alert) => primaryAction(alert, 'me'))).toEqual([
    'accept',
    'arrive',
    'resolve',
    null,
  ]);
});

test('offers nothing to press on what somebody else has', () => {
  const theirs = anAlert({ state: 'accepted', acceptedBy: other });
  expect(primaryAction(theirs, 'me')).toBeNull();
  expect(mayResolveEarly(theirs, 'me')).toBe(false);
});

test('lets an alert be closed without a visit, behind the menu', () => {
  expect(mayResolveEarly(anAlert(), 'me')).toBe(true);
  expect(mayResolveEarly(anAlert({ state: 'accepted', acceptedBy: me }), 'me')).toBe(true);
  expect(mayResolveEarly(anAlert({ state: 'on-site', acceptedBy: me }), 'me')).toBe(false);
});

test('does not ask a technician to say that they are there', () => {
  const taken = anAlert({ queue: 'technical', state: 'accepted', acceptedBy: me });
  expect(primaryAction(taken, 'me')).toBe('resolve');
});

test('lets whoever is asked say that they cannot come, once', () => {
  expect(rareActions(anAlert(), 'me')).toEqual(['decline']);
  expect(rareActions(anAlert({ declinedBy: [other] }), 'me')).toEqual(['decline']);
  expect(rareActions(anAlert({ declinedBy: [me] }), 'me')).toEqual([]);
  expect(primaryAction(anAlert({ declinedBy: [me] }), 'me')).toBe('accept');
});

test('lets an alert that somebody has be taken over, and one’s own be given back', () => {
  const taken = { state: 'accepted' } as const;
  expect(rareActions(anAlert({ ...taken, acceptedBy: other }), 'me')).toEqual(['takeOver']);
  const own = anAlert({ ...taken, acceptedBy: me });
  expect(rareActions(own, 'me')).toEqual(['needHelp', 'giveBack']);
  expect(rareActions({ ...own, helpWantedAt: 5 }, 'me')).toEqual(['giveBack']);
  expect(rareActions({ ...own, queue: 'technical' }, 'me')).toEqual(['giveBack']);
  expect(rareActions(anAlert({ state: 'resolved', acceptedBy: other }), 'me')).toEqual([]);
});

test('asks for a helper first of all where one is wanted, and of nobody twice', () => {
  const wanting = anAlert({ state: 'on-site', acceptedBy: other, helpWantedAt: 5 });
  expect(primaryAction(wanting, 'me')).toBe('join');
  expect(primaryAction({ ...wanting, helpers: [me] }, 'me')).toBeNull();
  expect(primaryAction({ ...wanting, acceptedBy: me }, 'me')).toBe('resolve');
});
