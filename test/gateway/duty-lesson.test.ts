import { describe, expect, test } from 'vitest';
import type { z } from 'zod';

import type { RosterImport } from '../../gateway/protocol/duty/roster.ts';
import { roster, weekly } from './domain/roster/given.ts';
import { cilla, openArrangedWorld } from './services/arranged-world.ts';

const team = { kind: 'team' as const, endpointId: null, serves: [] };
const autumn = Date.parse('2026-10-20T10:00:00Z');

/** Norr-1 has the day, planned; norr-2 the night, and checks in. */
async function openNight() {
  const world = await openArrangedWorld();
  const { units, arrangements, rosters, clock } = world;
  clock.set(autumn);
  await units.change(cilla, 'norr-1', { ...team, name: 'Dag', duty: 'always' });
  await units.change(cilla, 'norr-2', { ...team, name: 'Natt', duty: 'check-in' });
  const lines = [
    { unitId: 'norr-1', hours: { from: '07:00', to: '21:00' } },
    { unitId: 'norr-2', hours: { from: '21:00', to: '07:00' } },
  ];
  const plan = { lines, exceptions: [] };
  await arrangements.putPlan(cilla, { version: 0, document: plan, reason: 'Dag och natt.' });
  return {
    ...world,
    /** Reads a file in as the roster of the night, and answers its gaps of the next two weeks. */
    gapsAfter: async (file: RosterFile) => {
      const { roster: document, findings } = await rosters.read(cilla, 'norr-2', file);
      await rosters.put(cilla, 'norr-2', { version: 0, document, reason: 'Import.' });
      const { gaps } = await rosters.coverage(cilla, { weeks: 2 });
      return { findings, gaps: gaps.map(shown) };
    },
  };
}

type RosterFile = z.infer<typeof RosterImport>;

function shown(gap: { from: number; to: number; minutes: number; isClockChange: boolean }): string {
  const local = (at: number) =>
    Temporal.Instant.fromEpochMilliseconds(at)
      .toZonedDateTimeISO('Europe/Stockholm')
      .toString({ smallestUnit: 'minute', timeZoneName: 'never' });
  const why = gap.isClockChange ? ' when the clocks change' : '';
  return `${local(gap.from)} to ${local(gap.to)}, ${gap.minutes} min${why}`;
}

function calendar(...lines: string[]): RosterFile {
  const event = ['BEGIN:VEVENT', 'UID:n', 'SUMMARY:bengts namn', ...lines, 'END:VEVENT'];
  return {
    format: 'icalendar',
    text: ['BEGIN:VCALENDAR', ...event, 'END:VCALENDAR'].join('\r\n'),
  };
}

describe('the lesson of', () => {
  test('an hour without staff in October: ten hours from 21:00 end at 06:00, and the gap is seen in advance', async () => {
    const { gapsAfter } = await openNight();
    const { gaps, findings } = await gapsAfter(
      calendar(
        'DTSTART;TZID=Europe/Stockholm:20261019T210000',
        'DURATION:PT10H',
        'RRULE:FREQ=DAILY',
      ),
    );
    expect(gaps).toEqual([
      '2026-10-25T06:00+01:00 to 2026-10-25T07:00+01:00, 60 min when the clocks change',
    ]);
    expect(findings).toMatchObject([{ severity: 'warning' }]);
  });

  test('an hour without staff in October: a night until 07:00 by the wall clock leaves none', async () => {
    const { gapsAfter } = await openNight();
    const text = 'Namn;Veckodagar;Från;Till;Första dag\nbengts namn;alla;21:00;07:00;2026-10-19';
    expect(await gapsAfter({ format: 'csv', text })).toEqual({ findings: [], gaps: [] });
  });

  test('rosters in UTC: from the October night on, each night ends an hour early', async () => {
    const { gapsAfter } = await openNight();
    const { gaps, findings } = await gapsAfter(
      calendar('DTSTART:20261019T190000Z', 'DTEND:20261020T050000Z', 'RRULE:FREQ=DAILY'),
    );
    expect(gaps[0]).toBe(
      '2026-10-25T06:00+01:00 to 2026-10-25T07:00+01:00, 60 min when the clocks change',
    );
    expect(gaps[1]).toBe('2026-10-26T06:00+01:00 to 2026-10-26T07:00+01:00, 60 min');
    expect(gaps).toHaveLength(10);
    expect(findings[0]?.text.en).toContain('a time in UTC');
  });

  test('uncovered minutes: a quarter between two shifts is found, each night for eight weeks', async () => {
    const { rosters } = await openNight();
    const document = roster({
      weekly: [
        weekly({ id: 'early', personId: 'bengt', hours: { from: '21:00', to: '02:15' } }),
        weekly({ id: 'late', personId: 'bengt', hours: { from: '02:30', to: '07:00' } }),
      ],
    });
    await rosters.put(cilla, 'norr-2', { version: 0, document, reason: 'Delade nätter.' });
    const { gaps } = await rosters.coverage(cilla, { weeks: 8 });
    expect(gaps).toHaveLength(55);
    expect(gaps.every(({ minutes }) => minutes === 15)).toBe(true);
    // On the October night 02:15 comes twice: the early shift stays for the second, the late one comes for the first.
    expect(gaps.map(shown).some((gap) => gap.startsWith('2026-10-25'))).toBe(false);
  });
});
