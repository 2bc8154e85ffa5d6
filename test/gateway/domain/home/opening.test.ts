import { describe, expect, test } from 'vitest';

import { event, homeWith, liveHome, local, rulesOf } from './given-home.ts';

const home = homeWith({ id: 'door', placement: 'entrance' });
const night = { from: '22:00', to: '06:00' };
const door = { on: 'door.opened', during: night, clearedBy: 'door.closed' };
const at = (time: string, date = '2026-11-03') => local(`${date}T${time}`);

describe('hours that begin while a condition holds', () => {
  test('raise what was waiting, with no new event', () => {
    const living = liveHome(home, rulesOf(door)).hears(event('door', 'door.opened', at('15:00')));
    living.passesTime(at('22:00') - 1).staysQuiet();
    living.passesTime(at('22:00')).callsFor('rule/door', at('22:00'));
    expect(living.calls()).toMatchObject([{ since: at('15:00'), lateMs: null }]);
  });

  test('count the time it must last from then', () => {
    const living = liveHome(home, rulesOf({ ...door, for: '2m' })).hears(
      event('door', 'door.opened', at('21:59:59')),
    );
    living.passesTime(at('22:02') - 1).staysQuiet();
    living.passesTime(at('22:02')).callsFor('rule/door', at('22:02'));
  });

  test('find nothing when it has ended before, or at that instant', () => {
    for (const closed of [at('21:00'), at('22:00')]) {
      liveHome(home, rulesOf(door))
        .hears(event('door', 'door.opened', at('15:00')), event('door', 'door.closed', closed))
        .passesTime(at('23:00'))
        .staysQuiet();
    }
  });

  test('find nothing when the end was heard before the beginning', () => {
    const living = liveHome(home, rulesOf({ ...door, per: 'home' })).hears(
      event('door', 'door.closed', at('16:00')),
      event('other', 'door.opened', at('15:00'), { receivedAt: at('16:01') }),
    );
    living.passesTime(at('23:00')).staysQuiet();
  });

  test('wait for the day on which they begin', () => {
    const during = { ...night, days: ['fri'] };
    const living = liveHome(home, rulesOf({ ...door, during })).hears(
      event('door', 'door.opened', at('15:00')),
    );
    living.passesTime(at('22:00', '2026-11-06') - 1).staysQuiet();
    living.passesTime(at('22:00', '2026-11-06')).callsFor('rule/door', at('22:00', '2026-11-06'));
  });

  test('leave alone what began before when the rule says so', () => {
    const during = { ...night, begunBefore: 'ignored' };
    liveHome(home, rulesOf({ ...door, during }))
      .hears(event('door', 'door.opened', at('21:59:59.999')))
      .passesTime(at('06:00', '2026-11-05'))
      .staysQuiet();
  });

  test('mean nothing to what is over in an instant', () => {
    liveHome(home, rulesOf({ on: 'sound.loud', during: night }))
      .hears(event('door', 'sound.loud', at('21:59:59.999')))
      .passesTime(at('23:00'))
      .staysQuiet();
  });

  test.for([
    ['when the clocks go forward', '2026-03-28', '2026-03-29T06:00', 7],
    ['when the clocks go back', '2026-10-24', '2026-10-25T06:00', 9],
  ] as const)('are one night long %s', ([, date, end, hours]) => {
    const living = liveHome(home, rulesOf(door)).hears(
      event('door', 'door.opened', at('12:00', date)),
    );
    living.passesTime(at('22:00', date)).callsFor('rule/door', at('22:00', date));
    const quiet = liveHome(home, rulesOf({ on: 'sound.loud', during: night }));
    quiet.hears(event('door', 'sound.loud', local(end))).staysQuiet();
    quiet.hears(event('door', 'sound.loud', local(end) - 1)).callsFor('rule/door');
    expect((local(end) - at('22:00', date)) / 3_600_000).toBe(hours);
  });

  test('that begin at a time which never comes begin when the clocks go forward', () => {
    const during = { from: '02:30', to: '04:00' };
    const living = liveHome(home, rulesOf({ ...door, during })).hears(
      event('door', 'door.opened', at('01:00', '2026-03-29')),
    );
    const three = local('2026-03-29T03:00');
    living.passesTime(three - 1).staysQuiet();
    living.passesTime(three).callsFor('rule/door', three);
  });

  test('that end at a time which comes twice end the second time', () => {
    const rules = rulesOf({ on: 'sound.loud', during: { from: '01:00', to: '02:30' } });
    const second = (text: string) =>
      Temporal.ZonedDateTime.from(`2026-10-25T${text}+01:00[Europe/Stockholm]`).epochMilliseconds;
    liveHome(home, rules)
      .hears(event('door', 'sound.loud', second('02:29:59')))
      .callsFor('rule/door');
    liveHome(home, rules)
      .hears(event('door', 'sound.loud', second('02:30:00')))
      .staysQuiet();
  });
});
