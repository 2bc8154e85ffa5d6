import { expect, test } from 'vitest';

import { nextWords, remainingShare } from '../../../dashboard/alert/countdown.ts';
import { en } from '../../../dashboard/text/en.ts';
import { sv } from '../../../dashboard/text/sv.ts';
import type { AlertView } from '../../../gateway/protocol/alert.ts';
import { anAlert } from './alert-view.ts';

test('empties the ring from when the deadline was set until it falls due, and no further', () => {
  const share = (now: number) => remainingShare({ since: 10_000, at: 20_000 }, now);
  expect([0, 10_000, 12_500, 20_000, 99_000].map(share)).toEqual([1, 1, 0.75, 0, 0]);
  expect(remainingShare({ since: 5, at: 5 }, 5)).toBe(0);
});

const unit = { audience: 'unit' } as const;
const municipality = { audience: 'municipality' } as const;
const amina = { acceptedBy: { id: 'amina', name: 'Amina' } };

test.each<[Pick<NonNullable<AlertView['next']>, 'what' | 'audience'>, Partial<AlertView>, string]>([
  [{ what: 'escalate', ...unit }, unit, 'frågas arbetslaget igen'],
  [{ what: 'escalate', ...municipality }, unit, 'frågas hela kommunen'],
  [{ what: 'ask-again', ...municipality }, municipality, 'frågas hela kommunen igen'],
  [{ what: 'return', ...municipality }, unit, 'går larmet tillbaka till kön'],
  [{ what: 'remind', ...unit }, amina, 'påminns du'],
  [{ what: 'remind', ...unit }, { acceptedBy: { id: 'nils', name: 'Nils' } }, 'påminns Nils'],
])('at %o, with %o, says "%s"', (next, facts, expected) => {
  const alert = anAlert(facts);
  const told = nextWords({ ...next, at: 2, since: 1 }, { alert, meId: 'amina', words: sv });
  expect(told).toBe(expected);
});

test('says when it happens, in either language', () => {
  const forty = { value: 40, unit: 's' } as const;
  expect(sv.next.in(forty, sv.next.ask('unit', true))).toBe('om 40 s frågas arbetslaget igen');
  expect(en.next.in(forty, en.next.ask('municipality', false))).toBe(
    'in 40 s the whole municipality is asked',
  );
});
