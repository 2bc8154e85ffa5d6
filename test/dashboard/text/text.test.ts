import { expect, test } from 'vitest';

import { en } from '../../../dashboard/text/en.ts';
import { chooseLanguage } from '../../../dashboard/text/language.ts';
import { matches } from '../../../dashboard/text/search.ts';
import { sv } from '../../../dashboard/text/sv.ts';

function keysOf(value: object, path = ''): string[] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    typeof inner === 'object' && inner !== null ? keysOf(inner, `${path}${key}.`) : [path + key],
  );
}

test('says the same things in both languages', () => {
  expect(keysOf(en).toSorted()).toEqual(keysOf(sv).toSorted());
});

test('speaks what is remembered, else what the browser asks for, else Swedish', () => {
  expect(chooseLanguage('en', ['sv-SE'])).toBe('en');
  expect(chooseLanguage(null, ['fi', 'en-GB', 'sv'])).toBe('en');
  expect(chooseLanguage(null, ['fi'])).toBe('sv');
  expect(chooseLanguage('klingon', [])).toBe('sv');
});

test('finds by any words, wherever they are', () => {
  expect(matches('skog els', ['Skogsgatan 4', 'Elsa B'])).toBe(true);
  expect(matches('skog nils', ['Skogsgatan 4', 'Elsa B'])).toBe(false);
  expect(matches('', [])).toBe(true);
});
