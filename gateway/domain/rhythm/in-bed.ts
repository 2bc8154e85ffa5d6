import type { Span } from '../history.ts';
import { difference, unionOf, within } from '../roster/interval.ts';
import type { Equipped } from './equipped.ts';
import type { Sign } from './sign.ts';
import { keptUpFrom, type Stay } from './stay.ts';

const hour = 3_600_000;
/** Somebody ill stays in bed for a day and a night; longer is a sensor that sticks. */
const inBelievedMs = 36 * hour;
/** Nobody is up for longer; then the sensor no longer tells. */
const outBelievedMs = 20 * hour;

export interface BedTold {
  /** When somebody was in bed. */
  rest: readonly Span[];
  /** When it is told at all whether somebody was. */
  known: readonly Span[];
}

interface Facts {
  signs: readonly Sign[];
  stays: readonly Stay[];
  equipped: Equipped;
  isAlone: boolean;
  end: number;
}

/**
 * What bed sensors tell; with several, that somebody is in one of them. Of who lives alone, a sensor is not believed when
 * something moves elsewhere for an hour, and less than a word that they have left the area; a short movement elsewhere is
 * a visitor's.
 */
export function bedToldOf(facts: Facts): BedTold {
  const { signs, equipped } = facts;
  const words = signs.filter(({ says }) => says === 'in' || says === 'out');
  const told = [...Map.groupBy(words, ({ deviceId }) => deviceId).values()].flatMap((own) => [
    ...beforeFirst(own),
    ...own.map((word, index) => believe(word, own[index + 1]?.at ?? facts.end, facts)),
  ]);
  const taken = equipped.bed.length === 0 ? [{ from: -Infinity, to: Infinity }] : equipped.bed;
  const clipped = (spans: readonly Span[]) => taken.flatMap((span) => within(unionOf(spans), span));
  const rest = clipped(told.filter(({ isIn }) => isIn));
  return { rest, known: unionOf([...rest, ...clipped(told)]) };
}

/** Whoever gets into bed was not in it. */
function beforeFirst([first]: readonly Sign[]): (Span & { isIn: boolean })[] {
  if (first?.says !== 'in') return [];
  return [{ from: first.at - outBelievedMs, to: first.at, isIn: false }];
}

function believe(
  { at, says }: Sign,
  next: number,
  { signs, stays, isAlone }: Facts,
): Span & { isIn: boolean } {
  const isIn = says === 'in';
  const to = Math.min(next, at + (isIn ? inBelievedMs : outBelievedMs));
  if (!isIn || !isAlone) return { from: at, to, isIn };
  const elsewhere = stays.filter(
    (stay) => stay.from > at && stay.from < to && stay.room !== 'bedroom',
  );
  const gone = signs.find((sign) => sign.says === 'gone' && sign.at > at && sign.at < to);
  return { from: at, to: Math.min(to, keptUpFrom(elsewhere) ?? to, gone?.at ?? to), isIn };
}

/** When no bed sensor tells whether somebody is in bed. */
export function untoldOf({ known }: BedTold, span: Span): Span[] {
  return difference([span], unionOf(known));
}
