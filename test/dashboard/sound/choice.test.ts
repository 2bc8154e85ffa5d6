import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { chooseSound, heardNothing, isHeardBy } from '../../../dashboard/sound/choice.ts';
import { patterns } from '../../../dashboard/sound/pattern.ts';
import { severities, type AlertView } from '../../../gateway/protocol/alert.ts';
import { anAlert } from '../alert/alert-view.ts';

const emergency = anAlert({ id: 'e', severity: 'emergency' });
const high = anAlert({ id: 'h' });
const low = anAlert({ id: 'l', severity: 'low' });

/** What is played at each time, checked every half second for as long as told. */
function listen(
  untilMs: number,
  alertsAt: (now: number) => AlertView[],
  isStale = false,
  handedAt: (now: number) => { alert: AlertView; seq: number }[] = () => [],
): string[] {
  let heard = heardNothing;
  const played: string[] = [];
  for (let now = 0; now <= untilMs; now += 500) {
    const alerts = alertsAt(now);
    const handed = handedAt(now);
    const decision = chooseSound(heard, { now, isStale, alerts, handed, readerId: 'me' });
    heard = decision.heard;
    if (decision.play !== null) played.push(`${now} ${decision.play}`);
  }
  return played;
}

describe('the alarm', () => {
  test('sounds for an emergency until somebody has it', () => {
    const accepted = { ...emergency, state: 'accepted' as const };
    expect(listen(15_000, (now) => [now < 13_000 ? emergency : accepted])).toEqual([
      '0 emergency',
      '6000 emergency',
      '12000 emergency',
    ]);
  });

  test('sounds at once for what is new, and for what calls again', () => {
    const later = (now: number) => [high, ...(now >= 2_000 ? [emergency] : [])];
    expect(listen(2_000, later)).toEqual(['0 high', '2000 emergency']);
    const again = (now: number) => [now < 1_000 ? low : { ...low, repeats: 1 }];
    expect(listen(2_000, again)).toEqual(['0 low', '1000 low']);
  });

  test('is quiet for whoever has said that they cannot come, until they are asked anew', () => {
    const declined = { ...emergency, declinedBy: [{ id: 'me', name: 'Johan' }] };
    const next = { ...emergency, step: 1 };
    const story = (now: number) => (now < 3_000 ? emergency : now < 9_000 ? declined : next);
    expect(listen(9_000, (now) => [story(now)])).toEqual(['0 emergency', '9000 emergency']);
  });

  test('sounds for whoever needs help, until somebody has come', () => {
    const held = {
      ...emergency,
      state: 'on-site' as const,
      acceptedBy: { id: 'a', name: 'Amina' },
    };
    const wanting = { ...held, helpWantedAt: 2_000 };
    const helped = { ...wanting, helpers: [{ id: 'b', name: 'Bengt' }] };
    const story = (now: number) => (now < 2_000 ? held : now < 9_000 ? wanting : helped);
    expect(listen(20_000, (now) => [story(now)])).toEqual(['2000 emergency', '8000 emergency']);
  });

  test('sounds once for what a colleague has handed to me, each time', () => {
    const mine = {
      ...emergency,
      state: 'accepted' as const,
      acceptedBy: { id: 'me', name: 'Johan' },
    };
    const handedAt = (now: number) =>
      now < 2_000 ? [] : [{ alert: mine, seq: now < 20_000 ? 5 : 9 }];
    expect(listen(40_000, () => [mine], false, handedAt)).toEqual([
      '2000 emergency',
      '20000 emergency',
    ]);
  });

  test('sounds once for what can wait', () => {
    expect(listen(60_000, () => [low])).toEqual(['0 low']);
  });

  test('plays the loudest of several', () => {
    expect(listen(0, () => [low, emergency, high])).toEqual(['0 emergency']);
  });

  test('is soft for a test, whatever its severity', () => {
    expect(listen(30_000, () => [{ ...emergency, isTest: true }])).toEqual(['0 low']);
  });

  test('has a sound of its own for a picture that is old', () => {
    expect(listen(10_000, () => [], true)).toEqual(['0 stale', '10000 stale']);
  });

  test('is silent when nobody waits', () => {
    expect(listen(30_000, () => [{ ...high, state: 'on-site' }])).toEqual([]);
  });

  test('is silent for what waits for another alert, and sounds at once when it asks again', () => {
    const waiting = { ...high, inhibitedBy: { id: 'e', title: null } };
    expect(listen(30_000, () => [waiting])).toEqual([]);
    const returned = (now: number) => [now < 1_000 || now >= 2_000 ? high : waiting];
    expect(listen(2_000, returned)).toEqual(['0 high', '2000 high']);
  });

  test('never leaves an unanswered emergency silent for longer than six seconds, whatever else calls', () => {
    const calls = fc.array(fc.tuple(fc.constantFrom(...severities), fc.nat({ max: 20_000 })));
    fc.assert(
      fc.property(calls, (others) => {
        const alertsAt = (now: number) => [
          emergency,
          ...others
            .filter(([severity, from]) => severity !== 'emergency' && from <= now)
            .map(([severity], index) => anAlert({ id: `other-${index}`, severity })),
        ];
        const times = listen(20_000, alertsAt)
          .filter((line) => line.endsWith('emergency'))
          .map((line) => Number.parseInt(line, 10));
        expect(times).toEqual([0, 6_000, 12_000, 18_000]);
      }),
    );
  });
});

test('technical alerts are heard only by those who tend the equipment', () => {
  const battery = anAlert({ queue: 'technical', severity: 'technical' });
  expect([isHeardBy(battery, false), isHeardBy(battery, true), isHeardBy(high, false)]).toEqual([
    false,
    true,
    true,
  ]);
});

test('bursts have as many pulses as IEC 60601-1-8 gives their priority', () => {
  expect(
    [patterns.emergency, patterns.high, patterns.medium, patterns.low].map((p) => p.length),
  ).toEqual([10, 3, 2, 1]);
});
