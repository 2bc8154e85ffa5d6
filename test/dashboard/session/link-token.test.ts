import { expect, test } from 'vitest';

import { linkToken } from '../../../dashboard/session/link-token.ts';

test('finds the token in the fragment, and nothing where there is none', () => {
  expect(linkToken('#token=abc_-123')).toBe('abc_-123');
  expect(linkToken('#token=')).toBeNull();
  expect(linkToken('#content')).toBeNull();
  expect(linkToken('')).toBeNull();
});
