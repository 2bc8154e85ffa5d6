import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { isEventType } from '../../gateway/protocol/catalogue.ts';
import { profiles, type ProfileId } from '../../gateway/protocol/profile.ts';
import type { DeviceEvent } from '../../simulators/device.ts';
import { startDevice } from '../../simulators/device/running-device.ts';
import { createDice } from '../../simulators/dice.ts';
import { senses, type Happening, type What } from '../../simulators/happening.ts';

const profileIds = Object.keys(profiles) as ProfileId[];
const night = Date.UTC(2026, 0, 15, 1);
const minute = 60_000;

function start(profile: ProfileId, seed = 'seed') {
  const { placement } = profiles[profile];
  const identity = { id: 'd', profile, placement, timeZone: 'Europe/Stockholm', run: 'run' };
  return startDevice(identity, createDice(seed));
}

function tell(profile: ProfileId, ...story: [number, Happening][]): string[] {
  const device = start(profile);
  device.tick(night);
  return story.flatMap(([at, happening]) => device.feel(at, happening)).map(({ type }) => type);
}

/** Lives through the happenings, one a minute, and lets the device speak by itself in between. */
function live(profile: ProfileId, happenings: readonly Happening[], seed: string): DeviceEvent[] {
  const device = start(profile, seed);
  const events = device.tick(night);
  for (const [index, happening] of happenings.entries()) {
    const at = night + (index + 1) * minute;
    for (let due = device.dueAt(); due < at; due = device.dueAt()) {
      events.push(...device.tick(Math.max(due, night)));
    }
    events.push(...device.feel(at, happening));
  }
  return events;
}

const anyHappening = fc.constantFrom(...(Object.keys(senses) as What[])).map((what) => ({ what }));
const anyStory = fc.array(anyHappening, { maxLength: 60 });
const anyProfile = fc.constantFrom(...profileIds);

describe('a virtual device', () => {
  test('says the same for the same state, time and dice', () => {
    fc.assert(
      fc.property(anyProfile, anyStory, fc.string(), (profile, story, seed) => {
        expect(live(profile, story, seed)).toEqual(live(profile, story, seed));
      }),
    );
  });

  test('that meters tells of a kettle now and then when somebody comes in, and is at rest between', () => {
    const comings = Array.from({ length: 600 }, (): Happening => ({ what: 'movement' }));
    const told = live('plug', comings, 'kettle').filter(({ type }) => type === 'power.measured');
    const watts = told.map(({ data }) => Number(data?.['watts']));
    const boils = watts.filter((one) => one > 1_000);
    expect(boils.length).toBeGreaterThan(2);
    expect(boils.length).toBeLessThan(9);
    expect(watts.filter((one) => one === 1.2).length).toBeGreaterThan(15);
    expect(watts.at(0)).toBe(1.2);
    for (const [index, one] of watts.entries()) if (one > 1_000) expect(watts[index + 1]).toBe(1.2);
  });

  test('never uses an event id twice', () => {
    fc.assert(
      fc.property(anyProfile, anyStory, fc.string(), (profile, story, seed) => {
        const ids = live(profile, story, seed).map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  test('says only what its profile can say, its heartbeat and its signal', () => {
    fc.assert(
      fc.property(anyProfile, anyStory, (profile, story) => {
        for (const { type } of live(profile, story, 'seed')) {
          expect(isEventType(type)).toBe(true);
          const able = [...profiles[profile].capabilities, 'device.heartbeat', 'link.measured'];
          expect(able).toContain(type);
        }
      }),
    );
  });

  test('beats as often as its profile promises', () => {
    for (const profile of profileIds) {
      const { heartbeatMs } = profiles[profile];
      const device = start(profile);
      const beats: number[] = [];
      for (let at = night; at < night + 48 * 60 * minute; at = device.dueAt()) {
        for (const event of device.tick(at)) {
          if (event.type === 'device.heartbeat') beats.push(event.at);
        }
      }
      const gaps = beats.slice(1).map((at, index) => at - (beats[index] ?? 0));
      expect(new Set(gaps)).toEqual(new Set(heartbeatMs === null ? [] : [heartbeatMs]));
    }
  });

  test('says nothing when it is dead', () => {
    const device = start('call-button');
    device.tick(night);
    device.feel(night, { what: 'death' });
    expect(device.feel(night + minute, { what: 'help-press' })).toEqual([]);
    expect(device.dueAt()).toBe(Infinity);
  });

  test('reports a battery that falls, as whole percents, and how well it is heard', () => {
    const device = start('smoke-detector');
    device.tick(night);
    expect(device.feel(night + 1, { what: 'battery', value: 7.4 })).toMatchObject([
      { type: 'battery.measured', data: { percent: 7 } },
      { type: 'link.measured', data: { rssiDbm: expect.closeTo(-65, -2) } },
    ]);
  });
});

describe('each kind of device', () => {
  test('a call button tells help from a trial', () => {
    expect(tell('call-button', [night, { what: 'help-press' }])).toEqual(['help.pressed']);
    expect(tell('call-button', [night, { what: 'test-press' }])).toEqual(['test.pressed']);
    expect(tell('tag-reader', [night, { what: 'staff-arrival' }])).toEqual(['test.pressed']);
  });

  test('a door cannot open twice without closing', () => {
    const story = tell(
      'door-contact',
      [night, { what: 'door-open' }],
      [night + 1, { what: 'door-open' }],
      [night + 2, { what: 'door-close' }],
      [night + 3, { what: 'door-close' }],
    );
    expect(story).toEqual(['door.opened', 'door.closed']);
  });

  test('a motion sensor hears only its own room', () => {
    expect(tell('motion-sensor', [night, { what: 'movement', where: 'kitchen' }])).toEqual([]);
    expect(tell('motion-sensor', [night, { what: 'movement', where: 'hall' }])).toEqual([
      'motion.detected',
    ]);
  });

  test('a motion sensor says that movement ended when none was seen for a while', () => {
    const device = start('motion-sensor');
    device.tick(night);
    device.feel(night, { what: 'movement' });
    expect(device.feel(night + minute, { what: 'movement' })).toEqual([]);
    expect(device.tick(night + 2 * minute)).toEqual([]);
    expect(device.tick(night + 3 * minute)).toMatchObject([{ type: 'motion.cleared' }]);
  });

  test('a bed sensor that is switched on says that someone lies there', () => {
    const story = tell('bed-sensor', [night, { what: 'bed-enter' }], [night, { what: 'power-on' }]);
    expect(story.filter((type) => type !== 'device.heartbeat')).toEqual([
      'bed.entered',
      'bed.entered',
    ]);
  });

  test('a night camera looks away by day', () => {
    const story: [number, Happening][] = [
      [night, { what: 'bed-enter' }],
      [night + minute, { what: 'bed-leave' }],
      [night + 2 * minute, { what: 'room-leave', where: 'bedroom' }],
    ];
    const byDay = story.map(([at, what]): [number, Happening] => [at + 11 * 60 * minute, what]);
    expect(tell('night-camera', ...story)).toEqual(['person.out-of-bed', 'person.left-room']);
    expect(tell('night-camera', ...byDay)).not.toContain('person.out-of-bed');
  });

  test.each(['smoke', 'co', 'water'] as const)(
    'a %s detector alarms once until clear',
    (hazard) => {
      const story = tell(
        `${hazard}-detector`,
        [night, { what: `${hazard}-start` }],
        [night + 1, { what: `${hazard}-start` }],
        [night + 2, { what: `${hazard}-end` }],
      );
      expect(story).toEqual([`${hazard}.detected`, `${hazard}.cleared`]);
    },
  );

  test('a thermometer measures a plausible room, and a shift of it', () => {
    const device = start('thermometer');
    const celsius = (events: DeviceEvent[]) =>
      events.find(({ type }) => type === 'temperature.measured')?.data?.['celsius'];
    expect(celsius(device.tick(night))).toBeGreaterThan(18);
    device.feel(night + 1, { what: 'temperature-shift', value: -12 });
    expect(celsius(device.tick(night + 2))).toBeLessThan(12);
  });
});
