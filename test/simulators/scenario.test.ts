import { describe, expect, test } from 'vitest';

import type { EventType } from '../../gateway/protocol/catalogue.ts';
import type { DeviceEvent } from '../../simulators/device.ts';
import type { Occurrence } from '../../simulators/home.ts';
import { occurrences, startOf } from '../../simulators/play.ts';
import { parseScenario, readScenario, scenarioNames } from '../../simulators/scenario.ts';
import { sampleFleet } from './sample-fleet.ts';

const timeZone = 'Europe/Stockholm';
const now = Date.UTC(2026, 1, 10, 12);
const minute = 60_000;
const hour = 60 * minute;

function* watch(name: string, homes: number, forMs = Infinity): Generator<Occurrence> {
  const scenario = readScenario(name);
  const fleet = sampleFleet(homes);
  const startAt = startOf(scenario, fleet.homes, now, 1000);
  for (const each of occurrences(fleet.homes, { scenario, seed: 'seed', startAt })) {
    if (each.at - startAt > forMs) return;
    yield each;
  }
}

function eventsOf(name: string, homes = 1, forMs = Infinity) {
  const startAt = startOf(readScenario(name), sampleFleet(homes).homes, now, 1000);
  return [...watch(name, homes, forMs)]
    .filter((each) => each.kind === 'event')
    .map(({ event, homeId, deviceId }) => ({
      ...event,
      homeId,
      deviceId,
      after: event.at - startAt,
      wall: wallOf(event),
    }));
}

function wallOf({ at }: DeviceEvent): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  return zoned.toPlainTime().toString({ smallestUnit: 'minute' });
}

const calls: EventType[] = [
  'help.pressed',
  'fall.detected',
  'smoke.detected',
  'water.detected',
  'co.detected',
];

describe('the scenarios', () => {
  test('are the promised ones, and all can be read', () => {
    expect(scenarioNames()).toEqual([
      'demo',
      'door-left-open',
      'dying-battery',
      'everyday',
      'fall-at-night',
      'flood',
      'hub-offline',
      'quiet-night',
      'wandering',
      'weeks',
    ]);
    for (const name of scenarioNames()) expect(readScenario(name).title.sv).not.toBe('');
  });

  test('refuse words they do not know', () => {
    const scenario = (extra: string) =>
      `{ title: { sv: a, en: a }, description: a, start: now, ${extra} }`;
    expect(parseScenario(scenario('duration: PT1H')).duration).toBe(hour);
    expect(() => parseScenario(scenario('duration: an hour'))).toThrow(/ISO 8601/);
    expect(() => parseScenario(scenario('script: [{ what: dance }]'))).toThrow(/what/);
    expect(() => parseScenario(scenario('script: [{ what: fall, aftr: PT1M }]'))).toThrow(/aftr/);
    expect(() => readScenario('../../package')).toThrow(/no scenario/);
  });

  test('tell the same for the same seed and start', () => {
    for (const name of scenarioNames()) {
      expect(eventsOf(name, 2, hour)).toEqual(eventsOf(name, 2, hour));
    }
  });

  test('keep a resident still for as long as they say', () => {
    const scenario = parseScenario(`
      title: { sv: Still, en: Still }
      description: Nobody moves between nine and seven.
      start: '06:00'
      duration: PT18H
      script: [{ at: '09:00', what: still, for: PT10H }]
    `);
    const { homes } = sampleFleet();
    const startAt = startOf(scenario, homes, now, 1000);
    const moved = [...occurrences(homes, { scenario, seed: 'seed', startAt })]
      .filter((each) => each.kind === 'event' && each.event.type === 'motion.detected')
      .map(({ at }) => (at - startAt) / hour);
    expect(moved.filter((after) => after > 3 && after < 13)).toEqual([]);
    expect(moved.some((after) => after < 3)).toBe(true);
    expect(moved.some((after) => after > 13)).toBe(true);
  });

  test('quiet-night calls for no help and opens no door', () => {
    const types = eventsOf('quiet-night', 5).map(({ type }) => type);
    expect(types).toContain('device.heartbeat');
    expect(types).not.toContain('door.opened');
    expect(types.filter((type) => calls.includes(type))).toEqual([]);
  });

  test('fall-at-night falls at 02:13 and nothing moves after that', () => {
    const events = eventsOf('fall-at-night');
    const fall = events.find(({ type }) => type === 'fall.detected');
    const after = events.filter(({ at }) => at > (fall?.at ?? 0)).map(({ type }) => type);
    expect(fall?.wall).toBe('02:13');
    expect(after).toContain('device.heartbeat');
    expect(after).not.toContain('motion.detected');
    expect(after).not.toContain('bed.entered');
  });

  test('door-left-open leaves the front door open for forty minutes', () => {
    const door = eventsOf('door-left-open').filter(({ type }) => type.startsWith('door.'));
    expect(door.map(({ type, wall }) => [type, wall])).toEqual([
      ['door.opened', '23:30'],
      ['door.closed', '00:10'],
    ]);
  });

  test('wandering moves about for an hour outside bed and goes out of the front door', () => {
    const events = eventsOf('wandering');
    const motions = events.filter(
      ({ type, wall }) => type === 'motion.detected' && wall >= '02:00' && wall < '03:00',
    );
    expect(motions.length).toBeGreaterThan(10);
    expect(events.filter(({ type, wall }) => type === 'bed.entered' && wall >= '02:00')).toEqual(
      [],
    );
    expect(events.filter(({ type }) => type.startsWith('door.')).at(-1)).toMatchObject({
      type: 'door.opened',
      wall: '03:00',
    });
  });

  test('dying-battery falls below ten percent, and then the button is silent', () => {
    const button = eventsOf('dying-battery').filter(({ deviceId }) => deviceId.endsWith('-button'));
    const percents = button
      .filter(({ type }) => type === 'battery.measured')
      .map(({ data }) => Number(data?.['percent']));
    expect(percents.slice(1)).toEqual([18, 12, 7, 3]);
    expect(button.at(-1)?.after).toBeLessThanOrEqual(2 * hour);
    expect(eventsOf('dying-battery').at(-1)?.after).toBeGreaterThan(3.5 * hour);
  });

  test('hub-offline cuts the home off for two hours, in which help is called for', () => {
    const all = [...watch('hub-offline', 1)];
    const network = all.filter((each) => each.kind === 'network');
    const [lost, back] = network.map(({ at }) => at);
    const help = all.find((each) => each.kind === 'event' && each.event.type === 'help.pressed');
    expect(network.map(({ isUp }) => isUp)).toEqual([false, true]);
    expect((back ?? 0) - (lost ?? 0)).toBe(2 * hour);
    expect(help?.at).toBeGreaterThan(lost ?? Infinity);
    expect(help?.at).toBeLessThan(back ?? 0);
  });

  test('flood calls for help at least five times in every home within a minute', () => {
    for (const events of Object.values(
      Object.groupBy(eventsOf('flood', 5), ({ homeId }) => homeId),
    )) {
      const urgent = (events ?? []).filter(({ type }) => calls.includes(type));
      expect(urgent.length).toBeGreaterThanOrEqual(5);
      expect(Math.max(...urgent.map(({ after }) => after))).toBeLessThanOrEqual(70_000);
    }
  });

  test('everyday lives in every home, day and night, without a call', () => {
    const events = eventsOf('everyday', 3);
    const types = new Set(events.map(({ type }) => type));
    expect(new Set(events.map(({ homeId }) => homeId)).size).toBe(3);
    expect(types.isSupersetOf(new Set(['bed.left', 'bed.entered', 'door.opened']))).toBe(true);
    expect(calls.filter((type) => types.has(type))).toEqual([]);
  });

  test('demo calls for help within twenty seconds and then every minute or two, in varied ways', () => {
    const events = eventsOf('demo', 4, 20 * minute);
    const urgent = events.filter(
      ({ type, deviceId }) =>
        [...calls, 'test.pressed'].includes(type) ||
        (type === 'door.opened' && deviceId.endsWith('-door')),
    );
    expect(urgent[0]?.after).toBeLessThan(20_000);
    expect(urgent.length).toBeGreaterThan(7);
    expect(urgent.length).toBeLessThan(25);
    expect(new Set(urgent.map(({ type }) => type)).size).toBeGreaterThan(3);
  });

  test('demo tells only the stories that its homes can, and never rests', () => {
    const scenario = readScenario('demo');
    const homes = sampleFleet().homes.map((home) => ({
      ...home,
      devices: home.devices.filter(({ profile }) => profile === 'call-button'),
    }));
    const presses: number[] = [];
    for (const each of occurrences(homes, { scenario, seed: 'seed', startAt: now })) {
      if (each.at > now + 20 * minute) break;
      if (each.kind === 'event' && each.event.type.endsWith('pressed')) presses.push(each.at - now);
    }
    const gaps = presses.slice(1).map((at, index) => at - (presses[index] ?? 0));
    expect(presses.length).toBeGreaterThan(8);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2 * minute);
  });
});
