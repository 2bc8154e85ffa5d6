import { expect, test } from 'vitest';

import { asksSameAgain, nextWords, remainingShare } from '../../../dashboard/alert/countdown.ts';
import { en } from '../../../dashboard/text/en.ts';
import { sv } from '../../../dashboard/text/sv.ts';
import type { AlertView, Asked } from '../../../gateway/protocol/alert.ts';
import { anAlert, theUnit } from './alert-view.ts';

test('empties the ring from when the deadline was set until it falls due, and no further', () => {
  const share = (now: number) => remainingShare({ since: 10_000, at: 20_000 }, now);
  expect([0, 10_000, 12_500, 20_000, 99_000].map(share)).toEqual([1, 1, 0.75, 0, 0]);
  expect(remainingShare({ since: 5, at: 5 }, 5)).toBe(0);
});

const unit = { asks: [theUnit] };
const wider: { asks: Asked[] } = {
  asks: [theUnit, { who: 'coordinators', id: null, name: null }],
};
const amina = { acceptedBy: { id: 'amina', name: 'Amina' } };

test.each<[Pick<NonNullable<AlertView['next']>, 'what' | 'asks'>, Partial<AlertView>, string]>([
  [{ what: 'escalate', ...unit }, {}, 'frågas Nattpatrullen igen'],
  [{ what: 'escalate', ...wider }, {}, 'frågas Nattpatrullen och samordnare'],
  [
    { what: 'ask-again', ...wider },
    { asked: wider.asks.toReversed() },
    'frågas Nattpatrullen och samordnare igen',
  ],
  [{ what: 'escalate', asks: [] }, {}, 'går larmet vidare'],
  [{ what: 'escalate', asks: [{ who: 'person', id: 'amina', name: 'Amina' }] }, {}, 'frågas du'],
  [
    { what: 'escalate', asks: [{ who: 'webhook', id: 'w', name: 'Larmcentralen' }] },
    {},
    'frågas Larmcentralen',
  ],
  [{ what: 'hold-ends', asks: [] }, {}, 'hålls det inte längre tillbaka'],
  [{ what: 'hold-ends', ...unit }, {}, 'frågas Nattpatrullen'],
  [{ what: 'return', ...wider }, {}, 'går larmet tillbaka till kön'],
  [{ what: 'remind', ...unit }, amina, 'påminns du'],
  [{ what: 'remind', ...unit }, { acceptedBy: { id: 'nils', name: 'Nils' } }, 'påminns Nils'],
])('at %o, with %o, says "%s"', (next, facts, expected) => {
  const alert = anAlert(facts);
  const told = nextWords({ ...next, at: 2, since: 1 }, { alert, meId: 'amina', words: sv });
  expect(told).toBe(expected);
});

test('says when it happens, in either language', () => {
  const forty = { value: 40, unit: 's' } as const;
  expect(sv.next.in(forty, sv.next.ask('Nattpatrullen', true))).toBe(
    'om 40 s frågas Nattpatrullen igen',
  );
  expect(en.next.in(forty, en.next.ask('everybody on duty', false))).toBe(
    'in 40 s Vaka asks everybody on duty',
  );
});

test('knows when the same are asked again, so that a card need not name them twice', () => {
  const next = { what: 'ask-again' as const, since: 0, at: 1, ...wider };
  expect(asksSameAgain({ next, asked: wider.asks.toReversed() })).toBe(true);
  expect(asksSameAgain({ next, asked: unit.asks })).toBe(false);
  expect(asksSameAgain({ next: { ...next, what: 'hold-ends' }, asked: wider.asks })).toBe(false);
  expect(asksSameAgain({ next: null, asked: [] })).toBe(false);
});
