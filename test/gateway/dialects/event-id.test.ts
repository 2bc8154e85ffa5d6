import fc from 'fast-check';
import { expect, test } from 'vitest';

import { eventId } from '../../../gateway/dialects/event-id.ts';

const parts = fc.array(fc.oneof(fc.string(), fc.integer()), { maxLength: 5 });

test('is the same for the same parts, also in the next release', () => {
  expect(eventId('0x00158d0001a2b3c4', 'contact', 1_700_000_000_000)).toBe(
    'A7SZcQjnaEdsF2CyaoePVU',
  );
});

test('tells parts apart that read the same when put together', () => {
  expect(eventId('a', 'bc')).not.toBe(eventId('ab', 'c'));
  expect(eventId('1')).not.toBe(eventId(1));
});

test('is 22 characters that any topic, address or log can hold', () => {
  fc.assert(
    fc.property(parts, (some) => {
      expect(eventId(...some)).toMatch(/^[A-Za-z0-9_-]{22}$/);
    }),
  );
});
