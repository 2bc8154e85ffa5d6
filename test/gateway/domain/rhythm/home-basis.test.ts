import { describe, expect, test } from 'vitest';

import { basisOf, changedFrom } from '../../../../gateway/domain/rhythm/home-basis.ts';
import { clock, home } from './given-home.ts';

function given(...pauses: readonly (readonly [from: number, to: number])[]): string {
  return basisOf(home(['bed'], { pauses: pauses.map(([from, to]) => ({ from, to })) }));
}
const [morning, noon, evening] = [clock('08:00'), clock('12:00'), clock('20:00')];

describe('a pause', () => {
  test('changes the days from when it begins, also once it is taken back', () => {
    expect(changedFrom(given(), given([morning, evening]))).toBe(morning);
    expect(changedFrom(given([morning, evening]), given())).toBe(morning);
  });

  test('that ends earlier or later than was thought changes the days from then', () => {
    expect(changedFrom(given([morning, evening]), given([morning, noon]))).toBe(noon);
    expect(changedFrom(given([morning, noon]), given([morning, evening]))).toBe(noon);
    expect(changedFrom(given([morning, evening]), given([morning, noon], [noon, evening]))).toBe(
      noon,
    );
  });

  test('changes nothing when it is the same, in whatever order', () => {
    const [one, other] = [[morning, noon] as const, [evening, evening + 1] as const];
    expect(changedFrom(given(one, other), given(other, one))).toBeNull();
  });
});
