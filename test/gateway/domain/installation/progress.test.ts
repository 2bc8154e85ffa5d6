import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Alarm } from '../../../../gateway/domain/installation/installation.ts';
import {
  alarmOf,
  firstHeardAt,
  type Progress,
  requireSignable,
  standOf,
  stepOf,
} from '../../../../gateway/domain/installation/progress.ts';
import { installationSteps } from '../../../../gateway/protocol/device/installation.ts';

const seen = { type: 'door.opened', seenAt: 5, skipped: null, isUnconsented: false } as const;
const open = { ...seen, type: 'door.closed', seenAt: null } as const;
const all: Progress = {
  state: 'open',
  hasDevice: true,
  isPlaced: true,
  firstMessageAt: 3,
  tests: [seen],
  alarm: { acceptedAt: 9 },
};

describe('an installation', () => {
  test.each([
    ['device', { hasDevice: false, isPlaced: false }],
    ['placement', { isPlaced: false }],
    ['first-message', { firstMessageAt: null }],
    ['tests', { tests: [seen, open] }],
    ['alarm', { alarm: { acceptedAt: null } }],
    ['signature', {}],
    ['signature', { tests: [seen, { ...open, skipped: { reason: 'Trasig lucka.', at: 7 } }] }],
    ['done', { state: 'signed' }],
    ['done', { state: 'abandoned' }],
  ] satisfies [string, Partial<Progress>][])('stands at %s', (step, lacking) => {
    expect(stepOf({ ...all, ...lacking })).toBe(step);
  });

  test('can be signed when all that comes before is done, and only then', () => {
    for (const step of installationSteps) {
      const sign = () => requireSignable({ step, tests: [seen, open] });
      if (step === 'signature') expect(sign).not.toThrow();
      else expect(sign).toThrow(expect.objectContaining({ code: 'conflict' }));
    }
    expect(() => requireSignable({ step: 'tests', tests: [seen, open] })).toThrow(/door\.closed/);
  });

  test('never goes back when one more thing is done', () => {
    const place = (progress: Progress) => installationSteps.indexOf(stepOf(progress));
    const progress = fc.record({
      state: fc.constant('open' as const),
      hasDevice: fc.boolean(),
      isPlaced: fc.boolean(),
      firstMessageAt: fc.option(fc.nat()),
      tests: fc.array(fc.constantFrom(seen, open), { maxLength: 3 }),
      alarm: fc.record({ acceptedAt: fc.option(fc.nat()) }),
    });
    fc.assert(
      fc.property(progress, fc.constantFrom('hasDevice', 'isPlaced', 'tests'), (before, done) => {
        const tests = before.tests.map((one) => ({ ...one, seenAt: 1 }));
        const after = done === 'tests' ? { ...before, tests } : { ...before, [done]: true };
        expect(place(after)).toBeGreaterThanOrEqual(place(before));
      }),
      { seed: 5 },
    );
  });
});

describe('a test', () => {
  const skipped = [{ type: 'door.closed' as const, reason: 'Låst.', at: 4, byId: 'tore' }];

  test('is seen once the device is placed, and skipped with its reason', () => {
    const types = ['door.opened', 'door.closed'] as const;
    const known = new Map([['door.opened', 5]] as const);
    const placed = { at: 1, afterSeq: 0, droppedBefore: 0 };
    const stand = (body: { placed: typeof placed | null }) =>
      standOf(types, { ...body, skipped }, known, (type) => type === 'door.opened');
    expect(stand({ placed })).toEqual([
      { type: 'door.opened', seenAt: 5, skipped: null, isUnconsented: false },
      {
        type: 'door.closed',
        seenAt: null,
        skipped: { reason: 'Låst.', at: 4 },
        isUnconsented: true,
      },
    ]);
    expect(stand({ placed: null })[0]?.seenAt).toBeNull();
  });
});

describe('the first message', () => {
  const placed = { at: 10, afterSeq: 0, droppedBefore: 2 };
  const silent = { firstAt: null, dropped: 2, lastSeenAt: 40 };

  test('is the first that was kept, or else that something was dropped', () => {
    expect(firstHeardAt({ placed }, { ...silent, firstAt: 20 })).toBe(20);
    expect(firstHeardAt({ placed }, silent)).toBeNull();
    expect(firstHeardAt({ placed }, { ...silent, dropped: 3 })).toBe(40);
    expect(firstHeardAt({ placed: null }, { ...silent, firstAt: 20 })).toBeNull();
  });
});

test('the test alarm that counts is the first that somebody took, else the latest', () => {
  const alarm = (alertId: string, acceptedAt: number | null): Alarm => {
    const acceptedBy = acceptedAt === null ? null : 'Tore';
    return { alertId, raisedAt: 1, acceptedAt, acceptedBy };
  };
  expect(alarmOf([])).toBeNull();
  expect(alarmOf([alarm('a', null), alarm('b', null)])?.alertId).toBe('b');
  expect(alarmOf([alarm('a', null), alarm('b', 3), alarm('c', null)])?.alertId).toBe('b');
});
