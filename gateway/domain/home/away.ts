import type { Away, HomeState } from './home-state.ts';

/** A home that is not heard again is believed to be out of hearing for so long; then its devices' silence is theirs. */
export const believedAwayMs = 2 * 3_600_000;
/** For so long, and no longer, an absence about a person waits to hear whether they are well. */
export const personWaitsMs = 30 * 60_000;
/** What devices had kept meanwhile is delivered first. */
export const backGraceMs = 2 * 60_000;
const awaysKept = 16;

interface Span {
  from: number;
  to: number;
}

/**
 * Takes to heart that the home could not be heard from `from` until `to`, or that it still cannot. What is known of the
 * same outage already is replaced. Every silence of the home is looked at again.
 */
export function stepAway(state: HomeState, away: Away): HomeState {
  const others = (state.aways ?? []).filter(({ from }) => from !== away.from);
  const aways = [...others, away].toSorted((a, b) => a.from - b.from).slice(-awaysKept);
  const silences = Object.fromEntries(
    Object.entries(state.silences).map(([need, silence]) => [
      need,
      { ...silence, checkAt: Math.min(silence.checkAt, away.notedAt) },
    ]),
  );
  return { ...state, aways, silences };
}

/** Since when the home has not been heard, if it still is not; null if it is. */
export function awaySince({ aways = [] }: HomeState): number | null {
  return aways.findLast(({ to }) => to === null)?.from ?? null;
}

/** When no device could be heard: their supervision begins anew after it. */
export function unheardSpans({ aways = [] }: HomeState): readonly Span[] {
  return aways.map(({ from, to, notedAt }) => ({ from, to: to ?? notedAt + believedAwayMs }));
}

/** When nobody could tell how a person was, and the time after it in which it is still to be told. */
export function untoldSpans({ aways = [] }: HomeState): readonly Span[] {
  return aways.map(({ from, to, notedAt }) => ({
    from,
    to: to === null ? notedAt + personWaitsMs : to + backGraceMs,
  }));
}
