import fc from 'fast-check';
import { expect } from 'vitest';

import type { Dialect, Interpretation, Json } from '../../../gateway/domain/dialect.ts';
import { catalogue } from '../../../gateway/protocol/catalogue.ts';
import { DeviceProfile } from '../../../gateway/protocol/device/device-profile.ts';

export const noon = Date.UTC(2026, 10, 22, 12);

export type Body = string | Uint8Array | object;

/** One hub speaking a dialect: what it says is remembered from one message to the next, as in the store. */
export function conversation(dialect: Dialect, kept = new Map<string, Json>()) {
  let now = noon;
  const say = (topic: string, body: Body): Interpretation => {
    expect(dialect.speaks(topic)).toBe(true);
    const said = { topic, payload: bytes(body), receivedAt: now, timeZone: 'Europe/Stockholm' };
    const interpretation = dialect.read(said, { get: (key) => kept.get(key) });
    for (const [key, value] of interpretation.remember ?? []) {
      if (value === null) kept.delete(key);
      else kept.set(key, JSON.parse(JSON.stringify(value)) as Json);
    }
    return interpretation;
  };
  return {
    say,
    kept,
    /** What is told, as `source type`. */
    told: (topic: string, body: Body): readonly string[] =>
      say(topic, body).readings.map(({ source, type }) => `${source} ${type}`),
    /** What is told, by type alone. */
    types: (topic: string, body: Body): readonly string[] =>
      say(topic, body).readings.map(({ type }) => type),
    wait: (ms: number) => {
      now += ms;
    },
  };
}

export function bytes(body: Body): Uint8Array {
  if (body instanceof Uint8Array) return body;
  return new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
}

/** What must hold for all that a dialect makes of a message, whatever it was. */
export function expectSound({ readings, found = [], notUnderstood = [] }: Interpretation): void {
  for (const { type, data, source = '' } of readings) {
    expect(catalogue[type].data.safeParse(data).success).toBe(true);
    expect(source.length).toBeLessThanOrEqual(160);
  }
  for (const { profile, address } of found) {
    if (profile !== null) DeviceProfile.parse(profile);
    expect(address.length).toBeGreaterThan(0);
  }
  for (const { what, example } of notUnderstood) {
    expect(what.length).toBeLessThanOrEqual(100);
    expect(example.length).toBeLessThanOrEqual(200);
  }
}

/** Payloads that nobody should send: no UTF-8, no JSON, wrong shapes, and names that every object has. */
export const anyBody: fc.Arbitrary<Body> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.string({ maxLength: 60 }),
  fc.json({ maxDepth: 4 }),
  fc.constantFrom(
    '',
    '[]',
    'null',
    '\ufeff{}',
    '{"__proto__":{"a":1},"constructor":1}',
    '{"Time":{},"toString":[]}',
  ),
);

/** Whatever is in memory, as an earlier release or a fault may have left it. */
export const anyMemory: fc.Arbitrary<Json> = fc
  .oneof(fc.jsonValue({ maxDepth: 3 }), fc.constant([{ role: {} }]), fc.constant({ parts: 1 }))
  .map((value) => value as Json);

/** Says the same strange things with and without a corrupt memory: nothing throws, and all that is told is sound. */
export function expectTotal(
  dialect: Dialect,
  topics: readonly string[],
  likely: fc.Arbitrary<Body>,
): void {
  const message = fc.tuple(fc.constantFrom(...topics), fc.oneof(likely, likely, anyBody));
  fc.assert(
    fc.property(fc.array(message, { maxLength: 8 }), fc.option(anyMemory), (messages, corrupt) => {
      const hub = conversation(dialect);
      for (const [topic, body] of messages) {
        const before = new Map(hub.kept);
        const once = hub.say(topic, body);
        expectSound(once);
        // The same message with the same memory is always the same.
        expect(conversation(dialect, before).say(topic, body)).toEqual(once);
        if (corrupt === null) continue;
        for (const key of hub.kept.keys()) hub.kept.set(key, corrupt);
      }
    }),
    { numRuns: 150, seed: 5 },
  );
}
