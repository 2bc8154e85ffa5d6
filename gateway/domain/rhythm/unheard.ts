import type { Span } from '../history.ts';
import { awayOf } from '../home/away-entry.ts';
import type { Away } from '../home/home-state.ts';
import type { LogEntry } from '../ledger.ts';
import { difference, unionOf } from '../roster/interval.ts';
import type { Sign } from './sign.ts';

/**
 * When the home could not be heard. An outage that nobody has seen the end of ends with the next sign of life; what
 * devices kept meanwhile, and told later, makes the time between the first and the last of it heard after all.
 */
export function unheardOf(
  entries: Iterable<LogEntry>,
  signs: readonly Sign[],
  end: number,
): Span[] {
  const told = [...outagesIn(entries)].map(({ from, to, notedAt }) => ({
    from,
    to: to ?? signs.find(({ at }) => at > notedAt)?.at ?? Math.max(end, from),
  }));
  return unionOf(told).flatMap((outage) => difference([outage], keptMeanwhile(signs, outage)));
}

/** Each outage once, as it was known last. */
function outagesIn(entries: Iterable<LogEntry>): Iterable<Away> {
  const outages = new Map<number, Away>();
  for (const entry of entries) {
    if (entry.type !== 'gateway.away') continue;
    const away = awayOf(entry);
    const known = outages.get(away.from);
    if (known === undefined || isBetter(away, known)) outages.set(away.from, away);
  }
  return outages.values();
}

function isBetter(away: Away, known: Away): boolean {
  if (away.notedAt !== known.notedAt) return away.notedAt > known.notedAt;
  return (away.to ?? -1) > (known.to ?? -1);
}

function keptMeanwhile(signs: readonly Sign[], { from, to }: Span): Span[] {
  const inside = signs.filter(({ at }) => from < at && at < to);
  const [first] = inside;
  const last = inside.at(-1);
  return first === undefined || last === undefined
    ? []
    : unionOf([{ from: first.at, to: last.at }]);
}
