import { describe, expect, test } from 'vitest';

import { event, homeWith, liveHome, local, rulesOf } from './given-home.ts';

const minute = 60_000;
const door = homeWith(
  { id: 'door', placement: 'entrance' },
  { id: 'balcony', placement: 'balcony' },
);
const openTooLong = rulesOf({
  id: 'open',
  on: 'door.opened',
  for: '2m',
  unless: 'door.closed',
  clearedBy: 'door.closed',
});

describe('a rule that waits', () => {
  test('calls when the time has passed, and not before', () => {
    const home = liveHome(door, openTooLong).hears(event('door', 'door.opened', 0));
    home.passesTime(2 * minute - 1).staysQuiet();
    home.passesTime(2 * minute).callsFor('open/door', 2 * minute);
  });

  test('is ended by what it waits for', () => {
    liveHome(door, openTooLong)
      .hears(event('door', 'door.opened', 0), event('door', 'door.closed', minute))
      .passesTime(10 * minute)
      .staysQuiet();
  });

  test('is not ended by another device when it is per device', () => {
    liveHome(door, openTooLong)
      .hears(event('door', 'door.opened', 0), event('balcony', 'door.closed', minute))
      .passesTime(10 * minute)
      .callsFor('open/door');
  });

  test('is not ended by something that came after the deadline, however late it is judged', () => {
    liveHome(door, openTooLong)
      .hears(event('door', 'door.opened', 0), event('door', 'door.closed', 3 * minute))
      .sweepsAt(4 * minute)
      .callsFor('open/door');
  });

  test('is not ended by something that came before it, in event time', () => {
    liveHome(door, openTooLong)
      .hears(
        event('door', 'door.opened', minute),
        event('door', 'door.closed', 0, { receivedAt: minute + 1 }),
      )
      .passesTime(10 * minute)
      .callsFor('open/door');
  });

  test('is ended by what happened in time and was heard before the beginning', () => {
    const anyDoor = rulesOf({ ...openEndedByMotion, per: 'home' });
    liveHome(door, anyDoor)
      .hears(
        event('balcony', 'motion.detected', minute),
        event('door', 'door.opened', 0, { receivedAt: minute + 1 }),
      )
      .passesTime(10 * minute)
      .staysQuiet();
  });

  test('takes a second beginning of the same unbroken condition for the same call', () => {
    liveHome(door, openTooLong)
      .hears(event('door', 'door.opened', 0), event('door', 'door.opened', minute))
      .passesTime(10 * minute)
      .callsFor('open/door', 2 * minute);
  });

  test('does not forget a second beginning when the first is ended', () => {
    liveHome(door, openTooLong)
      .hears(
        event('door', 'door.opened', 0),
        event('door', 'door.closed', 30_000),
        event('door', 'door.opened', minute),
      )
      .passesTime(10 * minute)
      .callsFor('open/door', 3 * minute);
  });

  test('does not forget the latest of many beginnings when what came before ends the others', () => {
    const many = Array.from({ length: 20 }, (_, index) =>
      event('door', 'door.opened', index * 1_000),
    );
    const home = liveHome(door, rulesOf({ ...openEndedByMotion, per: 'home' }))
      .hears(...many, event('door', 'door.opened', 90_000))
      .hears(event('balcony', 'motion.detected', 60_000))
      .passesTime(10 * minute);
    expect(home.raised()).toEqual([{ need: 'open', at: 90_000 + 2 * minute }]);
  });

  test('waits for the rest of a backlog when its deadline is past', () => {
    const received = 60 * minute;
    const late = { receivedAt: received };
    const home = liveHome(door, openTooLong).hears(event('door', 'door.opened', 0, late));
    home.passesTime(received).staysQuiet();
    home
      .hears(event('door', 'door.closed', minute, late))
      .passesTime(2 * received)
      .staysQuiet();
  });

  test('says how late it is when a backlog brought it', () => {
    const received = 60 * minute;
    const home = liveHome(door, openTooLong)
      .hears(event('door', 'door.opened', 0, { receivedAt: received }))
      .passesTime(received + minute);
    expect(home.calls()).toMatchObject([
      { type: 'raise', since: 0, lateMs: received - 2 * minute + 5_000 },
    ]);
  });

  test('clears what a backlog both began and ended', () => {
    const late = { receivedAt: 60 * minute };
    const home = liveHome(door, openTooLong)
      .hears(event('door', 'door.opened', 0, late), event('door', 'door.closed', 30 * minute, late))
      .passesTime(61 * minute);
    const types = home.calls().map(({ type }) => type);
    expect(types.slice(-2)).toEqual(['raise', 'clear']);
  });
});

const openEndedByMotion = { id: 'open', on: 'door.opened', for: '2m', unless: 'motion.detected' };

describe('a fall', () => {
  const rules = rulesOf({
    id: 'fall',
    on: 'fall.detected',
    then: { no: ['motion.detected'], within: '60s', severity: 'emergency' },
  });
  const home = homeWith({ id: 'belt' }, { id: 'hall' });

  test('calls at once, and worsens when nobody moves', () => {
    const living = liveHome(home, rules).hears(event('belt', 'fall.detected', 0));
    living.callsFor('fall/belt', 0);
    living.passesTime(minute);
    expect(living.calls()).toMatchObject([
      { severity: 'high', worsening: false },
      { severity: 'emergency', worsening: true, need: 'fall/belt' },
    ]);
  });

  test.for([
    { title: 'heard after it', first: 'belt' },
    { title: 'heard before it', first: 'hall' },
  ])('does not worsen when somebody moves, $title', ({ first }) => {
    const events = [event('belt', 'fall.detected', 0), event('hall', 'motion.detected', 30_000)];
    if (first === 'hall') events.reverse();
    const living = liveHome(home, { ...rules })
      .hears(...events)
      .passesTime(10 * minute);
    expect(living.calls().filter(({ type }) => type === 'raise')).toHaveLength(1);
  });
});

describe('hours of the wall clock', () => {
  const nights = rulesOf({
    id: 'night',
    on: 'door.opened',
    during: { from: '22:00', to: '06:00' },
  });
  const longAtNight = rulesOf({
    id: 'night',
    on: 'door.opened',
    during: { from: '22:00', to: '06:00' },
    for: '30m',
    unless: 'door.closed',
  });

  test.for([
    ['2026-03-28T21:59:59', false],
    ['2026-03-28T22:00:00', true],
    ['2026-03-29T01:59:59', true],
    ['2026-03-29T03:00:00', true],
    ['2026-03-29T05:59:59', true],
    ['2026-03-29T06:00:00', false],
    ['2026-10-24T21:59:59', false],
    ['2026-10-24T22:00:00', true],
    ['2026-10-25T02:30:00', true],
    ['2026-10-25T05:59:59', true],
    ['2026-10-25T06:00:00', false],
  ] as const)('are right when the clocks change: %s is night: %s', ([at, isNight]) => {
    const home = liveHome(door, nights).hears(event('door', 'door.opened', local(at)));
    expect(home.raised()).toHaveLength(isNight ? 1 : 0);
  });

  test('hold in both of the hours that are called two, in October', () => {
    const first = local('2026-10-25T02:30:00');
    const home = liveHome(door, nights).hears(
      event('door', 'door.opened', first),
      event('door', 'door.opened', first + 60 * minute),
    );
    expect(home.raised()).toHaveLength(2);
  });

  test.for([
    {
      night: 'March, when an hour is skipped',
      at: '2026-03-29T01:45:00',
      due: '2026-03-29T03:15:00',
    },
    { night: 'October, when an hour comes twice', at: '2026-10-25T02:45:00', due: null },
  ])('a wait of 30 minutes lasts 30 minutes in $night', ({ at, due }) => {
    const began = local(at);
    const home = liveHome(door, longAtNight).hears(event('door', 'door.opened', began));
    home.passesTime(began + 30 * minute - 1).staysQuiet();
    home.passesTime(began + 30 * minute).callsFor('night/door', began + 30 * minute);
    if (due !== null) expect(began + 30 * minute).toBe(local(due));
  });

  test('end before the minute they name', () => {
    const days = rulesOf({ on: 'door.opened', during: { from: '06:00', to: '22:00' } });
    const at = (text: string) =>
      liveHome(door, days)
        .hears(event('door', 'door.opened', local(text)))
        .raised().length;
    expect(
      ['05:59:59', '06:00:00', '21:59:59', '22:00:00'].map((time) => at(`2026-11-20T${time}`)),
    ).toEqual([0, 1, 1, 0]);
  });

  test('judge the weekday a night begins on', () => {
    const fridays = rulesOf({
      id: 'night',
      on: 'door.opened',
      during: { from: '22:00', to: '06:00', days: ['fri'] },
    });
    const at = (text: string) =>
      liveHome(door, fridays)
        .hears(event('door', 'door.opened', local(text)))
        .raised().length;
    expect([
      at('2026-11-20T03:00:00'),
      at('2026-11-20T23:00:00'),
      at('2026-11-21T03:00:00'),
      at('2026-11-21T23:00:00'),
    ]).toEqual([0, 1, 1, 0]);
  });
});

describe('a backlog of beginnings', () => {
  const home = homeWith({ id: 'door' });
  const rules = rulesOf({ on: 'door.opened', for: '2m', clearedBy: 'door.closed' });
  const now = 30 * 24 * 60 * minute;
  const late = (type: 'door.opened' | 'door.closed', at: number) =>
    event('door', type, at, { receivedAt: now });

  test('takes nothing away from what has begun now', () => {
    const opened = Array.from({ length: 40 }, (_, index) => late('door.opened', index * 1_000));
    liveHome(home, rules)
      .hears(event('door', 'door.opened', now), ...opened, late('door.closed', minute))
      .passesTime(now + 10 * minute)
      .callsFor('rule/door', now + 2 * minute);
  });

  test('that nothing ends is remembered up to a limit, and calls', () => {
    const opened = Array.from({ length: 2_000 }, (_, index) =>
      late('door.opened', now - index * 5 * minute),
    );
    const lived = liveHome(home, rules).hears(...opened);
    expect(lived.state().waits).toHaveLength(512);
    expect(lived.passesTime(now + 2 * minute).raised()).toHaveLength(512);
  });
});
