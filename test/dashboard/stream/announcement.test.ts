import { expect, test } from 'vitest';

import { announcementsOf } from '../../../dashboard/stream/announcement.ts';
import { applyChanges, emptyBoard } from '../../../dashboard/stream/board.ts';
import type { AlertView } from '../../../gateway/protocol/alert.ts';
import { aChange, anAlert } from '../alert/alert-view.ts';

function boardOf(...alerts: AlertView[]) {
  return applyChanges(
    emptyBoard,
    alerts.map((alert) => aChange(alert)),
    9,
  );
}

test('announces what is new, and interrupts for an emergency', () => {
  const news = announcementsOf(
    boardOf(),
    boardOf(anAlert({ id: 'a' }), anAlert({ id: 'b', severity: 'emergency' })),
    'me',
  );
  expect(news.map(({ kind, isUrgent }) => [kind, isUrgent])).toEqual([
    ['new', false],
    ['new', true],
  ]);
});

test('announces an alert that nobody came to, but not one that only calls again', () => {
  const accepted = boardOf(anAlert({ state: 'accepted' }));
  const firing = boardOf(anAlert({ seq: 2 }));
  expect(announcementsOf(accepted, firing, 'me').map(({ kind }) => kind)).toEqual(['returned']);
  expect(announcementsOf(firing, boardOf(anAlert({ seq: 3, repeats: 1 })), 'me')).toEqual([]);
});

test('does not announce what waits for another alert until it asks', () => {
  const waiting = boardOf(anAlert({ inhibitedBy: { id: 'fall', title: null } }));
  expect(announcementsOf(boardOf(), waiting, 'me')).toEqual([]);
  const returned = boardOf(anAlert({ seq: 2 }));
  expect(announcementsOf(waiting, returned, 'me').map(({ kind }) => kind)).toEqual(['returned']);
});

test('does not announce what is held back until it asks', () => {
  const held = boardOf(anAlert({ held: { why: 'silence', until: 9_000 } }));
  expect(announcementsOf(boardOf(), held, 'me')).toEqual([]);
  const released = boardOf(anAlert({ seq: 2 }));
  expect(announcementsOf(held, released, 'me').map(({ kind }) => kind)).toEqual(['returned']);
});

test('does not interrupt for a test', () => {
  const test_ = anAlert({ severity: 'emergency', isTest: true });
  expect(announcementsOf(boardOf(), boardOf(test_), 'me').map(({ isUrgent }) => isUrgent)).toEqual([
    false,
  ]);
});

test('announces that a colleague needs help, once, and not to whoever asked', () => {
  const amina = { id: 'amina', name: 'Amina' };
  const taken = boardOf(anAlert({ state: 'on-site', acceptedBy: amina }));
  const wanting = anAlert({ seq: 2, state: 'on-site', acceptedBy: amina, helpWantedAt: 5 });
  expect(announcementsOf(taken, boardOf(wanting), 'me').map(({ kind }) => kind)).toEqual(['help']);
  expect(announcementsOf(taken, boardOf(wanting), 'amina')).toEqual([]);
  const commented = boardOf({ ...wanting, seq: 3 });
  expect(announcementsOf(boardOf(wanting), commented, 'me')).toEqual([]);
});

test('announces an alert that a colleague has handed over, and not one that the reader took', () => {
  const amina = { id: 'amina', name: 'Amina' };
  const taken = boardOf(anAlert({ state: 'accepted', acceptedBy: amina }));
  const acceptedBy = { id: 'me', name: 'Johan' };
  const mine = aChange(anAlert({ seq: 2, state: 'accepted', acceptedBy }));
  const handed = applyChanges(
    taken,
    [{ ...mine, event: { ...mine.event, type: 'handed-over' } }],
    10,
  );
  const tookOver = applyChanges(
    taken,
    [{ ...mine, event: { ...mine.event, type: 'taken-over' } }],
    10,
  );
  expect(announcementsOf(taken, handed, 'me').map(({ kind }) => kind)).toEqual(['handed']);
  expect(announcementsOf(taken, handed, 'amina')).toEqual([]);
  expect(announcementsOf(taken, tookOver, 'me')).toEqual([]);
  const commented = applyChanges(
    handed,
    [aChange(anAlert({ seq: 3, state: 'accepted', acceptedBy }))],
    11,
  );
  expect(announcementsOf(handed, commented, 'me')).toEqual([]);
});
