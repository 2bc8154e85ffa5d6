import type { Event } from '../event.ts';
import type { Counted, HomeState } from './home-state.ts';
import { needOf } from './need.ts';
import type { CompiledRule } from './rule-set.ts';

/** How much later than others an event may be heard and still be counted with them. */
const latenessKeptMs = 6 * 3_600_000;
/** Events kept beyond twice those that are counted, for the same reason. */
const spare = 16;

type Count = NonNullable<CompiledRule['count']>;

/**
 * Counts an event, and answers those that are now the last of enough within the time: itself, or later ones that were
 * heard before it. Which they are depends on the events alone, not on the order in which they were heard.
 */
export function countEvent(
  state: HomeState,
  rule: CompiledRule,
  count: Count,
  { event, scope }: { event: Event; scope: string },
): { state: HomeState; complete: readonly Counted[] } {
  const need = needOf(rule, scope);
  const before = state.counts?.[need] ?? [];
  const counted: Counted = [event.at, event.deviceId, event.id];
  const after = [...before, counted].toSorted(([a, , aId], [b, , bId]) =>
    a === b ? (aId < bId ? -1 : 1) : a - b,
  );
  const complete = after.filter(
    (each, index) =>
      each[0] >= event.at &&
      each[0] < event.at + count.within &&
      isLastOfItsInstant(after, index) &&
      timesUntil(after, each[0], count.within) >= count.times &&
      (each[0] === event.at || timesUntil(before, each[0], count.within) < count.times),
  );
  const kept = forget(after, count);
  return { state: { ...state, counts: { ...state.counts, [need]: kept } }, complete };
}

function isLastOfItsInstant(all: readonly Counted[], index: number): boolean {
  return all[index]?.[0] !== all[index + 1]?.[0];
}

function timesUntil(all: readonly Counted[], at: number, within: number): number {
  return all.filter(([each]) => each > at - within && each <= at).length;
}

function forget(all: readonly Counted[], { times, within }: Count): readonly Counted[] {
  const newest = all.at(-1)?.[0] ?? 0;
  return all.slice(-(2 * times + spare)).filter(([at]) => at > newest - within - latenessKeptMs);
}
