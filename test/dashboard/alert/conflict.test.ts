import { expect, test } from 'vitest';

import { explainConflict } from '../../../dashboard/alert/conflict.ts';
import { sv } from '../../../dashboard/text/sv.ts';
import { anAlert } from './alert-view.ts';

test('says who has it', () => {
  const taken = anAlert({ state: 'accepted', acceptedBy: { id: 'other', name: 'Amina' } });
  expect(explainConflict(taken, 'me', sv)).toBe('Amina har det redan.');
});

test('says that it is over', () => {
  expect(explainConflict(anAlert({ state: 'resolved' }), 'me', sv)).toBe(
    'Larmet är redan avslutat.',
  );
});

test('has nothing of its own to say when nobody was faster', () => {
  expect(explainConflict(anAlert(), 'me', sv)).toBeNull();
});
