import { describe, expect, test } from 'vitest';

import { compileRules } from '../../../../gateway/domain/home/rule-set.ts';
import { Rules } from '../../../../gateway/protocol/rule/rule.ts';
import { event, homeWith, liveHome, rulesOf } from './given-home.ts';

const home = homeWith(
  { id: 'front', placement: 'entrance' },
  { id: 'bath', placement: 'bathroom' },
);

describe('a rule without a wait', () => {
  test('calls at once', () => {
    liveHome(home, rulesOf({ id: 'help', on: 'help.pressed' }))
      .hears(event('front', 'help.pressed', 5))
      .callsFor('help/front', 5);
  });

  test('asks at once of those who have not answered, when help is pressed', () => {
    const living = liveHome(home, rulesOf({ on: ['help.pressed', 'fall.detected'] }));
    living.hears(event('front', 'help.pressed', 1), event('front', 'fall.detected', 2));
    expect(living.calls()).toMatchObject([{ urgent: true }, { urgent: false }]);
  });

  test('speaks of one need for the whole home when it is per home', () => {
    const living = liveHome(home, rulesOf({ id: 'smoke', on: 'smoke.detected', per: 'home' }));
    living.hears(event('front', 'smoke.detected', 1), event('bath', 'smoke.detected', 2));
    expect(living.raised().map(({ need }) => need)).toEqual(['smoke', 'smoke']);
  });

  test('marks what a backlog brought late', () => {
    const living = liveHome(home, rulesOf({ on: 'help.pressed' }));
    living.hears(event('front', 'help.pressed', 0, { receivedAt: 3_600_000 }));
    expect(living.calls()).toMatchObject([{ since: 0, lateMs: 3_600_000 }]);
  });
});

describe('where', () => {
  test('chooses by device, event and data', () => {
    const rules = rulesOf({
      on: ['door.opened', 'battery.measured'],
      where: `device.placement == 'entrance' && (event.type == 'door.opened' || event.data.percent <= 15)`,
    });
    const raised = (...heard: Parameters<typeof event>) =>
      liveHome(home, rules)
        .hears(event(...heard))
        .raised().length;
    expect(raised('front', 'door.opened', 1)).toBe(1);
    expect(raised('bath', 'door.opened', 1)).toBe(0);
    expect(raised('front', 'battery.measured', 1, { data: { percent: 15 } })).toBe(1);
    expect(raised('front', 'battery.measured', 1, { data: { percent: 15.5 } })).toBe(0);
  });

  test('counts as matched when it fails, so that no alert is lost', () => {
    const rules = rulesOf({ on: 'battery.measured', where: 'event.data.percent <= 15' });
    liveHome(home, rules)
      .hears(event('front', 'battery.measured', 1))
      .callsFor('rule/front');
  });

  test.for([
    ['device.plaecment == "entrance"', 'plaecment'],
    ['device.placement ==', 'placement'],
    ['event.at + 1.0', 'not true or false'],
    ['resident.age > 80', 'resident'],
  ])('is refused when it is saved, with the reason: %s', ([where, reason]) => {
    expect(() => rulesOf({ on: 'door.opened', where })).toThrow(reason);
  });
});

describe('a rule is refused', () => {
  const title = { sv: 'Regel', en: 'Rule' };
  const base = { id: 'rule', title, severity: 'high' };
  test.for([
    ['without anything to begin with', {}],
    ['with both `on` and `absence`', { on: 'door.opened', absence: { of: 'any', for: '1h' } }],
    ['with an unknown type', { on: 'door.ajar' }],
    ['with an unknown word', { on: 'door.opened', unles: 'door.closed' }],
    ['with `unless` and nothing to wait', { on: 'door.opened', unless: 'door.closed' }],
    ['with no duration', { on: 'door.opened', for: 'two minutes' }],
    ['with hours that are none', { on: 'door.opened', during: { from: '22', to: '06:00' } }],
    ['with hours that never begin', { on: 'door.opened', during: { from: '06:00', to: '06:00' } }],
    ['leaving by itself with nothing to clear it', { on: 'door.opened', leavesWhenCleared: true }],
  ] as const)('%s', ([, rule]) => {
    expect(Rules.safeParse([{ ...base, ...rule }]).success).toBe(false);
  });

  test('that stands twice', () => {
    const rule = { ...base, on: 'door.opened' };
    expect(Rules.safeParse([rule, rule]).success).toBe(false);
    expect(() => compileRules(Rules.parse([rule]))).not.toThrow();
  });
});
