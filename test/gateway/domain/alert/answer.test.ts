import { describe, expect, test } from 'vitest';

import type { AlertEvent, Reach } from '../../../../gateway/domain/alert/alert-event.ts';
import type { AlertCommand } from '../../../../gateway/domain/alert/decide.ts';
import { decide } from '../../../../gateway/domain/alert/decide.ts';
import { evolve } from '../../../../gateway/domain/alert/evolve.ts';
import type { EscalationPolicy } from '../../../../gateway/domain/alert/policy.ts';
import { raisedByHome } from '../../../../gateway/domain/alert/raise.ts';
import type { AlertTerms } from '../../../../gateway/domain/alert/terms.ts';
import { maySeeAlert } from '../../../../gateway/domain/scope.ts';
import type { Severity } from '../../../../gateway/protocol/alert.ts';
import { homeWith } from '../home/given-home.ts';
import { alertAfter, call, terms as always } from './given-alert.ts';

const minute = 60_000;
const second = 1_000;

const policy: EscalationPolicy = {
  id: 'three',
  steps: [
    { asks: [{ who: 'responsible-unit' }], channels: ['screen'], waitMs: 60 * second },
    { asks: [{ who: 'unit', unitId: 'next' }], channels: ['screen'], waitMs: 90 * second },
    { asks: [{ who: 'coordinators' }], channels: ['screen'], waitMs: 120 * second },
  ],
  arrivalMs: 20 * minute,
  reminderMs: 30 * minute,
};

/** Who is at work, by the unit asked; coordinators under their own name. */
function staffed(people: Readonly<Record<string, readonly string[]>>): Partial<AlertTerms> {
  return {
    policyFor: () => policy,
    reachOf: ({ unitId }, { asks }): Reach => {
      const [target] = asks;
      const who = target?.who === 'unit' ? target.unitId : (target?.who ?? '');
      const unit = who === 'responsible-unit' ? (unitId ?? '') : who;
      const found = people[unit] ?? [];
      const parties =
        who === 'coordinators' ? [] : [{ kind: 'unit', ref: unit, until: null } as const];
      return { parties, people: found, endpoints: [], isNobody: found.length === 0 };
    },
  };
}

/** An alert that lives through commands, under terms that may change. */
function openLife(some: Partial<AlertTerms>, severity: Severity = call.severity) {
  let terms: AlertTerms = { ...always, ...some };
  const history: AlertEvent[] = raisedByHome({ ...call, severity }, homeWith(), 0, terms);
  return {
    history,
    alert: () => alertAfter(...history),
    under: (others: Partial<AlertTerms>) => {
      terms = { ...terms, ...others };
    },
    /** What a command leads to: `at type (reason) step -> people`. */
    does: (command: AlertCommand): string[] => {
      const events = decide(alertAfter(...history), command, terms);
      history.push(...events);
      return events.map(lineOf);
    },
    lines: () => history.map(lineOf),
  };
}

function lineOf(event: AlertEvent): string {
  const reason = 'reason' in event ? ` (${event.reason})` : '';
  const step = 'step' in event ? ` ${event.step}` : '';
  const people = 'reached' in event ? ` -> ${event.reached?.people.join(', ') ?? 'as before'}` : '';
  return `${event.at / second} ${event.type}${reason}${step}${people}`;
}

const tick = (at: number): AlertCommand => ({ type: 'tick', at });
const accept = (by: string, at: number): AlertCommand => ({
  type: 'accept',
  by,
  at,
  etaMinutes: null,
});

describe('a step that reaches nobody', () => {
  test('is taken at once when the alert is raised, up to the first that reaches somebody', () => {
    const life = openLife(staffed({ coordinators: ['karin'] }));
    expect(life.lines()).toEqual([
      '0 raised -> ',
      '0 escalated (nobody-reached) 1 -> ',
      '0 escalated (nobody-reached) 2 -> karin',
    ]);
    expect(life.alert()).toMatchObject({ step: 2, dueAt: 120 * second, askings: 3 });
  });

  test('is not waited for either when it comes later', () => {
    const life = openLife(staffed({ unit: ['amina'], coordinators: ['karin'] }));
    expect(life.does(tick(60 * second))).toEqual([
      '60 escalated (unanswered) 1 -> ',
      '60 escalated (nobody-reached) 2 -> karin',
    ]);
  });

  test('when it is the last, asks the nearest before it that reaches somebody', () => {
    const life = openLife(staffed({ unit: ['amina'], next: ['nora'] }));
    life.does(tick(60 * second));
    expect(life.does(tick(150 * second))).toEqual(['150 escalated (unanswered) 2 -> nora']);
    expect(life.does(tick(270 * second))).toEqual(['270 escalated (unanswered) 2 -> nora']);
  });

  test('is waited for when nobody is anywhere: it asks again, for somebody may come', () => {
    const life = openLife(staffed({}));
    expect(life.alert()).toMatchObject({ state: 'firing', step: 2, dueAt: 120 * second });
    life.under(staffed({ unit: ['amina'] }));
    expect(life.does(tick(120 * second))).toEqual(['120 escalated (unanswered) 2 -> amina']);
  });

  test('does not hold up an alert that comes back', () => {
    const life = openLife(staffed({ unit: ['amina'] }));
    life.does(accept('amina', second));
    life.under(staffed({ coordinators: ['karin'] }));
    expect(life.does(tick(second + 20 * minute))).toEqual([
      '1201 returned (no-arrival) 1 -> ',
      '1201 escalated (nobody-reached) 2 -> karin',
    ]);
  });
});

describe('whoever is asked', () => {
  const two = () =>
    openLife(staffed({ unit: ['amina', 'johan'], next: ['nora'], coordinators: ['karin'] }));
  const decline = (by: string, at: number): AlertCommand => ({ type: 'decline', by, at });

  test('may decline, and the others are still waited for', () => {
    const life = two();
    expect(life.does(decline('amina', second))).toEqual(['1 declined']);
    expect(life.does(decline('amina', 2 * second))).toEqual([]);
    expect(life.alert()).toMatchObject({ declinedBy: ['amina'], dueAt: 60 * second });
  });

  test('when all have, the next are asked at once', () => {
    const life = two();
    life.does(decline('amina', second));
    expect(life.does(decline('johan', 2 * second))).toEqual([
      '2 declined',
      '2 escalated (declined) 1 -> nora',
    ]);
    expect(life.alert().declinedBy).toEqual([]);
  });

  test('at the last step is not asked again at once: that would not end', () => {
    const life = two();
    life.does(tick(60 * second));
    life.does(tick(150 * second));
    expect(life.does(decline('karin', 151 * second))).toEqual(['151 declined']);
    expect(life.alert().dueAt).toBe(270 * second);
  });

  test('is not counted for those who were not asked', () => {
    const life = openLife(staffed({ unit: ['amina'], next: ['nora'] }));
    expect(life.does(decline('johan', second))).toEqual(['1 declined']);
  });

  test('declining by one who was not asked leaves the last word to those who were', () => {
    const life = two();
    life.does(decline('amina', second));
    expect(life.does(decline('bengt', 2 * second))).toEqual(['2 declined']);
    const nobody = openLife(staffed({ coordinators: ['karin'] }));
    nobody.under(staffed({}));
    expect(nobody.does(decline('amina', second))).toEqual(['1 declined']);
  });

  test('is waited for as long as an alarm centre has been asked too', () => {
    const centre: Partial<AlertTerms> = {
      ...staffed({}),
      reachOf: () => ({ parties: [], people: ['amina'], endpoints: ['centre'], isNobody: false }),
    };
    expect(openLife(centre).does(decline('amina', second))).toEqual(['1 declined']);
  });

  test('has it, and cannot decline any more', () => {
    const life = two();
    life.does(accept('amina', second));
    expect(() => life.does(decline('amina', 2 * second))).toThrow('give it back instead');
  });
});

describe('an alert that somebody has', () => {
  const life = () => {
    const given = openLife(staffed({ unit: ['amina', 'johan'], next: ['nora'] }));
    given.does(accept('amina', second));
    return given;
  };

  test('may be taken over, and is then the other’s to arrive at', () => {
    const given = life();
    given.does({ type: 'take-over', by: 'johan', at: 5 * minute, etaMinutes: 40 });
    expect(given.alert()).toMatchObject({ state: 'accepted', by: 'johan', dueAt: 45 * minute });
    expect(() =>
      given.does({ type: 'hand-over', by: 'amina', to: 'nora', at: 6 * minute }),
    ).toThrow('You do not have this alert.');
  });

  test('is handed to a colleague, who is asked and may see it', () => {
    const given = life();
    expect(given.does({ type: 'hand-over', by: 'amina', to: 'nora', at: 5 * minute })).toEqual([
      '300 handed-over -> nora',
    ]);
    expect(given.alert()).toMatchObject({ state: 'accepted', by: 'nora', dueAt: 25 * minute });
    const nora = {
      userId: 'nora',
      municipalityId: 'municipality',
      role: 'carer',
      units: [],
    } as const;
    expect(maySeeAlert(nora, given.alert(), 6 * minute)).toBe(true);
  });

  test('is given back to those who were asked before', () => {
    const given = life();
    expect(given.does({ type: 'give-back', by: 'amina', at: 5 * minute })).toEqual([
      '300 returned (handed-back) 0 -> amina, johan',
    ]);
    expect(given.alert()).toMatchObject({ state: 'firing', by: null, dueAt: 6 * minute });
  });

  test('asks for more people until somebody joins, and stays whose it is', () => {
    const given = life();
    const wantHelp: AlertCommand = { type: 'want-help', by: 'amina', at: minute };
    expect(given.does(wantHelp)).toEqual(['60 help-wanted 0 -> johan']);
    expect(given.does(wantHelp)).toEqual([]);
    expect(given.does(tick(2 * minute))).toEqual(['120 help-wanted 1 -> nora']);
    expect(given.does(accept('nora', 130 * second))).toEqual(['130 joined']);
    expect(given.does(tick(10 * minute))).toEqual([]);
    expect(given.alert()).toMatchObject({
      state: 'accepted',
      by: 'amina',
      helpers: ['nora'],
      helpWanted: null,
      dueAt: second + 20 * minute,
    });
  });

  test('knows since when help has been wanted, and who came, until it is given back', () => {
    const given = life();
    given.does({ type: 'want-help', by: 'amina', at: minute });
    given.does(tick(2 * minute));
    expect(given.alert().helpWanted).toEqual({ at: minute, dueAt: 210 * second });
    given.does(accept('nora', 130 * second));
    expect(given.does(accept('nora', 131 * second))).toEqual([]);
    given.does({ type: 'want-help', by: 'amina', at: 3 * minute });
    given.does({ type: 'give-back', by: 'amina', at: 4 * minute });
    expect(given.alert()).toMatchObject({ helpers: [], helpWanted: null });
  });

  test('is arrived at by whoever has it when the home shows that staff have come', () => {
    const given = life();
    given.does({ type: 'arrive-in-person', at: 5 * minute });
    expect(given.alert()).toMatchObject({ state: 'on-site', by: 'amina', dueAt: 35 * minute });
    const firing = openLife(staffed({ unit: ['amina'] }));
    expect(firing.does({ type: 'arrive-in-person', at: minute })).toEqual([]);
  });
});

describe('asked again', () => {
  const reaching = (until: number | null, endpoint: string): Partial<AlertTerms> => ({
    policyFor: () => policy,
    reachOf: () => ({
      parties: [{ kind: 'unit', ref: 'unit', until }],
      people: ['amina'],
      endpoints: [endpoint],
      isNobody: false,
    }),
  });

  test('a party may see the alert for the longest that it was asked for', () => {
    const life = openLife(reaching(null, 'centre'));
    life.under(reaching(5 * minute, 'centre'));
    life.does(tick(minute));
    expect(life.alert().asked).toEqual([{ kind: 'unit', ref: 'unit', until: null }]);
  });

  test('all alarm centres that were ever asked are remembered', () => {
    const life = openLife(reaching(null, 'first'));
    life.under(reaching(null, 'second'));
    life.does(tick(minute));
    expect(life.alert()).toMatchObject({
      endpoints: ['first', 'second'],
      reached: { endpoints: ['second'] },
    });
  });
});

describe('when another unit answers', () => {
  const until = 30 * second;
  const moved = (): Partial<AlertTerms> => ({
    ...staffed({ unit: ['amina'], day: ['dana'] }),
    responsibleFor: (_, at) =>
      at < until ? { unitId: 'unit', until } : { unitId: 'day', until: null },
  });

  test('the alert asks it from the first step on, and the other no longer', () => {
    const life = openLife(moved());
    expect(life.alert()).toMatchObject({ unitId: 'unit', unitUntil: until, dueAt: until });
    expect(life.does(tick(until))).toEqual(['30 assigned (plan) 0 -> dana']);
    expect(life.alert()).toMatchObject({ unitId: 'day', unitUntil: null, dueAt: 90 * second });
    expect(life.alert().asked).toEqual([
      { kind: 'unit', ref: 'unit', until },
      { kind: 'unit', ref: 'day', until: null },
    ]);
  });

  test('whoever was asked by name stays asked', () => {
    const asked: Partial<AlertTerms> = {
      ...moved(),
      reachOf: ({ unitId }) => ({
        parties: [
          { kind: 'person', ref: 'amina', until: null },
          { kind: 'unit', ref: unitId ?? '', until: null },
        ],
        people: ['amina'],
        endpoints: [],
        isNobody: false,
      }),
    };
    const life = openLife(asked);
    life.does({ ...accept('johan', second) });
    life.does(tick(until));
    expect(life.alert().asked).toContainEqual({ kind: 'person', ref: 'amina', until: null });
  });

  test('what somebody has stays theirs, with the deadline it had', () => {
    const life = openLife(moved());
    life.does(accept('amina', second));
    expect(life.does(tick(until))).toEqual(['30 assigned (plan) 0 -> as before']);
    expect(life.alert()).toMatchObject({
      state: 'accepted',
      by: 'amina',
      unitId: 'day',
      dueAt: second + 20 * minute,
    });
    expect(life.alert().asked).toContainEqual({ kind: 'unit', ref: 'day', until: null });
  });

  test('the same unit going on is nothing to tell anybody', () => {
    const life = openLife({
      ...staffed({ unit: ['amina'] }),
      responsibleFor: (_, at) => ({ unitId: 'unit', until: at < until ? until : null }),
    });
    expect(life.does(tick(until))).toEqual(['30 assigned (plan) 0 -> as before']);
    expect(life.alert()).toMatchObject({ dueAt: 60 * second, unitUntil: null });
    expect(life.does({ type: 'assign', at: 40 * second })).toEqual([]);
  });
});

describe('a test', () => {
  const ends = 10 * minute;
  const testing: Partial<AlertTerms> = {
    ...staffed({ unit: ['amina'], coordinators: ['karin'] }),
    testModeOf: (_, __, at) => (at < ends ? { technicianId: 'teo', until: ends } : null),
  };

  test('is the technician’s, by a policy of its own', () => {
    const life = openLife(testing);
    expect(life.alert()).toMatchObject({ isTest: true, policy: { id: 'test-mode' } });
    expect(life.alert().policy.steps[0].asks).toEqual([{ who: 'people', ids: ['teo'] }]);
  });

  test('that nobody has taken when test mode ends is real from then on', () => {
    const life = openLife(testing);
    const at = ends;
    for (let now = minute; now < at; now += minute) life.does(tick(now));
    expect(life.does(tick(at))).toEqual(['600 assigned (test-ended) 0 -> amina']);
    expect(life.alert()).toMatchObject({ isTest: false, policy: { id: 'three' }, unitUntil: null });
  });

  test('is looked at again when test mode ends, or the unit’s hours do before', () => {
    const unitUntil = (until: number | null) =>
      openLife({ ...testing, responsibleFor: () => ({ unitId: 'unit', until }) }).alert().unitUntil;
    expect([unitUntil(null), unitUntil(ends + 1), unitUntil(ends - 1)]).toEqual([
      ends,
      ends,
      ends - 1,
    ]);
    const moved = openLife({
      ...testing,
      responsibleFor: (_, at) =>
        at < minute ? { unitId: 'unit', until: minute } : { unitId: 'day', until: null },
    });
    moved.does({ type: 'assign', at: minute });
    expect(moved.alert()).toMatchObject({ isTest: true, unitId: 'day', unitUntil: ends });
  });

  test('is real at its next deadline when test mode was ended early', () => {
    const life = openLife({ ...testing, ...staffed({ unit: ['amina'], people: ['teo'] }) });
    life.under({ testModeOf: () => null });
    expect(life.does(tick(2 * minute))).toEqual(['120 assigned (test-ended) 0 -> amina']);
  });

  test('of a device on trial is real as soon as another device calls for the same', () => {
    const life = openLife({
      ...testing,
      testModeOf: (_, deviceId, at) =>
        deviceId === call.deviceId && at < ends ? { technicianId: 'teo', until: ends } : null,
    });
    const again = { ...call, since: 30, at: 30 * second, urgent: true };
    life.does(again);
    expect(life.alert()).toMatchObject({ isTest: true });
    life.does({ ...again, deviceId: 'another' });
    expect(life.alert()).toMatchObject({ isTest: false, policy: { id: 'three' } });
  });

  test('that the technician has stays theirs, until it calls again', () => {
    const life = openLife(testing);
    life.does(accept('teo', second));
    life.does(tick(ends));
    expect(life.alert()).toMatchObject({ isTest: true, state: 'accepted', by: 'teo' });
    const again: AlertCommand = { ...call, since: ends + 1, at: ends + second, urgent: true };
    expect(life.does(again)).toEqual(['601 repeated', '601 assigned (test-ended) 0 -> amina']);
    expect(life.alert()).toMatchObject({ isTest: false, state: 'firing', by: null });
  });
});

describe('an alert that is held back', () => {
  const until = 10 * minute;
  const held = (some: object = {}) => {
    const life = openLife(staffed({ unit: ['amina'] }));
    life.does({ type: 'hold', why: 'pause', until, at: second, ...some });
    return life;
  };
  const clear = (at: number): AlertCommand => ({ type: 'clear', need: call.need, since: at, at });

  test('asks nobody, and asks as if new when that ends', () => {
    const life = held();
    expect(life.alert()).toMatchObject({ held: { why: 'pause', until }, dueAt: until });
    expect(life.does(tick(until))).toEqual(['600 returned (hold-ended) 0 -> amina']);
    expect(life.alert().held).toBeNull();
  });

  test('has nothing left to ask for when it cleared meanwhile, unless somebody silenced it', () => {
    expect(held().does(clear(minute))).toEqual(['60 cleared', '60 resolved']);
    expect(held({ why: 'silence' }).does(clear(minute))).toEqual(['60 cleared']);
    const cleared = openLife(staffed({ unit: ['amina'] }));
    cleared.does(clear(second));
    cleared.does({ type: 'hold', why: 'staff-on-site', until, at: 2 * second });
    expect(cleared.does({ type: 'unhold', at: minute })).toEqual(['60 resolved']);
  });

  test('is heard when somebody presses again', () => {
    const life = held();
    expect(life.does({ ...call, at: minute, since: minute, urgent: true })).toEqual([
      '60 repeated',
      '60 returned (pressed-again) 0 -> amina',
    ]);
  });

  test('is heard when it becomes an emergency, and not when it gets a little worse', () => {
    const worse = { ...call, at: minute, since: minute, worsening: true };
    const medium = openLife({ ...staffed({ unit: ['amina'] }) });
    medium.does({ type: 'hold', why: 'silence', until, at: second });
    expect(medium.does({ ...worse, severity: 'emergency' })).toEqual([
      '60 repeated',
      '60 returned (pressed-again) 0 -> amina',
    ]);
    const low = openLife(staffed({ unit: ['amina'] }), 'low');
    low.does({ type: 'hold', why: 'silence', until, at: second });
    expect(low.does({ ...worse, severity: 'high' })).toEqual(['60 repeated']);
  });

  test('is looked at again in a week, however long it is to be held', () => {
    const week = 7 * 24 * 60 * minute;
    expect(held({ until: 60 * 24 * 60 * minute }).alert().dueAt).toBe(second + week);
  });
});

test('what is told through another channel is noted, and delivers nothing', () => {
  const life = openLife(staffed({ unit: ['amina'] }));
  life.does({ type: 'told', channel: 'push', to: 'amina', at: second });
  life.does({ type: 'untold', channel: 'email', to: 'amina', why: 'no mailbox', at: second });
  expect(life.alert().deliveredStep).toBeNull();
  expect(life.lines().slice(1)).toEqual(['1 delivered 0', '1 undelivered']);
  const shown = decide(life.alert(), { type: 'seen', by: 'amina', at: 2 * second }, always);
  expect(shown.reduce(evolve, life.alert()).deliveredStep).toBe(0);
});

test('whoever was asked may look up for a shift what became of it, and no longer', () => {
  const life = openLife(staffed({ unit: ['amina'] }));
  life.does({ type: 'resolve', by: 'amina', outcome: 'helped', note: null, at: minute });
  expect(life.alert().asked).toEqual([
    { kind: 'unit', ref: 'unit', until: minute + 12 * 60 * minute },
  ]);
});
