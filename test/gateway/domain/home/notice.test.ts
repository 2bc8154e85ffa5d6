import { describe, expect, test } from 'vitest';

import { event, homeWith, liveHome, rulesOf } from './given-home.ts';

const minute = 60_000;
const hour = 60 * minute;
const home = homeWith({ id: 'hall' }, { id: 'belt' });
const lives = () => liveHome(home, rulesOf({ on: 'help.pressed' }));
const beat = (at: number, skewMs: number | null, deviceId = 'hall') =>
  event(deviceId, 'device.heartbeat', at, { skewMs });

describe('a clock that cannot be believed', () => {
  test('is told to technicians beyond five minutes, and not at five', () => {
    lives()
      .hears(beat(1, 5 * minute), beat(2, null))
      .staysQuiet();
    lives()
      .hears(beat(1, 5 * minute + 1))
      .callsFor('device-clock-wrong/hall', 1);
    lives()
      .hears(beat(1, -40 * 24 * hour))
      .callsFor('device-clock-wrong/hall', 1);
  });

  test('is told once a day while it lasts, for each device', () => {
    const wrong = hour;
    const living = lives().hears(
      beat(0, wrong),
      beat(1, wrong),
      beat(2, wrong, 'belt'),
      beat(24 * hour - 1, wrong),
      beat(24 * hour, wrong),
    );
    expect(living.raised()).toEqual([
      { need: 'device-clock-wrong/hall', at: 0 },
      { need: 'device-clock-wrong/belt', at: 2 },
      { need: 'device-clock-wrong/hall', at: 24 * hour },
    ]);
    const technical = { severity: 'technical' };
    expect(living.calls()).toMatchObject([technical, technical, technical]);
  });

  test('leaves by itself when it is right again, and is told anew when it is wrong the next day', () => {
    const day = 24 * hour;
    const living = lives().hears(beat(0, hour), beat(1, 0), beat(2, 0), beat(day, hour));
    expect(living.calls()).toMatchObject([
      { type: 'raise', leavesWhenCleared: true },
      { type: 'clear', since: 1 },
      { type: 'raise', since: day },
    ]);
    expect(living.hears(beat(day + 1, 0)).calls()).toHaveLength(4);
  });

  test('is told once a day also when every other event has it right, as a hub’s sensors may', () => {
    const beats = Array.from({ length: 200 }, (_, index) =>
      beat(index, index % 2 === 0 ? hour : 0),
    );
    expect(
      lives()
        .hears(...beats)
        .calls(),
    ).toMatchObject([{ type: 'raise' }, { type: 'clear' }]);
  });
});

test('an unknown word is told once for each device', () => {
  const unknown = (deviceId: string, at: number) =>
    event(deviceId, 'unknown', at, { data: { originalType: 'wobble' } });
  const living = lives().hears(unknown('hall', 0), unknown('hall', 900 * hour), unknown('belt', 1));
  expect(living.raised().map(({ need }) => need)).toEqual([
    'unknown-event/hall',
    'unknown-event/belt',
  ]);
});
