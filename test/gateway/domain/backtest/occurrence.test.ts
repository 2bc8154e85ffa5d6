import { expect, test } from 'vitest';

import {
  packOccurrences,
  readOccurrences,
} from '../../../../gateway/domain/backtest/occurrence.ts';
import type { Occurrence, OccurrenceQuery } from '../../../../gateway/protocol/rule/backtest.ts';

function occurrence(at: number, more: Partial<Occurrence> = {}): Occurrence {
  return {
    rule: 'door',
    version: 1,
    severity: 'high',
    home: { id: 'home', label: 'Ängsvägen 9' },
    device: null,
    at,
    since: at,
    late: null,
    clearedAt: null,
    change: 'added',
    shiftMs: null,
    alert: null,
    ...more,
  };
}

function ask(occurrences: readonly Occurrence[], query: Partial<OccurrenceQuery>) {
  return readOccurrences(packOccurrences(occurrences), { limit: 100, ...query });
}

test('occurrences come back whole, oldest first', () => {
  const all = [occurrence(2), occurrence(1), occurrence(3)];
  expect(ask(all, {})).toEqual({
    items: [occurrence(1), occurrence(2), occurrence(3)],
    next: null,
    total: 3,
  });
});

test('pages hold each occurrence once, also those of one rule or one change', () => {
  const all = Array.from({ length: 25 }, (_, at) =>
    occurrence(at, {
      rule: at % 2 === 0 ? 'door' : 'fall',
      change: at % 3 === 0 ? 'lost' : 'same',
    }),
  );
  const seen: number[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 9; page += 1) {
    const { items, next, total } = ask(all, { rule: 'door', change: 'lost', limit: 2, cursor });
    expect(total).toBe(5);
    seen.push(...items.map(({ at }) => at));
    if (next === null) break;
    cursor = next;
  }
  expect(seen).toEqual([0, 6, 12, 18, 24]);
});

test('a cursor that is none of ours is refused', () => {
  expect(() => ask([], { cursor: 'x' })).toThrow(/cursor/);
});
