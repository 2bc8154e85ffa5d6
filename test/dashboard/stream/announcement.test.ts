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
  );
  expect(news.map(({ kind, isUrgent }) => [kind, isUrgent])).toEqual([
    ['new', false],
    ['new', true],
  ]);
});

test('announces an alert that nobody came to, but not one that only calls again', () => {
  const accepted = boardOf(anAlert({ state: 'accepted' }));
  const firing = boardOf(anAlert({ seq: 2 }));
  expect(announcementsOf(accepted, firing).map(({ kind }) => kind)).toEqual(['returned']);
  expect(announcementsOf(firing, boardOf(anAlert({ seq: 3, repeats: 1 })))).toEqual([]);
});

test('does not announce what waits for another alert until it asks', () => {
  const waiting = boardOf(anAlert({ inhibitedBy: { id: 'fall', title: null } }));
  expect(announcementsOf(boardOf(), waiting)).toEqual([]);
  const returned = boardOf(anAlert({ seq: 2 }));
  expect(announcementsOf(waiting, returned).map(({ kind }) => kind)).toEqual(['returned']);
});

test('does not interrupt for a test', () => {
  const test_ = anAlert({ severity: 'emergency', isTest: true });
  expect(announcementsOf(boardOf(), boardOf(test_)).map(({ isUrgent }) => isUrgent)).toEqual([
    false,
  ]);
});
