import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { addressOf, parametersOf } from '../../../dashboard/benefit/address.ts';
import { readNumber, writeNumber } from '../../../dashboard/benefit/number-text.ts';
import { columns, fileOf } from '../../../dashboard/benefit/year-row.ts';
import { sv } from '../../../dashboard/text/sv.ts';
import {
  benefitBounds,
  benefitKeys,
  type BenefitParameters,
  initialBenefit,
} from '../../../gateway/protocol/report/benefit-field.ts';
import { computeBenefit } from '../../../gateway/protocol/report/benefit.ts';

describe('a number in a field', () => {
  test('is read as people write it', () => {
    for (const [text, number] of [
      ['1 200', 1200],
      ['1\u00A0200,5', 1200.5],
      ['0,5', 0.5],
      ['0.5', 0.5],
      [',5', 0.5],
      ['5,', 5],
      ['', null],
      ['-', null],
      ['5 st', null],
      ['1,2,3', null],
      ['1e3', null],
    ] as const) {
      expect([text, readNumber(text, 'sv-SE')]).toEqual([text, number]);
    }
    expect(readNumber('200,000', 'en-GB')).toBe(200_000);
    expect(readNumber('2,5', 'en-GB')).toBe(2.5);
    expect(readNumber('1,234,567.25', 'en-GB')).toBe(1_234_567.25);
  });

  test('is read again as it was written, in both languages', () => {
    const hundredths = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
    fc.assert(
      fc.property(hundredths, fc.constantFrom('sv-SE', 'en-GB'), (count, locale) => {
        expect(readNumber(writeNumber(count / 100, locale), locale)).toBe(count / 100);
      }),
    );
    expect(writeNumber(200_000.5, 'sv-SE')).toBe('200\u00A0000,5');
  });
});

describe('the address', () => {
  test('names what differs from how the calculation begins, and nothing else', () => {
    expect(addressOf(initialBenefit).toString()).toBe('');
    const own = { ...initialBenefit, residents: 20, kmCost: 2.5, realisedPercent: 0.0000001 };
    expect(addressOf(own).toString()).toBe('residents=20&kmCost=2.5&realisedPercent=0.0000001');
  });

  test('gives back the same parameters, whatever they are', () => {
    const anyParameters = fc.record(
      Object.fromEntries(
        benefitKeys.map((key) => {
          const { min, max } = benefitBounds(key);
          const hundredths = fc.integer({ min: min * 100, max: Math.min(max, 10_000_000) * 100 });
          return [key, hundredths.map((count) => count / 100)];
        }),
      ),
    ) as fc.Arbitrary<BenefitParameters>;
    fc.assert(
      fc.property(anyParameters, (parameters) => {
        const address = new URLSearchParams(addressOf(parameters).toString());
        expect(parametersOf(address)).toEqual(parameters);
      }),
    );
  });

  test('that is wrong in parts is right in the others', () => {
    const address = new URLSearchParams(
      'residents=20&staysPercent=0&realisedPercent=101&kmCost=-1&hourlyCost=1e3&daysPerYear=&other=5',
    );
    expect(parametersOf(address)).toEqual({ ...initialBenefit, residents: 20 });
  });
});

test('the file has the years to the öre, and the numbers they come from', () => {
  const own = { ...initialBenefit, residents: 20 };
  const result = computeBenefit(own);
  const lines = fileOf(own, result, sv).split('\r\n');
  expect(lines[0]).toBe(`\uFEFF${columns.map((column) => sv.benefit.columns[column]).join(';')}`);
  // 200,000 + 40 × 350 before the start.
  expect(lines[1]).toBe('0;0;0;0;0;214000;0;-214000;1;-214000;-214000');
  expect(lines[2]?.startsWith('1;10;3650;730;18250;')).toBe(true);
  expect(lines[8]).toBe('');
  expect(lines).toContain('Brukare som har tekniken när alla fått den;20;brukare;egen');
  expect(lines).toContain('Tid på plats;5;minuter;SKR');
  expect(lines).toHaveLength(1 + 7 + 1 + 1 + benefitKeys.length + 1);
});
