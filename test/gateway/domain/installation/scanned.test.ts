import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { AppError } from '../../../../gateway/domain/errors.ts';
import { readScanned } from '../../../../gateway/domain/installation/scanned.ts';

const eui = ['0x00158d0001a2b3c4', '00158d0001a2b3c4', '00158D0001A2B3C4'];

describe('a scanned text', () => {
  test('is an id or a serial as it stands', () => {
    expect(readScanned('  knapp-7f ')).toEqual({
      ids: ['knapp-7f'],
      serials: ['knapp-7f'],
      addresses: ['knapp-7f'],
      box: null,
    });
  });

  test.each(['0x00158d0001a2b3c4', '00:15:8d:00:01:a2:b3:c4', '00-15-8D-00-01-A2-B3-C4'])(
    'is an address however it is written: %s',
    (text) => {
      expect(readScanned(text).addresses).toEqual(expect.arrayContaining(eui));
    },
  );

  test.each([
    'Z:00158D0001A2B3C4$I:83FED3407A939723A5C639B26916D505C3B5',
    'G$M:1234%Z:00158D0001A2B3C4$I:83FED3407A939723A5C639B26916D505C3B5',
    'LW:D0:1122334455667788:00158D0001A2B3C4:AABB1122:OAABBCCDDEEFF',
  ])('is the address in a join code: %s', (text) => {
    expect(readScanned(text)).toEqual({ ids: [], serials: [], addresses: eui, box: null });
  });

  test.each([
    'vaka:?profile=call-button&model=acme-one&serial=A-17',
    'vaka://box?profile=call-button&model=acme-one&serial=A-17',
    'VAKA:profile=call-button&model=acme-one&serial=A-17',
    'vaka:{"profile":"call-button","model":"acme-one","serial":"A-17"}',
    '{"profile":"call-button","model":"acme-one","serial":"A-17"}',
  ])('is what the box says it holds: %s', (text) => {
    expect(readScanned(text)).toEqual({
      ids: [],
      serials: ['A-17'],
      addresses: [],
      box: { profile: 'call-button', modelId: 'acme-one', serial: 'A-17' },
    });
  });

  test('of a box of no kind that is known is only its id', () => {
    const scanned = readScanned('vaka:?id=knapp-1&profile=teapot');
    expect(scanned).toEqual({ ids: ['knapp-1'], serials: [], addresses: [], box: null });
  });

  test.each(['', 'two words', 'https://example.org/?id=1', 'vaka:', 'vaka:?x=1', '{"a":', '{}'])(
    'that means nothing is refused with what can be scanned: %s',
    (text) => {
      expect(() => readScanned(text)).toThrow(/vaka:.*id.*serial.*address/i);
    },
  );

  test('never fails in another way', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.string({ maxLength: 40 }).map((text) => `vaka:${text}`),
      fc.json({ maxDepth: 2 }),
      fc.json({ maxDepth: 1 }).map((text) => `vaka:${text}`),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        try {
          const { ids, serials, addresses, box } = readScanned(text);
          expect([...ids, ...serials, ...addresses].length + Number(box !== null)).not.toBe(0);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          expect(error).toMatchObject({ code: 'invalid' });
        }
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});
