import { describe, expect, test } from 'vitest';

import { type Alert, isLive } from '../../../../gateway/domain/alert/alert.ts';
import { openBook } from '../../../../gateway/domain/alert/book.ts';
import type { AlertCommand } from '../../../../gateway/domain/alert/decide.ts';
import { fold } from '../../../../gateway/domain/alert/evolve.ts';
import type { Duty, Hold } from '../../../../gateway/domain/duty/arrangement.ts';
import { termsOf } from '../../../../gateway/domain/duty/terms.ts';
import type { Raise } from '../../../../gateway/domain/home/call.ts';
import { maySeeAlert } from '../../../../gateway/domain/scope.ts';
import type { Matchers } from '../../../../gateway/protocol/duty/hold.ts';
import type { PolicyInput, Target } from '../../../../gateway/protocol/duty/policy.ts';
import {
  arrangementsOf,
  type GivenArrangements,
  person,
  unit,
} from '../duty/given-arrangements.ts';
import { homeWith } from '../home/given-home.ts';
import { call } from './given-alert.ts';

const minute = 60_000;
const hour = 60 * minute;
/** A Saturday evening: the night patrol comes at 21. */
const start = Date.parse('2026-11-21T18:00:00Z');
const nightBegins = Date.parse('2026-11-21T20:00:00Z');
const home = { ...homeWith(), municipalityId: 'norr', unitId: 'day', timeZone: 'Europe/Stockholm' };
const byNight = {
  lines: [{ unitId: 'night', hours: { from: '21:00', to: '07:00' } }],
  exceptions: [],
};
const people = [person('astrid', { units: ['day'] }), person('nils', { units: ['night'] })];

function silenced(matchers: Matchers): Hold {
  const until = start + 24 * hour;
  const facts = { id: 'hold', municipalityId: 'norr', homeId: null, reason: 'Fel.', byId: 'cilla' };
  return { ...facts, kind: 'silence', matchers, from: start - hour, until };
}

function dutyOf(personId: string, unitId: string): Duty {
  const span = { from: start - hour, until: start + 8 * hour };
  return {
    id: `duty-${personId}`,
    municipalityId: 'norr',
    personId,
    unitId,
    ...span,
    byId: personId,
  };
}

/** An alert of home in norr that lives through commands, by what people have arranged. */
function openLife(given: GivenArrangements, some: Partial<Raise> = {}) {
  const arrangements = arrangementsOf({ people, ...given });
  const terms = termsOf(arrangements, () => 'alert', new Set(['push', 'email', 'webhook']));
  const book = openBook([], terms);
  book.call(home, { ...call, ...some }, start);
  const alert = (): Alert => {
    const [change] = book.changes();
    if (change === undefined) throw new Error('Nothing was raised.');
    return change.alert;
  };
  return {
    alert,
    hears: (more: Partial<Raise>, at: number) => book.call(home, { ...call, ...more }, at),
    does: (command: AlertCommand) => book.command(alert(), command),
    /** Whom the latest asking reached. */
    asked: () => alert().reached.people,
    last: () => book.changes()[0]?.events.at(-1)?.type,
    /** What its events add up to. */
    folded: () => fold(book.changes()[0]?.events ?? []),
  };
}

describe('what is held back', () => {
  test('asks when another unit answers for it, which nobody has silenced', () => {
    const life = openLife({ plan: byNight, holds: [silenced({ unitIds: ['day'] })] });
    expect(life.alert().held).toMatchObject({ why: 'silence' });
    life.does({ type: 'tick', at: nightBegins });
    expect(life.alert()).toMatchObject({ unitId: 'night', held: null });
    expect(life.asked()).toEqual(['nils']);
  });

  test('asks when it has become worse than what was silenced', () => {
    const holds = [silenced({ severities: ['medium'] })];
    const life = openLife({ holds }, { severity: 'medium' });
    expect(life.alert().held).toMatchObject({ why: 'silence' });
    life.hears({ severity: 'high', worsening: true }, start + minute);
    expect(life.alert()).toMatchObject({ severity: 'high', held: null });
    expect(life.asked()).toEqual(['astrid']);
  });

  test('begins to be so when the unit that answers from now on is silenced', () => {
    const life = openLife({ plan: byNight, holds: [silenced({ unitIds: ['night'] })] });
    expect(life.alert().held).toBeNull();
    life.does({ type: 'tick', at: nightBegins });
    expect(life.alert()).toMatchObject({ unitId: 'night', held: { why: 'silence' } });
  });
});

test('what is silenced from the start, with nobody on duty, is what its events add up to', () => {
  const units = [unit('day', { duty: 'check-in' }), unit('night')];
  const life = openLife({ units, holds: [silenced({ severities: ['high'] })] });
  expect(life.alert()).toMatchObject({ held: { why: 'silence' }, askings: 3 });
  expect(life.alert()).toEqual(life.folded());
});

describe('what somebody insisted on', () => {
  test('is not silenced again because something else is arranged', () => {
    const life = openLife({ holds: [silenced({ severities: ['high'] })] });
    expect(life.alert().held).toMatchObject({ why: 'silence' });
    life.hears({ urgent: true }, start + minute);
    life.does({ type: 'assign', at: start + 2 * minute });
    expect(life.alert()).toMatchObject({ mustBeHeard: true, held: null });
  });
});

describe('help', () => {
  test('is asked of the next at once when whoever has the alert is alone at work', () => {
    const cilla = person('cilla', { role: 'coordinator' });
    const life = openLife({ people: [...people, cilla] });
    life.does({ type: 'accept', at: start, by: 'astrid', etaMinutes: null });
    life.does({ type: 'want-help', at: start + minute, by: 'astrid' });
    expect(life.asked()).toEqual(expect.arrayContaining(['nils', 'cilla']));
    expect(life.asked()).not.toContain('astrid');
  });
});

describe('a policy', () => {
  const input = (steps: PolicyInput['steps']): PolicyInput => ({
    id: 'own',
    title: 'Egen',
    severities: ['high'],
    steps,
    arrivalMinutes: 20,
    reminderMinutes: 30,
  });

  test('of which nobody is left asks everybody at work and the coordinators', () => {
    const gone: Target = { who: 'people', ids: ['gone'] };
    const policies = [input([{ asks: [gone], channels: ['push', 'screen'], waitSeconds: 60 }])];
    const cilla = person('cilla', { role: 'coordinator' });
    const life = openLife({ policies, people: [...people, cilla] });
    expect(life.asked()).toEqual(expect.arrayContaining(['astrid', 'nils', 'cilla']));
    const astrid = {
      userId: 'astrid',
      municipalityId: 'norr',
      role: 'carer',
      units: ['day'],
    } as const;
    expect(maySeeAlert(astrid, life.alert(), start)).toBe(true);
  });

  test('does not wait for those who may not see the alert', () => {
    const asks: Target[] = [{ who: 'technicians' }];
    const channels: ['push', 'screen'] = ['push', 'screen'];
    const policies = [
      input([
        { asks, channels, waitSeconds: 600 },
        { asks: [{ who: 'responsible-unit' }], channels, waitSeconds: 60 },
      ]),
    ];
    const life = openLife({
      policies,
      people: [...people, person('tore', { role: 'technician' })],
    });
    expect(life.alert().step).toBe(1);
    expect(life.asked()).toEqual(['astrid']);
  });

  test('does not wait for somebody at work in a unit to which they belong no more', () => {
    const units = [unit('day', { duty: 'check-in' }), unit('night')];
    const moved = [person('astrid', { units: ['night'] })];
    const life = openLife({ units, people: moved, duties: [dutyOf('astrid', 'day')] });
    expect(life.alert().step).toBe(2);
    expect(life.asked()).toEqual(['astrid']);
  });
});

describe('sight', () => {
  const nils = { userId: 'nils', municipalityId: 'norr', role: 'carer', units: ['night'] } as const;

  test('of what one was handed ends when one hands it on', () => {
    const life = openLife({});
    life.does({ type: 'accept', at: start, by: 'astrid', etaMinutes: null });
    life.does({ type: 'hand-over', at: start, by: 'astrid', to: 'nils' });
    expect(maySeeAlert(nils, life.alert(), start)).toBe(true);
    life.does({ type: 'hand-over', at: start + minute, by: 'nils', to: 'astrid' });
    expect(maySeeAlert(nils, life.alert(), start + minute)).toBe(false);
  });

  test('of a helper lasts as long as they help, also when the hours of their unit are over', () => {
    const life = openLife({
      plan: { lines: [{ unitId: 'night', hours: { from: '18:00', to: '21:00' } }], exceptions: [] },
      people: [...people, person('nora', { units: ['night'] })],
    });
    life.does({ type: 'accept', at: start, by: 'nora', etaMinutes: null });
    life.does({ type: 'want-help', at: start, by: 'nora' });
    life.does({ type: 'accept', at: start, by: 'nils', etaMinutes: null });
    expect(life.alert().helpers).toEqual(['nils']);
    life.does({ type: 'tick', at: nightBegins });
    expect(isLive(life.alert())).toBe(true);
    expect(life.alert().unitId).toBe('day');
    expect(maySeeAlert(nils, life.alert(), nightBegins)).toBe(true);
  });
});
