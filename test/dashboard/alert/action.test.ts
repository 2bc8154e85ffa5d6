import { expect, test } from 'vitest';

import { mayResolveEarly, primaryAction } from '../../../dashboard/alert/action.ts';
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
