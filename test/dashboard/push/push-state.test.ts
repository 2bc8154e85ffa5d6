import { expect, test } from 'vitest';

import { keyBytes, pushStateOf, type PushFacts } from '../../../dashboard/push/push-state.ts';

const able: PushFacts = {
  isSecure: true,
  hasPush: true,
  isApple: false,
  isInstalled: false,
  permission: 'default',
  isSubscribed: false,
};

test.each<[Partial<PushFacts>, ReturnType<typeof pushStateOf>]>([
  [{}, 'off'],
  [{ permission: 'granted' }, 'off'],
  [{ permission: 'granted', isSubscribed: true }, 'on'],
  [{ isSubscribed: true }, 'off'],
  [{ permission: 'denied', isSubscribed: true }, 'denied'],
  [{ hasPush: false }, 'unsupported'],
  [{ hasPush: false, isApple: true }, 'install'],
  [{ hasPush: false, isApple: true, isInstalled: true }, 'unsupported'],
  [{ isSecure: false, hasPush: false }, 'insecure'],
])('with %o notifications are %s', (facts, expected) => {
  expect(pushStateOf({ ...able, ...facts })).toBe(expected);
});

test('reads a key as it is sent', () => {
  expect([...keyBytes('-_8B')]).toEqual([251, 255, 1]);
});
