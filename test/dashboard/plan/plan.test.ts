import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { withDays } from '../../../dashboard/plan/hours.ts';
import { differenceOf, mergeLists } from '../../../dashboard/plan/merge.ts';
import type { Names } from '../../../dashboard/plan/names.ts';
import { movedUp, orderOf } from '../../../dashboard/plan/order.ts';
import { mergePlans, wrongFields } from '../../../dashboard/plan/plan-draft.ts';
import { groupWords, planSentences } from '../../../dashboard/plan/plan-words.ts';
import type { Told } from '../../../dashboard/plan/when.ts';
import {
  clockWords,
  nextClockChange,
  periodWords,
  weekNumber,
} from '../../../dashboard/plan/when.ts';
import { planSv } from '../../../dashboard/text/plan-sv.ts';
import { Plan } from '../../../gateway/protocol/duty/plan.ts';

const told: Told = {
  timeZone: 'Europe/Stockholm',
  locale: 'sv-SE',
  language: 'sv',
  words: planSv.hours,
};

const names: Names = {
  units: [
    { id: 'natt', name: 'Nattpatrullen' },
    { id: 'dag', name: 'Hemtjänsten' },
  ],
  homes: [
    { id: 'skog', name: 'Skogsgatan 4', unitId: 'natt' },
    { id: 'stor', name: 'Storgatan 1', unitId: 'dag' },
    { id: 'strand', name: 'Strandvägen 2', unitId: 'dag' },
  ],
  people: [],
  endpoints: [],
};

describe('the order of a plan', () => {
  const entries = [
    {},
    { ofUnit: 'dag' },
    { homeIds: ['skog'] },
    { homeIds: ['stor'] },
    { ofUnit: 'natt' },
  ];

  test('puts named homes over the homes of a unit over all homes, and earlier over later', () => {
    expect(orderOf(entries).map(({ index }) => index)).toEqual([2, 3, 1, 4, 0]);
  });

  test('does not move what is being written', () => {
    const kept = { index: 0, rank: 'named' as const };
    expect(orderOf(entries, kept).map(({ index }) => index)).toEqual([0, 2, 3, 1, 4]);
  });

  test('lets one go before the one above it among equals, and never past another kind', () => {
    const moved = movedUp(entries, 4);
    expect(orderOf(moved).map(({ index }) => moved[index])).toEqual([
      { homeIds: ['skog'] },
      { homeIds: ['stor'] },
      { ofUnit: 'natt' },
      { ofUnit: 'dag' },
      {},
    ]);
    expect(movedUp(entries, 2)).toEqual(entries);
  });
});

describe('a plan that is written', () => {
  test('is told field by field what is missing, and is a plan when nothing is', () => {
    const wrong = wrongFields({
      lines: [
        { unitId: '', homeIds: [], hours: { from: '7', to: '16:00' } },
        { unitId: 'natt', hours: { from: '21:00', to: '07:00' } },
      ],
      exceptions: [
        { unitId: 'natt', from: '2026-12-24T15:00', to: '2026-12-24T09:00' },
        { unitId: 'natt', from: '2026-02-30T15:00', to: '2026-12-24T15:00' },
      ],
    });
    expect([...wrong].map(([key, fields]) => [key, [...fields].toSorted()])).toEqual([
      ['lines.0', ['homeIds', 'hours', 'unitId']],
      ['exceptions.0', ['period']],
      ['exceptions.1', ['from']],
    ]);
  });

  test('leaves out weekdays that are all of them, so that the document says what is meant', () => {
    const hours = { from: '21:00', to: '07:00' };
    const week = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
    expect(withDays(hours, week)).toEqual(hours);
    expect(withDays(hours, ['sun', 'mon'])).toEqual({ ...hours, days: ['mon', 'sun'] });
    const line = { unitId: 'natt', hours: withDays(hours, ['sat']) };
    expect(Plan.safeParse({ lines: [line], exceptions: [] }).success).toBe(true);
  });

  test('keeps both what one wrote and what another saved meanwhile', () => {
    const base = { lines: [{ unitId: 'natt' }, { unitId: 'dag' }], exceptions: [] };
    const mine = { lines: [{ unitId: 'natt' }, { unitId: 'mitt' }], exceptions: [] };
    const theirs = { lines: [{ unitId: 'deras' }, ...base.lines], exceptions: [] };
    expect(mergePlans(base, mine, theirs).lines).toEqual([
      { unitId: 'deras' },
      { unitId: 'mitt' },
      { unitId: 'natt' },
    ]);
  });

  test('is read as sentences', () => {
    const plan: Plan = {
      lines: [
        { unitId: 'natt', hours: { from: '21:00', to: '07:00' } },
        {
          unitId: 'dag',
          ofUnit: 'natt',
          hours: { from: '07:00', to: '21:00', days: ['mon', 'tue', 'wed'] },
        },
      ],
      exceptions: [
        { unitId: 'natt', homeIds: ['skog'], from: '2026-12-24T15:00', to: '2026-12-25T07:00' },
      ],
    };
    expect(planSentences(plan, names, planSv.plan, told)).toEqual([
      'Nattpatrullen svarar för Skogsgatan 4, tors 24 dec. 15:00 – fre 25 dec. 07:00',
      'Nattpatrullen svarar för alla hem, alla dagar 21:00–07:00',
      'Hemtjänsten svarar för hem som hör till Nattpatrullen, måndag–onsdag 07:00–21:00',
    ]);
  });
});

test('a group of homes is called what people call it', () => {
  const say = (ids: string[]) => groupWords(ids, names, planSv.plan);
  expect(say(['skog', 'stor', 'strand'])).toBe('alla hem');
  expect(say(['stor', 'strand'])).toBe('hem som hör till Hemtjänsten');
  expect(say(['stor'])).toBe('Storgatan 1');
  expect(say(['skog', 'stor'])).toBe('Skogsgatan 4, Storgatan 1');
});

describe('lists that two people change at once', () => {
  const anyList = fc.uniqueArray(fc.integer({ min: 0, max: 9 }));

  test('come out as the one wanted who changed anything', () => {
    fc.assert(
      fc.property(anyList, anyList, (base, changed) => {
        expect(mergeLists(base, changed, base)).toEqual(changed);
        expect(mergeLists(base, base, changed)).toEqual(changed);
      }),
    );
  });

  test('hold what either added and nothing that either removed', () => {
    fc.assert(
      fc.property(anyList, anyList, anyList, (base, mine, theirs) => {
        const merged = mergeLists(base, mine, theirs);
        const wanted = [...Array(10).keys()].filter((item) =>
          base.includes(item)
            ? mine.includes(item) && theirs.includes(item)
            : mine.includes(item) || theirs.includes(item),
        );
        expect(merged.toSorted((a, b) => a - b)).toEqual(wanted);
      }),
    );
  });

  test('keep one’s own change of what both changed', () => {
    const keyOf = ({ id }: { id: string }) => id;
    const merged = mergeLists(
      [
        { id: 'a', n: 1 },
        { id: 'b', n: 1 },
      ],
      [
        { id: 'a', n: 2 },
        { id: 'b', n: 1 },
      ],
      [
        { id: 'a', n: 3 },
        { id: 'b', n: 3 },
      ],
      keyOf,
    );
    expect(merged).toEqual([
      { id: 'a', n: 2 },
      { id: 'b', n: 3 },
    ]);
  });

  test('differ by what stands in one of them alone', () => {
    expect(differenceOf(['a', 'b', 'b'], ['b', 'c'])).toEqual({
      added: ['c'],
      removed: ['a', 'b'],
      moved: [],
    });
  });

  test('differ by what stands in another place', () => {
    expect(differenceOf(['a', 'b', 'c'], ['c', 'a', 'b'])).toEqual({
      added: [],
      removed: [],
      moved: ['c'],
    });
    expect(differenceOf(['a', 'b'], ['new', 'a', 'b'])).toMatchObject({ moved: [] });
  });
});

describe('times on the night when the clocks are set back', () => {
  const first = Date.UTC(2026, 9, 25, 0);

  test('say which of the two hours they are', () => {
    expect(clockWords(first, told)).toBe('02:00 (första gången)');
    expect(clockWords(first + 3_600_000, told)).toBe('02:00 (andra gången)');
    expect(clockWords(first + 2 * 3_600_000, told)).toBe('03:00');
  });

  test('are told with the day once', () => {
    const gap = { from: first - 3_600_000, to: first + 2 * 3_600_000 };
    expect(periodWords(gap, told)).toBe('25 oktober 01:00–03:00');
  });

  test('are found ahead', () => {
    expect(nextClockChange('2026-10-01', told.timeZone)).toBe('2026-10-25');
    expect(nextClockChange('2026-10-26', told.timeZone)).toBe('2027-03-28');
    expect(nextClockChange('2026-10-26', 'UTC')).toBeNull();
  });
});

test('weeks are numbered as in the calendar on the wall', () => {
  expect(weekNumber('2026-10-19')).toBe(43);
  expect(weekNumber('2026-12-28')).toBe(53);
  expect(weekNumber('2027-01-04')).toBe(1);
});
