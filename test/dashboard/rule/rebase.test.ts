import { expect, test } from 'vitest';

import { rebase } from '../../../dashboard/rule/rebase.ts';

const base = `id: a
title: { sv: A, en: A } # short
severity: low
on: door.opened
for: 2m
unless: [ door.closed ]
`;

test('keeps what each of two people changed', () => {
  const mine = base.replace('en: A', 'en: Mine').replace('for: 2m', 'for: 5m');
  const theirs = base.replace('sv: A', 'sv: Deras').replace('severity: low', 'severity: high');
  expect(rebase(base, mine, theirs)).toBe(
    theirs.replace('en: A', 'en: Mine').replace('for: 2m', 'for: 5m'),
  );
});

test('takes away what one took away, and adds what one added', () => {
  const mine = base.replace('for: 2m\nunless: [ door.closed ]\n', 'cooldown: 1h\n');
  const theirs = base.replace('severity: low', 'severity: high');
  const after = rebase(base, mine, theirs);
  expect(after).not.toContain('for:');
  expect(after).toContain('cooldown: 1h');
  expect(after).toContain('severity: high');
});

test('lets the later win where both changed the same', () => {
  const mine = base.replace('for: 2m', 'for: 5m');
  expect(rebase(base, mine, base.replace('for: 2m', 'for: 9m'))).toContain('for: 5m');
});

test('keeps a text that cannot be read as it is', () => {
  expect(rebase(base, 'id: [', base)).toBe('id: [');
});
