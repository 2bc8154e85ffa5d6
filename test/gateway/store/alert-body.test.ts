import { expect, test } from 'vitest';

import type { Alert } from '../../../gateway/domain/alert/alert.ts';
import { fold } from '../../../gateway/domain/alert/evolve.ts';
import { readAlert, readAlertEvent } from '../../../gateway/store/alert-body.ts';
import { changeOf, raised } from './furnish.ts';

/** Written before alerts could wait for each other, or said what to do on arrival. */
function asOfOld(body: object): string {
  const added = new Set(['action', 'inhibits', 'inhibitedBy', 'mustBeHeard']);
  return JSON.stringify(body, (key, value: unknown) => (added.has(key) ? undefined : value));
}

const change = changeOf(raised({ alertId: 'old' }));

test('an alert stored before is read as one that waits for nothing and holds back nothing', () => {
  expect(asOfOld(change.alert)).not.toContain('inhibit');
  expect(readAlert(asOfOld(change.alert))).toEqual(change.alert);
  expect(readAlert(JSON.stringify(change.alert))).toEqual(change.alert);
});

test('a history stored before still adds up to its alert', () => {
  const history = change.events.map((event) => readAlertEvent(asOfOld(event)));
  expect(fold(history)).toEqual(change.alert);
});

test('what is stored of waiting is read again', () => {
  const inhibitedBy: Alert['inhibitedBy'] = {
    id: 'fall',
    title: { sv: 'Fall', en: 'Fall' },
    queue: 'care',
  };
  const alert: Alert = { ...change.alert, inhibits: ['bed'], inhibitedBy, mustBeHeard: true };
  expect(readAlert(JSON.stringify(alert))).toEqual(alert);
});
