import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Point } from '../../../gateway/domain/series/point.ts';
import { createDividedWriter, type Sent } from '../../../gateway/telemetry/divided-writing.ts';
import { at, pointAt } from './telemetry-point.ts';

const noon = at('2026-10-25T12:00');
const points = (count: number) =>
  Array.from({ length: count }, (_, index) => pointAt(noon + index, index));
const indexOf = (point: Point) => point.at - noon;

interface Server {
  isBad: (index: number) => boolean;
  isAboutPoints?: boolean;
  /** As InfluxDB does: those that are good are taken, whatever it answers. */
  isPartial?: boolean;
}

function serverWith({ isBad, isAboutPoints = false, isPartial = false }: Server) {
  const taken = new Set<number>();
  let requests = 0;
  const send = (sent: readonly Point[]): Promise<Sent> => {
    requests += 1;
    const bad = sent.filter((point) => isBad(indexOf(point)));
    const good = sent.filter((point) => !bad.includes(point));
    if (bad.length === 0 || isPartial) for (const point of good) taken.add(indexOf(point));
    if (bad.length === 0) return Promise.resolve({ kind: 'written' });
    const dropped = isPartial ? bad.length : null;
    return Promise.resolve({ kind: 'refused', reason: 'bad', isAboutPoints, dropped });
  };
  return { send, taken, requests: () => requests };
}

describe('writing to a server that refuses', () => {
  test('leaves out exactly what it refuses, whatever it does with the rest of a request', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 0, max: 199 }), { maxLength: 60 }),
        fc.boolean(),
        fc.boolean(),
        fc.integer({ min: 1, max: 80 }),
        async (bad, isPartial, isAboutPoints, chunk) => {
          const server = serverWith({
            isBad: (index) => bad.includes(index),
            isPartial,
            isAboutPoints,
          });
          const write = createDividedWriter({ send: server.send, faultOf: () => null, chunk });
          // Good ones are found sooner or later: others are tried each time.
          let answer = await write(points(200));
          for (let turn = 0; answer.kind === 'later' && turn < 20; turn += 1) {
            answer = await write(points(200));
          }
          if (answer.kind !== 'written') throw new Error(answer.reason);
          const refused = answer.refused.map(({ point }) => indexOf(point));
          expect(refused).toEqual(bad.toSorted((one, other) => one - other));
          expect(server.taken.size).toBe(200 - bad.length);
        },
      ),
      { seed: 6, numRuns: 100 },
    );
  });

  test('finds one among five thousand in as many requests as it takes to halve them', async () => {
    const server = serverWith({ isBad: (index) => index === 4_321 });
    const write = createDividedWriter({ send: server.send, faultOf: () => null });
    expect(await write(points(5_000))).toMatchObject({ refused: [{ reason: 'bad' }] });
    expect(server.requests()).toBeLessThan(30);
    expect(server.taken.size).toBe(4_999);
  });

  test('does not ask five thousand times when it takes nothing, and sets nothing aside', async () => {
    const server = serverWith({ isBad: () => true });
    const write = createDividedWriter({ send: server.send, faultOf: () => null });
    expect(await write(points(5_000))).toEqual({
      kind: 'later',
      reason: 'It refuses everything: bad',
      afterMs: null,
    });
    expect(server.requests()).toBeLessThan(60);
  });

  test('sets a few aside where there are no others, or all that are too old', async () => {
    const few = createDividedWriter({
      send: serverWith({ isBad: () => true }).send,
      faultOf: () => null,
    });
    expect(await few(points(10))).toMatchObject({ kind: 'written', refused: { length: 10 } });
    expect(await few(points(11))).toMatchObject({ kind: 'later' });
    const tooOld = serverWith({ isBad: () => true, isAboutPoints: true, isPartial: true });
    const old = createDividedWriter({ send: tooOld.send, faultOf: () => null });
    expect(await old(points(12_000))).toMatchObject({ refused: { length: 12_000 } });
    expect(tooOld.requests()).toBe(3);
  });

  test('goes on past a long row of refused ones to those behind them', async () => {
    const server = serverWith({ isBad: (index) => index < 300 });
    const write = createDividedWriter({ send: server.send, faultOf: () => null });
    const answer = await write(points(5_000));
    expect(answer).toMatchObject({ kind: 'written', refused: { length: 300 } });
    expect(server.taken.size).toBe(4_700);
  });

  test('finds the only one that is taken, for it tries others each time', async () => {
    const server = serverWith({ isBad: (index) => index !== 123 });
    const write = createDividedWriter({ send: server.send, faultOf: () => null });
    let turns = 1;
    for (; (await write(points(200))).kind === 'later'; turns += 1) expect(turns).toBeLessThan(30);
    expect(turns).toBeGreaterThan(1);
    expect([...server.taken]).toEqual([123]);
  });

  test('says at once that it has to wait, and for how long', async () => {
    const later = { kind: 'later', reason: 'busy', afterMs: 7_000 } as const;
    let requests = 0;
    const write = createDividedWriter({
      send: () => Promise.resolve((requests += 1) === 2 ? later : { kind: 'written' }),
      faultOf: () => null,
      chunk: 10,
    });
    expect(await write(points(100))).toEqual(later);
    expect(requests).toBe(2);
  });

  test('never sends what is known to be wrong', async () => {
    const server = serverWith({ isBad: () => false });
    const faultOf = (point: Point) => (indexOf(point) % 2 === 0 ? 'even' : null);
    const write = createDividedWriter({ send: server.send, faultOf });
    const answer = await write(points(4));
    expect(answer).toMatchObject({ refused: [{ reason: 'even' }, { reason: 'even' }] });
    expect([...server.taken]).toEqual([1, 3]);
  });
});
