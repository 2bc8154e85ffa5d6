import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { HomeContext } from '../../../../gateway/domain/home/home-context.ts';
import {
  emptyHome,
  homeDueAt,
  type HomeState,
} from '../../../../gateway/domain/home/home-state.ts';
import { compileRules, type RuleSet } from '../../../../gateway/domain/home/rule-set.ts';
import { type Step, stepEvent, stepTick } from '../../../../gateway/domain/home/step.ts';
import { Rule } from '../../../../gateway/protocol/rule/rule.ts';
import { event, homeWith, local } from './given-home.ts';

const minute = 60_000;
const types = [
  'door.opened',
  'door.closed',
  'motion.detected',
  'bed.left',
  'bed.entered',
  'fall.detected',
  'help.pressed',
  'area.left',
  'area.entered',
] as const;
const duration = fc.constantFrom('1m', '5m', '30m', '2h', '12h');
const someTypes = fc.uniqueArray(fc.constantFrom(...types), { minLength: 1, maxLength: 3 });
const sometimes = { freq: 2, nil: undefined } as const;

const during = fc.record({
  from: fc.constantFrom('22:00', '06:00', '13:30', '02:30'),
  to: fc.constantFrom('07:00', '23:00', '02:00', '13:45'),
  begunBefore: fc.constantFrom('counts', 'ignored'),
});
const everywhere = {
  title: fc.constant({ sv: 'Regel', en: 'Rule' }),
  severity: fc.constantFrom('high', 'medium', 'low', 'technical'),
  per: fc.constantFrom('device', 'home', 'resident'),
  where: fc.option(
    fc.constantFrom(
      "device.placement == 'hall'",
      'event.data.percent > 10',
      "'may-wander' in resident.flags",
    ),
    sometimes,
  ),
  during: fc.option(during, sometimes),
  appliesTo: fc.option(
    fc.constantFrom({ placements: ['hall'] }, { flags: ['may-wander'] }, { profiles: ['hub'] }),
    sometimes,
  ),
};
const onsets = { ...everywhere, on: someTypes, clearedBy: fc.option(someTypes, sometimes) };

/** Rules of every form, each by itself one that the grammar takes. */
const anyRule = fc
  .oneof(
    fc.record({ ...onsets, cooldown: fc.option(duration, sometimes) }),
    fc.record({ ...onsets, for: duration, unless: fc.option(someTypes, sometimes) }),
    fc.record({
      ...onsets,
      count: fc.record({ times: fc.integer({ min: 2, max: 4 }), within: duration }),
    }),
    fc.record({
      ...onsets,
      then: fc.record({ no: someTypes, within: duration, severity: fc.constant('emergency') }),
    }),
    fc.record({
      ...everywhere,
      absence: fc.record({ of: someTypes, for: duration, pausedWhenEmpty: fc.boolean() }),
    }),
  )
  .map((written) => ({ id: 'rule', ...(JSON.parse(JSON.stringify(written)) as object) }))
  .filter((written) => Rule.safeParse(written).success)
  .map((written) => Rule.parse(written));

/** Minutes since what was heard before, and how many minutes late it is. */
const anyEvents = fc.array(
  fc.record({
    deviceId: fc.constantFrom('hall', 'bed', 'door'),
    type: fc.constantFrom(...types),
    after: fc.integer({ min: 0, max: 400 }),
    late: fc.option(fc.integer({ min: 1, max: 2_000 }), { freq: 4, nil: 0 }),
  }),
  { maxLength: 30 },
);
type Told = typeof anyEvents extends fc.Arbitrary<infer T> ? T : never;

/** What a home calls for from `from` on, each deadline judged when it falls due. */
function live(
  home: HomeContext,
  rules: RuleSet,
  told: Told,
  { from, stored }: { from: number; stored: boolean },
): string[] {
  let state: HomeState = { ...emptyHome, wakeAt: from };
  const calls: string[] = [];
  const take = (step: Step, at: number) => {
    state = stored ? (JSON.parse(JSON.stringify(step.state)) as HomeState) : step.state;
    for (const { type, need, since } of step.calls) calls.push(`${at} ${type} ${need} ${since}`);
  };
  const passTo = (until: number) => {
    for (let due = homeDueAt(state); due !== null && due <= until; due = homeDueAt(state)) {
      take(stepTick(home, rules, state, due), due);
      const next = homeDueAt(state);
      if (next !== null && next <= due) throw new Error('Time stands still.');
    }
  };
  let now = from;
  for (const [index, { deviceId, type, after, late }] of told.entries()) {
    now += after * minute;
    passTo(now - 1);
    const heard = { receivedAt: now, id: `event-${index}` };
    const at = Math.max(from, now - late * minute);
    take(stepEvent(home, rules, state, event(deviceId, type, at, heard)), now);
  }
  passTo(now + 3_000 * minute);
  return calls;
}

test('any rules: time goes on, storing the state changes nothing, and no rule meddles with another', () => {
  const night = fc.constantFrom('2026-10-24T12:00', '2026-03-28T12:00', '2026-11-03T12:00');
  const anyRules = fc.array(anyRule, { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(anyRules, anyEvents, night, (given, told, noon) => {
      const from = local(noon);
      const home: HomeContext = {
        ...homeWith(
          { id: 'hall', placement: 'hall', placedAt: from, silentAfterMs: 45 * minute },
          { id: 'bed', placement: 'bed', placedAt: from },
          { id: 'door', placement: 'entrance', placedAt: from },
        ),
        flags: ['may-wander'],
      };
      const rules = given.map((rule, index) => ({ ...rule, id: `rule-${index}` }));
      const together = live(home, compileRules(rules), told, { from, stored: false });
      const reversed = compileRules(rules.toReversed());
      expect(live(home, reversed, told, { from, stored: true })).toEqual(together);

      const alone = rules.flatMap((rule) =>
        live(home, compileRules([rule]), told, { from, stored: false }),
      );
      expect(alone.toSorted()).toEqual(together.toSorted());
    }),
    { numRuns: 300 },
  );
});
