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

  test('counts as matched when it fails, so that no alert is lost, and technicians are told', () => {
    const rules = rulesOf({ on: 'battery.measured', where: 'event.data.percent <= 15' });
    const living = liveHome(home, rules).hears(
      event('front', 'battery.measured', 1),
      event('front', 'battery.measured', 2),
    );
    expect(living.raised().map(({ need }) => need)).toEqual([
      'rule-not-judged/rule',
      'rule/front',
      'rule/front',
    ]);
    expect(living.calls()).toMatchObject([{ severity: 'technical' }, { severity: 'high' }, {}]);
  });

  test('that fails in a technical rule is told once, and calls for nothing more', () => {
    const where = 'event.data.percent <= 15';
    const rules = rulesOf({ on: 'battery.measured', where, severity: 'technical' });
    liveHome(home, rules)
      .hears(event('front', 'battery.measured', 1))
      .callsFor('rule-not-judged/rule');
  });
});

describe('a rule that applies to some only', () => {
  const flagged = { ...home, flags: ['may-wander' as const] };
  const raised = (appliesTo: object, where = home) =>
    liveHome(where, rulesOf({ on: 'door.opened', appliesTo }))
      .hears(event('front', 'door.opened', 1), event('bath', 'door.opened', 2))
      .raised()
      .map(({ need }) => need);

  test('chooses by placement and profile', () => {
    expect(raised({ placements: ['entrance', 'balcony'] })).toEqual(['rule/front']);
    expect(raised({ profiles: ['event-only'], placements: ['bathroom'] })).toEqual(['rule/bath']);
    expect(raised({ profiles: ['door-contact'] })).toEqual([]);
  });

  test('chooses by what those who live there need', () => {
    expect(raised({ flags: ['may-wander', 'fall-risk'] })).toEqual([]);
    expect(raised({ flags: ['may-wander', 'fall-risk'] }, flagged)).toHaveLength(2);
  });

  test('waits for no silence of the others', () => {
    const absence = { of: ['motion.detected'], for: '1h' };
    const rules = rulesOf({ absence, per: 'device', appliesTo: { placements: ['bathroom'] } });
    liveHome(home, rules).sweepsAt(0).passesTime(3_600_000).callsFor('rule/bath', 3_600_000);
  });
});

test('a silence of certain events is the home’s unless the rule says otherwise', () => {
  const [silent, any, door] = rulesOf(
    { id: 'a-silent', absence: { of: ['motion.detected', 'door.opened'], for: '12h' } },
    { id: 'b-any', absence: { of: 'any', for: '12h' } },
    { id: 'c-door', on: 'door.opened' },
  ).rules;
  expect([silent?.per, any?.per, door?.per]).toEqual(['home', 'device', 'device']);
});

test('a fall with no movement after it is an emergency unless the rule says otherwise', () => {
  const [fall] = rulesOf({
    on: 'fall.detected',
    then: { no: 'motion.detected', within: '60s' },
  }).rules;
  expect(fall?.then?.severity).toBe('emergency');
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
    ['with the id of a notice', { id: 'device-clock-wrong', on: 'door.opened' }],
    ['with a duration that nobody lives to see', { on: 'door.opened', for: '32d' }],
    ['with no duration', { on: 'door.opened', for: 'two minutes' }],
    ['with hours that are none', { on: 'door.opened', during: { from: '22', to: '06:00' } }],
    ['with hours that never begin', { on: 'door.opened', during: { from: '06:00', to: '06:00' } }],
    ['leaving by itself with nothing to clear it', { on: 'door.opened', leavesWhenCleared: true }],
    [
      'letting a call for help leave by itself',
      { on: 'smoke.detected', clearedBy: 'smoke.cleared', leavesWhenCleared: true },
    ],
    ['holding back a call for help', { on: 'help.pressed', cooldown: '5m' }],
    ['holding back itself', { on: 'door.opened', inhibits: ['rule'] }],
    [
      'with a `then` that worsens nothing',
      { on: 'fall.detected', then: { no: 'motion.detected', within: '1m', severity: 'high' } },
    ],
    [
      'counting what must last',
      { on: 'door.opened', for: '1m', count: { times: 2, within: '1h' } },
    ],
    ['counting to one', { on: 'door.opened', count: { times: 1, within: '1h' } }],
    [
      'out of its own bounds',
      { on: 'door.opened', for: '1m', bounds: { for: { min: '2m', max: '9m' } } },
    ],
    [
      'with bounds for what it has not',
      { on: 'door.opened', bounds: { for: { min: '2m', max: '9m' } } },
    ],
    [
      'with a parameter out of its bounds',
      { on: 'door.opened', parameters: { limit: { value: 1, min: 2, max: 3 } } },
    ],
  ] as const)('%s', ([, rule]) => {
    expect(Rules.safeParse([{ ...base, ...rule }]).success).toBe(false);
  });

  test('that stands twice', () => {
    const rule = { ...base, on: 'door.opened' };
    expect(Rules.safeParse([rule, rule]).success).toBe(false);
    expect(() => compileRules(Rules.parse([rule]))).not.toThrow();
  });
});
