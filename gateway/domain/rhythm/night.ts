import type { Span } from '../history.ts';
import { difference, unionOf, within } from '../roster/interval.ts';

const minute = 60_000;
const hour = 60 * minute;
/** Out of bed for less is a turn of the body; back in it for less does not end being up. */
const briefMs = 2 * minute;
/** Up for no longer, at any hour, is the same night. */
const sameNightMs = hour;
const leastNightMs = 2 * hour;

export interface Rest extends Span {
  isEstimated: boolean;
}

export interface NightSpan {
  /** Within which the most rest makes it the night. */
  widest: Span;
  /** From eleven in the evening to six: who is up then and rests again is up at night. */
  dark: Span;
}

export interface Night extends Span {
  /** Between rest and rest, in the dark. */
  ups: readonly Rest[];
}

/** Rest in order, without what is too brief to be a change; told and estimated apart. */
export function settle(rests: readonly Rest[]): Rest[] {
  const joined: Rest[] = [];
  for (const rest of rests.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last === undefined || rest.from - last.to >= briefMs || !isOneWith(last, rest)) {
      joined.push({ ...rest });
      continue;
    }
    if (lengthOf(rest) > lengthOf(last)) last.isEstimated = rest.isEstimated;
    last.to = Math.max(last.to, rest.to);
  }
  return joined.filter((rest) => lengthOf(rest) >= briefMs);
}

/** What is brief takes the word of what it stands beside. */
function isOneWith(one: Rest, other: Rest): boolean {
  if (one.isEstimated === other.isEstimated) return true;
  return Math.min(lengthOf(one), lengthOf(other)) < briefMs;
}

function lengthOf({ from, to }: Rest): number {
  return to - from;
}

/** The night among settled rest; null: nobody rested for two hours. `gone` and `unheard` are no being up. */
export function nightOf(
  rests: readonly Rest[],
  { widest, dark }: NightSpan,
  { gone, unheard }: { gone: readonly Span[]; unheard: readonly Span[] },
): Night | null {
  let best: readonly Rest[] = [];
  let mostMs = leastNightMs - 1;
  for (const chain of chainsOf(rests, dark)) {
    const ms = within(chain, widest).reduce((sum, { from, to }) => sum + to - from, 0);
    if (ms <= mostMs) continue;
    best = chain;
    mostMs = ms;
  }
  const [first] = best;
  const last = best.at(-1);
  if (first === undefined || last === undefined) return null;
  const elsewhere = unionOf([...gone, ...unheard]);
  const ups = best.flatMap((rest, index) => {
    const next = best[index + 1];
    if (next === undefined) return [];
    const isEstimated = rest.isEstimated || next.isEstimated;
    return within(difference([{ from: rest.to, to: next.from }], elsewhere), dark)
      .filter(({ from, to }) => to - from >= briefMs)
      .map((span) => ({ ...span, isEstimated }));
  });
  return { from: first.from, to: last.to, ups };
}

function chainsOf(rests: readonly Rest[], dark: Span): Rest[][] {
  const chains: Rest[][] = [];
  for (const rest of rests) {
    const chain = chains.at(-1);
    const last = chain?.at(-1);
    if (chain !== undefined && last !== undefined && isSameNight(last.to, rest.from, dark)) {
      chain.push(rest);
    } else chains.push([rest]);
  }
  return chains;
}

function isSameNight(from: number, to: number, dark: Span): boolean {
  return to - from <= sameNightMs || (from >= dark.from && to <= dark.to);
}
