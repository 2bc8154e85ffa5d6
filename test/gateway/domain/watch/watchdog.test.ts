import { describe, expect, test } from 'vitest';

import { watchIds } from '../../../../gateway/domain/watch/condition.ts';
import { watchEndpoints } from '../../../../gateway/domain/watch/endpoint-off.ts';
import { watchExternalBroker } from '../../../../gateway/domain/watch/external-broker.ts';
import { watchFloods } from '../../../../gateway/domain/watch/flood.ts';
import { watchHistory } from '../../../../gateway/domain/watch/history-behind.ts';
import { watchHolds } from '../../../../gateway/domain/watch/hold-end.ts';
import { watchClock, watchDisk, watchSweep } from '../../../../gateway/domain/watch/host.ts';
import { watchScreens } from '../../../../gateway/domain/watch/no-screen.ts';
import { isOutboxMoving, watchOutbox } from '../../../../gateway/domain/watch/outbox.ts';
import type { Picture, Watchdog } from '../../../../gateway/domain/watch/picture.ts';
import { watchStaffing } from '../../../../gateway/domain/watch/staffing.ts';
import { watchRules } from '../../../../gateway/domain/watch/unusable-rule.ts';
import { openWatchdogs } from '../../../../gateway/domain/watch/watchdog-list.ts';
import type { PolicyInput } from '../../../../gateway/protocol/duty/policy.ts';
import { arranged, homeOf, hour, minute, needsOf, noon, picture, second, unit } from './picture.ts';

test('every watch but that over the homes has its watchdog', () => {
  const watched = openWatchdogs().flatMap(({ ids }) => ids);
  expect(new Set([...watched, 'homes-unreachable'])).toEqual(new Set(watchIds));
});

test('finds nothing wrong where nothing is', () => {
  const quiet = picture({
    arrangements: arranged([unit('dag', { duty: 'always' })]),
    screens: [{ userId: 'astrid', municipalityId: 'norr', role: 'carer', units: ['dag'] }],
  });
  for (const { look } of openWatchdogs()) expect(look(quiet)).toEqual([]);
});

describe('staffing', () => {
  const duty = {
    id: 'd1',
    municipalityId: 'norr',
    personId: 'astrid',
    unitId: 'dag',
    from: noon - hour,
    until: noon + 30 * minute,
    byId: 'astrid',
  };

  test('says that nobody is on duty in a unit that answers for homes now', () => {
    expect(watchStaffing().look(picture())).toMatchObject([
      { municipalityId: 'norr', unitId: 'dag', need: 'nobody-on-duty/dag', since: noon },
    ]);
  });

  test('says within the hour before that nobody will be', () => {
    const arrangements = arranged([unit('dag')], { duties: [duty] });
    expect(watchStaffing().look(picture({ arrangements }))).toMatchObject([
      { need: 'nobody-soon/dag', since: noon + 30 * minute },
    ]);
    const longer = { ...duty, until: noon + 61 * minute };
    const covered = arranged([unit('dag')], { duties: [longer] });
    expect(needsOf(watchStaffing(), { arrangements: covered })).toEqual([]);
  });

  test('says nothing of a unit that answers for no home, or whose carers always are on duty', () => {
    const arrangements = arranged([unit('dag', { duty: 'always' }), unit('natt')]);
    expect(needsOf(watchStaffing(), { arrangements })).toEqual([]);
  });
});

describe('screens', () => {
  const screen = (units: readonly string[] | 'all', role: 'carer' | 'technician' = 'carer') => ({
    userId: 'astrid',
    municipalityId: 'norr',
    role,
    units,
  });
  const carer = (pushes: number) => ({
    id: 'astrid',
    municipalityId: 'norr',
    role: 'carer' as const,
    units: ['dag'],
    pushes,
  });
  /** One carer at work in a unit, with so many browsers that are pushed to. */
  const manned = (pushes = 0, duty: 'always' | 'check-in' = 'check-in') =>
    arranged([unit('dag', { duty }), unit('natt')], {
      people: new Map([['astrid', carer(pushes)]]),
      duties: duty === 'always' ? [] : [shift],
    });
  const shift = {
    id: 'd1',
    municipalityId: 'norr',
    personId: 'astrid',
    unitId: 'dag',
    from: noon - hour,
    until: noon + 8 * hour,
    byId: 'astrid',
  };
  const looks = (dog: Watchdog, some: Partial<Picture> = {}) =>
    needsOf(dog, { arrangements: manned(), ...some });

  test('are missed after two minutes without one for a unit that answers', () => {
    const dog = watchScreens();
    expect(looks(dog, { at: noon, screens: [screen(['dag'])] })).toEqual([]);
    expect(looks(dog, { at: noon + 10 * second })).toEqual([]);
    expect(looks(dog, { at: noon + 129 * second })).toEqual([]);
    expect(looks(dog, { at: noon + 130 * second })).toEqual(['no-screen/dag']);
    expect(looks(dog, { at: noon + 140 * second, screens: [screen('all')] })).toEqual([]);
  });

  test('of others do not count: another unit, another role', () => {
    const dog = watchScreens();
    const screens = [screen(['natt']), screen('all', 'technician')];
    looks(dog, { screens });
    expect(looks(dog, { at: noon + 2 * minute, screens })).toEqual(['no-screen/dag']);
  });

  test('have two minutes to connect to a gateway that has just started', () => {
    const dog = watchScreens();
    const startedAt = noon - 10 * second;
    expect(looks(dog, { startedAt })).toBeNull();
    expect(looks(dog, { startedAt, at: noon + minute })).toBeNull();
    expect(looks(dog, { startedAt, at: noon + 2 * minute })).toEqual(['no-screen/dag']);
  });

  test('are not missed where somebody at work has the phone in the pocket, with push on', () => {
    for (const duty of ['always', 'check-in'] as const) {
      for (const [pushes, found] of [
        [0, ['no-screen/dag']],
        [1, []],
      ] as const) {
        const dog = watchScreens();
        const arrangements = manned(pushes, duty);
        needsOf(dog, { arrangements });
        expect(needsOf(dog, { arrangements, at: noon + 2 * minute })).toEqual(found);
      }
    }
  });

  test('are missed where only those who are not at work have push on', () => {
    const dog = watchScreens();
    const free = { ...carer(1), id: 'bo' };
    const one = manned();
    const arrangements = { ...one, people: new Map([...one.people, ['bo', free]]) };
    needsOf(dog, { arrangements });
    expect(needsOf(dog, { arrangements, at: noon + 2 * minute })).toEqual(['no-screen/dag']);
  });

  test('are not missed besides where nobody is on duty: that is said already', () => {
    const dog = watchScreens();
    const arrangements = arranged([unit('dag')]);
    needsOf(dog, { arrangements });
    expect(needsOf(dog, { arrangements, at: noon + hour })).toEqual([]);
    expect(needsOf(watchStaffing(), { arrangements })).toEqual(['nobody-on-duty/dag']);
  });

  test('are not asked of an alarm centre, nor of a unit without homes', () => {
    const arrangements = arranged([unit('dag', { kind: 'alarm-centre' }), unit('natt')]);
    const dog = watchScreens();
    needsOf(dog, { arrangements });
    expect(needsOf(dog, { arrangements, at: noon + hour })).toEqual([]);
  });
});

describe('the outbox', () => {
  const channel = {
    municipalityId: 'norr',
    channel: 'email' as const,
    waiting: 1,
    oldestAt: noon,
    dueAt: noon,
    failed: 0,
    delivered: 0,
    failedAtOne: 0,
    lastFailure: null,
  };

  test('is stuck when something has waited for more than five minutes, each channel by itself', () => {
    const outbox = [channel, { ...channel, channel: 'push' as const, oldestAt: noon + minute }];
    expect(needsOf(watchOutbox(), { outbox, at: noon + 5 * minute })).toEqual([]);
    expect(needsOf(watchOutbox(), { outbox, at: noon + 5 * minute + 1 })).toEqual([
      'outbox-stuck/email',
    ]);
  });

  test('has a failing channel when three have failed and more than arrived', () => {
    const failing = (failed: number, delivered: number) =>
      needsOf(watchOutbox(), { outbox: [{ ...channel, oldestAt: null, failed, delivered }] });
    expect(failing(2, 0)).toEqual([]);
    expect(failing(3, 0)).toEqual(['channel-failing/email']);
    expect(failing(3, 3)).toEqual([]);
  });

  test('has a failing channel when one alarm centre is not reached, however well others are', () => {
    const failing = (of: 'webhook' | 'push', failedAtOne: number) =>
      needsOf(watchOutbox(), {
        outbox: [
          { ...channel, channel: of, oldestAt: null, failed: 3, delivered: 90, failedAtOne },
        ],
      });
    expect(failing('webhook', 2)).toEqual([]);
    expect(failing('webhook', 3)).toEqual(['channel-failing/webhook']);
    expect(failing('push', 3)).toEqual([]);
  });

  test('moves while a receiver is tried again, and not when nothing is sent at all', () => {
    const hook = { ...channel, channel: 'webhook' as const };
    const at = noon + 40 * minute;
    expect(isOutboxMoving([{ ...hook, dueAt: at - 5 * minute }], at)).toBe(true);
    expect(isOutboxMoving([{ ...hook, dueAt: at - 5 * minute - 1 }], at)).toBe(false);
  });

  test('moves while somebody is reached by e-mail, and not when nobody has been for long', () => {
    const late = { ...channel, dueAt: noon + hour };
    const well = { ...late, municipalityId: 'sor', oldestAt: null, dueAt: null, delivered: 1 };
    expect(isOutboxMoving([late], noon + 15 * minute)).toBe(true);
    expect(isOutboxMoving([late], noon + 15 * minute + 1)).toBe(false);
    expect(isOutboxMoving([late, well], noon + 40 * minute)).toBe(true);
  });
});

describe('a webhook that is turned off', () => {
  const centre = unit('central', { kind: 'alarm-centre', duty: 'always', endpointId: 'hook' });
  const hook = { id: 'hook', municipalityId: 'norr', name: 'Larmcentralen' };

  test('is told of while an alarm centre is reached there, and no longer', () => {
    const off = arranged([centre]);
    const on = arranged([centre], { endpoints: new Map([['hook', hook]]) });
    const dogs = openWatchdogs();
    const found = (arrangements: typeof on) =>
      dogs.flatMap((dog) => needsOf(dog, { arrangements, homes: [] }) ?? []);
    expect(found(on)).toEqual([]);
    expect(found(off)).toEqual(['channel-failing/webhook/hook']);
    expect(found(arranged([]))).toEqual([]);
  });

  test('is told of while a policy asks it', () => {
    const one = arranged([]);
    const step = { asks: [{ who: 'webhook' as const, endpointId: 'hook' }], waitSeconds: 60 };
    const policy: PolicyInput = {
      id: 'natt',
      title: 'Natt',
      severities: ['emergency'],
      steps: [{ ...step, channels: ['screen'] }],
      arrivalMinutes: 20,
      reminderMinutes: 30,
    };
    const municipalities = new Map([['norr', { ...norr(), policies: [policy] }]]);
    const arrangements = { ...one, municipalities };
    expect(watchEndpoints().look(picture({ arrangements }))).toMatchObject([
      { municipalityId: 'norr', need: 'channel-failing/webhook/hook', since: noon },
    ]);
  });
});

describe('the host', () => {
  test('is behind when the sweep is late, and for five minutes after', () => {
    const dog = watchSweep();
    expect(needsOf(dog, { sweepGapMs: 30_000 })).toEqual([]);
    expect(needsOf(dog, { at: noon, sweepGapMs: 30_001 })).toEqual(['sweep-late']);
    expect(needsOf(dog, { at: noon + 4 * minute })).toEqual(['sweep-late']);
    expect(needsOf(dog, { at: noon + 5 * minute })).toEqual([]);
  });

  test('is said to every municipality', () => {
    const both = new Map([...arranged([]).municipalities, ['syd', { ...norr(), id: 'syd' }]]);
    const arrangements = arranged([], { municipalities: both });
    const found = watchSweep().look(picture({ arrangements, sweepGapMs: minute }));
    expect(found?.map(({ municipalityId }) => municipalityId)).toEqual(['norr', 'syd']);
  });

  test.each([
    ['a tenth of the disk is left', 9.9e9, 100e9, ['disk-nearly-full']],
    ['enough is left', 10.1e9, 100e9, []],
    ['half a gigabyte is left of a small one', 0.49e9, 1e9, ['disk-nearly-full']],
  ])('has its disk judged: %s', (_, freeBytes, totalBytes, expected) => {
    expect(needsOf(watchDisk(), { disk: { freeBytes, totalBytes } })).toEqual(expected);
  });

  test('cannot tell of a disk that it cannot ask', () => {
    expect(needsOf(watchDisk(), { disk: null })).toBeNull();
  });

  test.each([-31_000, 31_000])('has a clock that was set by %d ms', (jump) => {
    const dog = watchClock();
    expect(needsOf(dog, { clockAheadMs: 5_000 })).toEqual([]);
    expect(needsOf(dog, { at: noon, clockAheadMs: 5_000 + jump })).toEqual(['clock-jumped']);
    expect(needsOf(dog, { at: noon + 14 * minute, clockAheadMs: 5_000 + jump })).toHaveLength(1);
    expect(needsOf(dog, { at: noon + 15 * minute, clockAheadMs: 5_000 + jump })).toEqual([]);
  });

  test('may have a clock that NTP draws slowly', () => {
    const dog = watchClock();
    for (let ahead = 0; ahead < 10 * minute; ahead += 20 * second) {
      expect(needsOf(dog, { clockAheadMs: ahead })).toEqual([]);
    }
  });
});

describe('what holds alerts back', () => {
  const pause = {
    id: 'h1',
    kind: 'pause' as const,
    municipalityId: 'norr',
    homeId: 'home-of-dag',
    matchers: null,
    from: noon - 24 * hour,
    until: noon + 2 * hour,
    reason: 'hospital',
    byId: 'astrid',
  };
  const heldBy = (some: Partial<typeof pause> | { kind: 'test' | 'silence' }, at = noon) =>
    needsOf(watchHolds(), {
      at,
      arrangements: arranged([], { holds: [{ ...pause, ...some }] }),
      homes: [homeOf('dag')],
    });

  test('is told of two hours before a pause ends, and no longer once it has', () => {
    expect(heldBy({}, noon - 1)).toEqual([]);
    expect(heldBy({})).toEqual(['hold-ends-soon/h1']);
    expect(heldBy({}, noon + 2 * hour)).toEqual([]);
  });

  test('is told of ten minutes before test mode ends', () => {
    expect(heldBy({ kind: 'test' }, noon + 109 * minute)).toEqual([]);
    expect(heldBy({ kind: 'test' }, noon + 110 * minute)).toHaveLength(1);
  });

  test('is told of a device on trial as an installation that is not signed', () => {
    const trial = { ...pause, kind: 'test' as const, matchers: { deviceIds: ['knapp'] } };
    const conditions = watchHolds().look(
      picture({
        at: noon + 110 * minute,
        arrangements: arranged([], { holds: [trial] }),
        homes: [homeOf('dag')],
      }),
    );
    const titles = conditions?.map(({ rule }) => rule.title.en);
    expect(titles).toEqual([expect.stringMatching(/^The installation in .* is not signed$/)]);
  });

  test('is not told of when it was never long, or is a silence', () => {
    expect(heldBy({ from: noon })).toEqual([]);
    expect(heldBy({ kind: 'silence' })).toEqual([]);
  });
});

test('a rule that cannot be used is told once, however many homes it concerns', () => {
  const unusable = (homeId: string | null) => ({ municipalityId: 'norr', ruleId: 'fall', homeId });
  const dog = watchRules();
  expect(needsOf(dog, { unusableRules: [unusable('a'), unusable('b')] })).toEqual([
    'rule-unusable/fall',
  ]);
  expect(needsOf(dog, { unusableRules: [] })).toEqual([]);
});

test('a broker of the municipality’s own may be restarted, and what it forgot is told for a while', () => {
  const dog = watchExternalBroker();
  const at = noon;
  const broker = { isConnected: false, since: at, forgotAt: null };
  expect(needsOf(dog, { at, externalBroker: null })).toEqual([]);
  const away = (ms: number) => needsOf(dog, { at: at + ms, externalBroker: broker });
  expect(away(2 * minute - 1)).toEqual([]);
  expect(away(2 * minute)).toEqual(['broker-unreachable']);
  const back = { isConnected: true, since: at, forgotAt: at };
  const after = (ms: number) => needsOf(dog, { at: at + ms, externalBroker: back });
  expect(after(15 * minute - 1)).toEqual(['broker-forgot']);
  expect(after(15 * minute)).toEqual([]);
});

describe('history that is not written', () => {
  const lagMs = 15 * minute;
  const looking = () => {
    const dog = watchHistory();
    return (ms: number, waitedMs: number | null) => {
      const at = noon + ms;
      const waitingSince = waitedMs === null ? null : at - waitedMs;
      const sinks = [{ name: 'embedded' as const, waitingSince }];
      return needsOf(dog, { at, history: { sinks, lagMs } });
    };
  };

  test('is told of when it has been behind for so long, until it is written again', () => {
    const look = looking();
    expect(look(0, null)).toEqual([]);
    expect(look(lagMs, lagMs)).toEqual([]);
    expect(look(lagMs + minute, lagMs + minute)).toEqual(['history-behind/embedded']);
    expect(look(lagMs + 2 * minute, lagMs - minute)).toEqual([]);
    expect(look(2 * lagMs, null)).toEqual([]);
  });

  test('is told of when it falls behind slowly, also with dips between', () => {
    const look = looking();
    const lags = Array.from({ length: 40 }, (_, turn) => turn * minute - (turn % 2) * 30_000);
    const told = lags.map((waited, turn) => look(turn * minute * 2, waited)?.length ?? 0);
    expect(told.slice(0, 16)).toEqual(Array.from({ length: 16 }, () => 0));
    expect(told.slice(17)).toEqual(Array.from({ length: 23 }, () => 1));
  });

  test('is left alone while it catches up, however old the log is', () => {
    const look = looking();
    for (let passed = 0; passed < 10; passed += 1) {
      expect(look(passed * lagMs, (100 - passed) * lagMs)).toEqual([]);
    }
    expect(look(11 * lagMs, 91 * lagMs)).toEqual(['history-behind/embedded']);
  });
});

test('a flood is more than ten alerts in ten minutes, and is over below five', () => {
  const dog = watchFloods();
  const of = (count: number) => needsOf(dog, { raised: [{ unitId: 'dag', count }] });
  expect(of(10)).toEqual([]);
  expect(of(11)).toEqual(['alert-flood/dag']);
  expect(of(5)).toEqual(['alert-flood/dag']);
  expect(of(4)).toEqual([]);
  expect(of(10)).toEqual([]);
});

function norr() {
  const [file] = arranged([]).municipalities.values();
  if (file === undefined) throw new Error('There is no municipality.');
  return file;
}
