import fc from 'fast-check';
import { expect, test } from 'vitest';

import { type Alert, isLive } from '../../../../gateway/domain/alert/alert.ts';
import type { AlertCommand } from '../../../../gateway/domain/alert/decide.ts';
import { fold } from '../../../../gateway/domain/alert/evolve.ts';
import { inhibitionsOf, mayHoldBack } from '../../../../gateway/domain/alert/inhibition.ts';
import { furthestDeadlineMs } from '../../../../gateway/domain/alert/policy.ts';
import { AppError } from '../../../../gateway/domain/errors.ts';
import { type Severity, severities } from '../../../../gateway/protocol/alert.ts';
import { type AlertHome, openAlertHome } from './inhibited-home.ts';

const minute = 60_000;
const needs = ['a', 'b', 'c', 'd', 'e'] as const;
type Need = (typeof needs)[number];

interface Deed {
  need: Need;
  what:
    | 'raise'
    | 'press'
    | 'worsen'
    | 'clear'
    | 'accept'
    | 'arrive'
    | 'suppress'
    | 'resolve'
    | 'tick';
  severity: Severity;
  afterMs: number;
}

const anyDeed: fc.Arbitrary<Deed> = fc.record({
  need: fc.constantFrom(...needs),
  what: fc.constantFrom(
    ...(['raise', 'raise', 'press', 'worsen', 'clear'] as const),
    ...(['accept', 'arrive', 'suppress', 'resolve', 'resolve', 'tick', 'tick'] as const),
  ),
  severity: fc.constantFrom(...severities),
  afterMs: fc.constantFrom(0, 1_000, minute, 25 * minute),
});
/** Anything may hold back anything, in circles too. */
const anyInhibits = fc.record(
  Object.fromEntries(needs.map((need) => [need, fc.subarray([...needs])])) as Record<
    Need,
    fc.Arbitrary<Need[]>
  >,
);
const anyLife = fc.tuple(anyInhibits, fc.array(anyDeed, { maxLength: 60 }));

const by = 'amina';
function commandOf({ what }: Deed, at: number): AlertCommand | null {
  if (what === 'accept') return { type: 'accept', at, by, etaMinutes: null };
  if (what === 'arrive') return { type: 'arrive', at, by };
  if (what === 'suppress') return { type: 'hold', at, why: 'silence', until: at + 5 * minute };
  if (what === 'resolve') return { type: 'resolve', at, by, outcome: 'helped', note: null };
  return what === 'tick' ? { type: 'tick', at } : null;
}

function happen(home: AlertHome, deed: Deed, at: number): void {
  const { need, what, severity } = deed;
  const command = commandOf(deed, at);
  const leavesWhenCleared = need === 'e';
  if (what === 'clear') home.clears(need, at);
  else if (command === null)
    home.calls(need, at, {
      severity,
      leavesWhenCleared,
      urgent: what === 'press',
      worsening: what === 'worsen',
    });
  else if (home.find(need) !== undefined) {
    try {
      home.commands(need, command);
    } catch (error) {
      expect(error).toBeInstanceOf(AppError);
    }
  }
}

/** Tells of the home after each deed. */
function live(
  [inhibits, deeds]: [Record<Need, Need[]>, readonly Deed[]],
  after: (home: AlertHome, at: number) => void,
): AlertHome {
  const home = openAlertHome(inhibits);
  let at = 0;
  for (const deed of deeds) {
    at += deed.afterMs;
    happen(home, deed, at);
    after(home, at);
  }
  return home;
}

const isHeldBack = (alert: Alert) => alert.inhibitedBy !== null;

test('in a home with a live alert at least one is not held back, and what holds another back is not itself', () => {
  fc.assert(
    fc.property(anyLife, (life) => {
      live(life, (home) => {
        const alerts = home.live();
        expect(alerts.length > 0 && alerts.every(isHeldBack)).toBe(false);
        for (const alert of alerts.filter(isHeldBack)) {
          const inhibitor = alerts.find(({ id }) => id === alert.inhibitedBy?.id);
          expect(inhibitor?.inhibitedBy).toBeNull();
          expect(inhibitor !== undefined && mayHoldBack(inhibitor, alert)).toBe(true);
        }
      });
    }),
    { numRuns: 500 },
  );
});

test('where no rules hold back each other, an alert waits exactly while one that may hold it back is heard', () => {
  const oneWay = anyLife.map(([inhibits, deeds]): [Record<Need, Need[]>, Deed[]] => {
    const lesser = needs.map((need) => [need, inhibits[need].filter((other) => other > need)]);
    return [Object.fromEntries(lesser) as Record<Need, Need[]>, deeds];
  });
  fc.assert(
    fc.property(oneWay, (life) => {
      live(life, (home) => {
        const alerts = home.live();
        const heard = alerts.filter((alert) => !isHeldBack(alert));
        for (const alert of alerts) {
          const waits = heard.some((other) => mayHoldBack(other, alert));
          expect(isHeldBack(alert)).toBe(waits);
        }
      });
    }),
  );
});

/** What waits is looked at in time, as the sweep does: else whatever is loaded with it renews it. */
function sweepWaiting(home: AlertHome, at: number): void {
  const isDue = ({ inhibitedBy, dueAt }: Alert) => inhibitedBy !== null && (dueAt ?? at) <= at;
  for (const { need } of home.live().filter(isDue)) home.commands(need, { type: 'tick', at });
}

test('loading only the alerts that may be concerned comes to the same as loading all', () => {
  fc.assert(
    fc.property(anyLife, ([inhibits, deeds]) => {
      const [some, whole] = [openAlertHome(inhibits), openAlertHome(inhibits, { loads: 'whole' })];
      let at = 0;
      for (const deed of deeds) {
        at += deed.afterMs;
        for (const home of [some, whole]) {
          sweepWaiting(home, at);
          happen(home, deed, at);
        }
      }
      expect(some.all()).toEqual(whole.all());
    }),
  );
});

test('every live alert has a deadline, held back or not, and is the sum of its history', () => {
  fc.assert(
    fc.property(anyLife, (life) => {
      const home = live(life, ({ live: lives }, at) => {
        for (const { dueAt } of lives()) {
          expect(dueAt).not.toBeNull();
          expect(dueAt).toBeLessThanOrEqual(at + furthestDeadlineMs);
        }
      });
      for (const alert of home.all()) {
        expect(fold(home.histories.get(alert.id) ?? [])).toEqual(alert);
        expect(isLive(alert) || alert.inhibitedBy === null).toBe(true);
      }
    }),
  );
});

test('which alert waits for which does not depend on the order they are listed in', () => {
  fc.assert(
    fc.property(anyLife, fc.infiniteStream(fc.nat()), (life, dice) => {
      const pairs = (alerts: readonly Alert[]) =>
        [...inhibitionsOf(alerts)].map(([id, inhibitor]) => `${id} ${inhibitor.id}`).sort();
      live(life, (home) => {
        const alerts = home.live().map((alert) => ({ ...alert, inhibitedBy: null }));
        const shuffled = alerts
          .map((alert) => ({ alert, rank: dice.next().value }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ alert }) => alert);
        expect(pairs(shuffled)).toEqual(pairs(alerts));
      });
    }),
  );
});
