import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { LogEntry } from '../../../../gateway/domain/ledger.ts';
import { dayHoursOf } from '../../../../gateway/domain/rhythm/day-hours.ts';
import { unionOf, within } from '../../../../gateway/domain/roster/interval.ts';
import type { KeptDay } from '../../../../gateway/domain/series/home-days.ts';
import { dayOf, entry, home, outage, type Sensor, timeZone } from './given-home.ts';

const says: readonly (readonly [Sensor, LogEntry['type']])[] = [
  ['bed', 'bed.entered'],
  ['bed', 'bed.left'],
  ['hall', 'motion.detected'],
  ['hall', 'motion.cleared'],
  ['kitchen', 'motion.detected'],
  ['bathroom', 'motion.detected'],
  ['bathroom', 'motion.cleared'],
  ['living', 'presence.detected'],
  ['living', 'presence.cleared'],
  ['door', 'door.opened'],
  ['door', 'door.closed'],
  ['back-door', 'door.opened'],
  ['alarm', 'area.left'],
  ['alarm', 'area.entered'],
];
const all = [...new Set(says.map(([sensor]) => sensor))];

/** A day of any kind, and whatever sensors may tell around it. */
const scene = fc
  .record({
    of: fc.constantFrom('2026-11-18', '2026-03-29', '2026-10-25'),
    sensors: fc.subarray(all),
    cohabits: fc.boolean(),
    passed: fc.double({ min: 0, max: 1, noNaN: true }),
    told: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(...says)), {
      maxLength: 60,
    }),
    outages: fc.array(
      fc.tuple(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 900 }),
        fc.boolean(),
      ),
      { maxLength: 3 },
    ),
    pauses: fc.array(
      fc.tuple(fc.double({ min: -0.5, max: 1, noNaN: true }), fc.integer({ min: 1, max: 3_000 })),
      { maxLength: 2 },
    ),
  })
  .map(({ of, sensors, cohabits, passed, told, outages, pauses }) => {
    const { known } = dayHoursOf(of, timeZone);
    const at = (share: number) => Math.round(known.from + share * (known.to - known.from));
    const entries = [
      ...told.map(([share, [sensor, type]]) => entry(at(share), sensor, type)),
      ...outages.map(([share, minutes, isOpen]) => {
        const to = at(share) + minutes * 60_000;
        return outage(at(share), isOpen ? null : to, to);
      }),
    ];
    const residents = [
      { id: 'elsa', isCohabitant: false },
      ...(cohabits ? [{ id: 'nils', isCohabitant: true }] : []),
    ];
    const paused = pauses.map(([share, minutes]) => {
      return { from: at(share), to: at(share) + minutes * 60_000 };
    });
    const where = home(sensors, { residents, pauses: paused });
    return { of, entries, where, now: at(0.25 + passed * 0.75) };
  });

const runs = { numRuns: 400, seed: 6 };

function minutesIn({ bands }: KeptDay, kind: string): number {
  return bands
    .filter((band) => band.kind === kind)
    .reduce((sum, { from, to }) => sum + (to - from) / 60_000, 0);
}

test('bands lie within the day and never over one another', () => {
  fc.assert(
    fc.property(scene, ({ of, entries, where, now }) => {
      const { bands, from, to } = dayOf(where, entries, { of, now });
      let end = from;
      for (const band of bands) {
        expect(band.from).toBeGreaterThanOrEqual(end);
        expect(band.to).toBeGreaterThan(band.from);
        end = band.to;
      }
      expect(end).toBeLessThanOrEqual(Math.max(from, Math.min(to, now)));
    }),
    runs,
  );
});

test('what was paused is shown as that and as nothing else', () => {
  fc.assert(
    fc.property(scene, ({ of, entries, where, now }) => {
      const { bands, from, to } = dayOf(where, entries, { of, now });
      const paused = within(unionOf(where.pauses), { from, to: Math.min(to, now) });
      expect(
        bands.flatMap((band) => (band.kind === 'paused' ? [{ from: band.from, to: band.to }] : [])),
      ).toEqual(paused);
    }),
    runs,
  );
});

test('minutes are the sums of bands, and no more than the day', () => {
  fc.assert(
    fc.property(scene, ({ of, entries, where, now }) => {
      const day = dayOf(where, entries, { of, now });
      const length = (day.to - day.from) / 60_000;
      for (const kind of ['rest', 'away'] as const) {
        const figure = kind === 'rest' ? day.restMinutes : day.awayMinutes;
        if (figure !== null)
          expect(Math.abs(figure - minutesIn(day, kind))).toBeLessThanOrEqual(0.5);
      }
      for (const minutes of [day.restMinutes, day.awayMinutes, day.bathroom?.minutes]) {
        expect(minutes ?? 0).toBeLessThanOrEqual(length);
      }
    }),
    runs,
  );
});

test('visits and nights agree with their minutes', () => {
  fc.assert(
    fc.property(scene, ({ of, entries, where, now }) => {
      const day = dayOf(where, entries, { of, now });
      const { longestMinutes, minutes } = day.bathroom ?? { longestMinutes: 0, minutes: 0 };
      expect(longestMinutes).toBeLessThanOrEqual(minutes + 1);
      const [times, up] = [day.nightsUp ?? 0, day.upMinutes ?? 0];
      expect(up).toBeGreaterThanOrEqual(2 * times);
      expect(up).toBeLessThanOrEqual(8 * 60);
      expect((day.roseAt ?? Infinity) > (day.wentToBedAt ?? -Infinity)).toBe(true);
    }),
    runs,
  );
});

test('the order of events, and how often they were told, changes nothing', () => {
  fc.assert(
    fc.property(scene, fc.infiniteStream(fc.nat()), ({ of, entries, where, now }, picks) => {
      const shuffled = entries
        .flatMap((one) => [one, { ...one }])
        .map((one) => ({ one, rank: picks.next().value ?? 0 }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ one }) => one);
      expect(dayOf(where, shuffled, { of, now })).toEqual(dayOf(where, entries, { of, now }));
    }),
    runs,
  );
});

test('nothing of a home is told without everybody’s consent', () => {
  fc.assert(
    fc.property(scene, ({ of, entries, where, now }) => {
      const consents = where.consents.filter(
        ({ purpose, residentId }) =>
          purpose !== 'statistics' || residentId !== where.residents.at(-1)?.id,
      );
      const day = dayOf({ ...where, consents }, entries, { of, now });
      expect(day.activity).toBe(0);
      expect(day.bands.filter(({ kind }) => kind !== 'unheard')).toEqual([]);
      expect([day.restMinutes, day.awayMinutes, day.rooms, day.bathroom]).toEqual([
        null,
        null,
        null,
        null,
      ]);
    }),
    runs,
  );
});
