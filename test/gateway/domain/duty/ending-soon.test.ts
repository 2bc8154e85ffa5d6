import { expect, test } from 'vitest';

import type { Hold } from '../../../../gateway/domain/duty/arrangement.ts';
import { endingSoon } from '../../../../gateway/domain/duty/ending-soon.ts';

const at = 1_000_000_000;
const minute = 60_000;
const hour = 60 * minute;

function hold(id: string, kind: Hold['kind'], untilIn: number, from = at - hour): Hold {
  return {
    id,
    kind,
    municipalityId: 'norr',
    homeId: kind === 'silence' ? null : 'home-1',
    matchers: kind === 'silence' ? { homeIds: ['home-1'] } : null,
    from,
    until: at + untilIn,
    reason: 'A test wants it.',
    byId: 'cilla',
  };
}

function soon(...holds: Hold[]): string[] {
  return endingSoon(holds, at).map(({ id }) => id);
}

test('a pause is told of in its last twelve hours, the next to end first', () => {
  const holds = [
    hold('b', 'pause', 12 * hour),
    hold('a', 'pause', 1),
    hold('c', 'pause', 12 * hour + 1),
  ];
  expect(soon(...holds)).toEqual(['a', 'b']);
});

test('a home under test is told of in its last ten minutes', () => {
  expect(soon(hold('a', 'test', 10 * minute), hold('b', 'test', 10 * minute + 1))).toEqual(['a']);
});

test('a silence, what is over and what has not begun are not told of', () => {
  const holds = [
    hold('a', 'silence', minute),
    hold('b', 'pause', 0),
    hold('c', 'pause', minute, at + 1),
  ];
  expect(soon(...holds)).toEqual([]);
});
