import { describe, expect, test } from 'vitest';

import { WireEvent } from '../../gateway/protocol/event.ts';
import { eventsTopic } from '../../gateway/protocol/topic.ts';
import type { Publish, Sending } from '../../simulators/misbehave.ts';
import { Misbehaviour } from '../../simulators/misbehaviour.ts';
import { sendings } from '../../simulators/play.ts';
import { readScenario } from '../../simulators/scenario.ts';
import { sampleFleet } from './sample-fleet.ts';

const startAt = Date.UTC(2026, 2, 10, 12);
const { homes } = sampleFleet(2);

function play(misbehaviour: Partial<Misbehaviour>): Sending[] {
  const scenario = {
    ...readScenario('dying-battery'),
    misbehaviour: Misbehaviour.parse(misbehaviour),
  };
  return [...sendings(homes, { scenario, seed: 'seed', startAt })];
}

function publishes(misbehaviour: Partial<Misbehaviour>): Publish[] {
  return play(misbehaviour).filter((each) => each.kind === 'publish');
}

const good = publishes({});
const wire = ({ payload }: Publish) => WireEvent.parse(JSON.parse(String(payload)));
const key = (publish: Publish) => `${publish.deviceId} ${wire(publish).id.split('-').at(-1)}`;
const byDevice = (all: readonly Publish[]) => Object.groupBy(all, ({ deviceId }) => deviceId);
const rubbish = (all: readonly Publish[]) => all.filter(({ isEvent }) => !isEvent);

function isReadable(payload: string): boolean {
  try {
    return WireEvent.safeParse(JSON.parse(payload)).success;
  } catch {
    return false;
  }
}

describe('devices that behave', () => {
  test('send each event once, in order of time, under their own name', () => {
    expect(new Set(good.map(key)).size).toBe(good.length);
    expect(rubbish(good)).toEqual([]);
    for (const publish of good) {
      expect(publish.topic).toBe(eventsTopic(publish.deviceId));
      expect(wire(publish).time).toBe(new Date(publish.at).toISOString());
    }
  });
});

describe('devices that misbehave', () => {
  test('send some events again with the same id, and lose none', () => {
    const all = publishes({ duplicates: 0.5 });
    expect(new Set(all.map(key))).toEqual(new Set(good.map(key)));
    expect(all.length).toBeGreaterThan(good.length * 1.3);
    for (const again of Object.values(Object.groupBy(all, key))) {
      expect(new Set((again ?? []).map(({ payload }) => payload)).size).toBe(1);
    }
  });

  test('overtake each other, but never themselves', () => {
    const all = publishes({ reorderMs: 120_000 });
    expect(all.map(key)).not.toEqual(good.map(key));
    for (const [deviceId, own] of Object.entries(byDevice(all))) {
      expect((own ?? []).map(key)).toEqual((byDevice(good)[deviceId] ?? []).map(key));
    }
    expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).toSorted((a, b) => a - b));
  });

  test('have each a clock that is wrong by an amount of its own', () => {
    const skews = publishes({ skewMs: 600_000 }).map(
      (publish) => [publish.deviceId, Date.parse(String(wire(publish).time)) - publish.at] as const,
    );
    const perDevice = new Map(skews);
    expect(skews.every(([deviceId, skew]) => perDevice.get(deviceId) === skew)).toBe(true);
    expect(new Set(perDevice.values()).size).toBeGreaterThan(3);
    expect(Math.max(...skews.map(([, skew]) => Math.abs(skew)))).toBeLessThanOrEqual(600_000);
  });

  test('leave out the time', () => {
    const without = publishes({ withoutTime: 0.5 }).filter(
      (publish) => wire(publish).time === undefined,
    );
    expect(without.length).toBeGreaterThan(good.length * 0.3);
    expect(without.length).toBeLessThan(good.length * 0.7);
  });

  test('send rubbish that is no event', () => {
    const sent = rubbish(publishes({ garbage: 0.3 }));
    expect(sent.length).toBeGreaterThan(10);
    expect(sent.filter(({ payload }) => isReadable(String(payload)))).toEqual([]);
  });

  test('send payloads that are too large', () => {
    const sent = rubbish(publishes({ oversized: 0.2, oversizedBytes: 300_000 }));
    expect(sent.length).toBeGreaterThan(10);
    expect(new Set(sent.map(({ payload }) => payload.length))).toEqual(new Set([300_000]));
  });

  test("publish under other devices' names", () => {
    const sent = rubbish(publishes({ foreignTopics: 0.2 }));
    expect(sent.length).toBeGreaterThan(10);
    for (const { topic, deviceId } of sent) expect(topic).not.toBe(eventsTopic(deviceId));
  });

  test('stop answering for a while', () => {
    const all = play({ halfOpen: 0.1, halfOpenMs: 60_000 });
    const frozen = all.filter(({ kind }) => kind === 'half-open');
    const thawed = all.filter(({ kind }) => kind === 'thaw');
    expect(frozen.length).toBeGreaterThan(5);
    expect(thawed.map(({ at }) => at)).toEqual(frozen.map(({ at }) => at + 60_000));
  });

  test('still send every good event, whatever else they do', () => {
    const all = publishes({ duplicates: 0.2, reorderMs: 5000, garbage: 0.2, foreignTopics: 0.2 });
    const kept = all.filter(({ isEvent }) => isEvent);
    expect(new Set(kept.map(key))).toEqual(new Set(good.map(key)));
  });
});
