import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Told } from '../../../dashboard/plan/when.ts';
import {
  newOf,
  withImported,
  withoutChange,
  withoutWeekly,
  withPerson,
  withSingle,
  withSwap,
} from '../../../dashboard/roster/change.ts';
import { formatOf } from '../../../dashboard/roster/file-format.ts';
import { lanesOf, within } from '../../../dashboard/roster/lane.ts';
import { gapWhen, rosterSentences } from '../../../dashboard/roster/roster-words.ts';
import {
  freshId,
  periodOf,
  readSingle,
  readWeekly,
  singleDraft,
  weeklyDraft,
} from '../../../dashboard/roster/shift-draft.ts';
import { planSv } from '../../../dashboard/text/plan-sv.ts';
import type { PlannedShift, Roster } from '../../../gateway/protocol/duty/roster.ts';

const timeZone = 'Europe/Stockholm';
const hour = 3_600_000;
const told: Told = { timeZone, locale: 'sv-SE', language: 'sv', words: planSv.hours };
/** 02:00 on the night when the clocks are set back, the first time. */
const twice = Date.UTC(2026, 9, 25, 0);

const roster: Roster = {
  weekly: [
    {
      id: 'natt',
      personId: 'amina',
      hours: { from: '21:00', to: '07:00' },
      first: '2026-10-01',
      everyWeeks: 1,
    },
  ],
  single: [{ id: 'extra', personId: 'johan', from: '2026-10-20T07:00', to: '2026-10-20T16:00' }],
  changes: [],
};

function planned(shiftId: string, date: string, personId: string): PlannedShift {
  const person = { id: personId, name: personId };
  return { unitId: 'u', person, from: 0, to: 1, shiftId, date, isSwap: false, isVacant: false };
}

describe('a change of a roster', () => {
  const night = { shiftId: 'natt', date: '2026-10-19' };

  test('sends somebody else, or nobody, on one day of a shift that comes back', () => {
    expect(withPerson(night, null)(roster).changes).toEqual([{ ...night, personId: null }]);
    const other = withPerson(night, 'johan')(withPerson(night, null)(roster));
    expect(other.changes).toEqual([{ ...night, personId: 'johan' }]);
    expect(withoutChange('natt', '2026-10-19')(other)).toEqual(roster);
  });

  test('is none when it is who always comes', () => {
    const changed = withPerson(night, 'johan')(roster);
    expect(withPerson(night, 'amina')(changed)).toEqual(roster);
  });

  test('swaps two, of either kind, and swapping back undoes it', () => {
    const one = planned('natt', '2026-10-19', 'amina');
    const other = planned('extra', '2026-10-20', 'johan');
    const swapped = withSwap(one, other)(roster);
    expect(swapped.changes).toEqual([{ ...night, personId: 'johan' }]);
    expect(swapped.single[0]?.personId).toBe('amina');
    const back = withSwap(
      planned('natt', '2026-10-19', 'johan'),
      planned('extra', '2026-10-20', 'amina'),
    )(swapped);
    expect(back).toEqual(roster);
  });

  test('removes a single shift to which nobody comes, and what differs from one that is no more', () => {
    expect(withPerson({ shiftId: 'extra', date: '' }, null)(roster).single).toEqual([]);
    expect(withoutWeekly('natt')(withPerson(night, null)(roster))).toEqual({
      ...roster,
      weekly: [],
    });
  });

  test('adds of a file only what is new, however often it is read', () => {
    const read: Roster = {
      weekly: [],
      single: [
        { id: 'x1', personId: 'johan', from: '2026-10-20T07:00', to: '2026-10-20T16:00' },
        { id: 'x2', personId: 'amina', fromAt: twice, toAt: twice + 10 * hour },
      ],
      changes: [],
    };
    expect(newOf(read, roster).single.map(({ id }) => id)).toEqual(['x2']);
    const once = withImported(read)(roster);
    expect(once.single.map(({ id }) => id)).toEqual(['extra', 'x2']);
    expect(withImported(read)(once)).toEqual(once);
  });

  test('changes the shift that a file knows by the same id', () => {
    const later = {
      id: 'extra',
      personId: 'johan',
      from: '2026-10-20T08:00',
      to: '2026-10-20T17:00',
    };
    const changed = withImported({ weekly: [], single: [later], changes: [] })(roster);
    expect(changed.single).toEqual([later]);
    expect(changed).toEqual(withSingle(later)(roster));
  });
});

describe('a shift that is written', () => {
  test('is a shift, or is told what is wrong with it', () => {
    const draft = weeklyDraft({
      id: 'w',
      personId: 'amina',
      hours: { from: '21:00', to: '07:00' },
      first: '2026-10-01',
      everyWeeks: 2,
    });
    expect(readWeekly(draft)).toMatchObject({ everyWeeks: 2, first: '2026-10-01' });
    expect('last' in (readWeekly(draft) as object)).toBe(false);
    const wrong = readWeekly({
      ...draft,
      personId: '',
      everyWeeks: 'två',
      last: '2026-09-01',
      hours: { from: '21', to: '07:00' },
    });
    expect([...(wrong as Set<string>)].toSorted()).toEqual([
      'everyWeeks',
      'hours',
      'order',
      'personId',
    ]);
  });

  test('is in wall-clock time where that says when it is, and else exactly that time', () => {
    const whole = { id: 'g', personId: 'amina', from: twice - 5 * hour, to: twice + 6 * hour };
    expect(readSingle(singleDraft(whole, timeZone))).toEqual({
      id: 'g',
      personId: 'amina',
      from: '2026-10-24T21:00',
      to: '2026-10-25T07:00',
    });
    // From 02:00 to 02:00, an hour later.
    const hidden = { id: 'g', personId: 'amina', from: twice, to: twice + hour };
    expect(readSingle(singleDraft(hidden, timeZone))).toEqual({
      id: 'g',
      personId: 'amina',
      fromAt: twice,
      toAt: twice + hour,
    });
  });

  test('lasts exactly as long as what it fills, at any time of the year', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 365 * 96 }),
        fc.integer({ min: 1, max: 96 }),
        (start, length) => {
          const from = Date.UTC(2026, 0, 1) + start * 15 * 60_000;
          const to = from + length * 15 * 60_000;
          const shift = readSingle(singleDraft({ id: 'g', personId: 'p', from, to }, timeZone));
          if (shift instanceof Set) throw new Error('It was refused.');
          expect(periodOf(shift as never, timeZone)).toEqual({ from, to });
        },
      ),
    );
  });

  test('must end after it begins, on days that there are', () => {
    const draft = { id: 'g', personId: 'p', exact: null };
    const read = (from: string, to: string) => [
      ...(readSingle({ ...draft, from, to }) as Set<string>),
    ];
    expect(read('2026-10-20T08:00', '2026-10-20T07:00')).toEqual(['period']);
    expect(read('2026-02-30T08:00', '2026-03-01T7')).toEqual(['from', 'to']);
  });

  test('has an id of its own', () => {
    expect(new Set(Array.from({ length: 100 }, freshId)).size).toBe(100);
  });
});

describe('the picture of a day', () => {
  const anyPeriods = fc.array(
    fc
      .record({ from: fc.integer({ min: 0, max: 90 }), length: fc.integer({ min: 1, max: 30 }) })
      .map(({ from, length }) => ({ from, to: from + length })),
  );

  test('never lays one shift over another, and needs no more lanes than are at work at once', () => {
    fc.assert(
      fc.property(anyPeriods, (periods) => {
        const laid = lanesOf(periods);
        for (const one of laid) {
          for (const other of laid) {
            if (one === other || one.lane !== other.lane) continue;
            expect(one.item.to <= other.item.from || other.item.to <= one.item.from).toBe(true);
          }
        }
        const atOnce = Math.max(
          0,
          ...periods.map(({ from }) => within(periods, { from, to: from + 1 }).length),
        );
        expect(Math.max(0, ...laid.map(({ lane }) => lane + 1))).toBe(atOnce);
      }),
    );
  });
});

test('a gap is told by the wall clock, and why where the clocks are why', () => {
  const gap = { from: twice + 5 * hour, to: twice + 6 * hour, isClockChange: true };
  expect(gapWhen(gap, told)).toBe('25 oktober 06:00–07:00, klockan ställs tillbaka');
  const inside = { from: twice, to: twice + hour, isClockChange: true };
  expect(gapWhen(inside, told)).toBe(
    '25 oktober 02:00 (första gången)–02:00 (andra gången), klockan ställs tillbaka',
  );
  expect(gapWhen({ from: 0, to: hour, isClockChange: false }, told)).toBe('1 januari 01:00–02:00');
});

test('a roster is read as sentences', () => {
  const people = [
    { id: 'amina', name: 'Amina' },
    { id: 'johan', name: 'Johan' },
  ];
  const changed = withPerson({ shiftId: 'natt', date: '2026-10-19' }, 'johan')(roster);
  expect(rosterSentences(changed, { people, told, words: planSv.roster })).toEqual([
    'Amina, alla dagar 21:00–07:00, från 1 oktober',
    'måndag 19 oktober 21:00–07:00: Johan kommer i stället för Amina',
    'Johan, 20 oktober 07:00–16:00',
  ]);
});

test('a file is told by what it holds, whatever it is called', () => {
  expect(formatOf('\uFEFFBEGIN:VCALENDAR\r\nVERSION:2.0')).toBe('icalendar');
  expect(formatOf('person;datum;från;till')).toBe('csv');
});
