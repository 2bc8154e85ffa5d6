import type { FollowUpReport } from '../../protocol/report/follow-up.ts';
import type { Span } from '../history.ts';
import { difference, unionOf, within } from '../roster/interval.ts';
import { shareOf } from './false-alarm.ts';
import { gather } from './gather.ts';
import type { HomeFact, PlacedFact, ReportFacts, RestFact } from './report-source.ts';
import { lengthOf } from './staffing.ts';

/** Rules whose alerts last for as long as a device cannot be heard. */
export const silenceRules: readonly string[] = ['device-silent', 'hub-silent', 'out-of-reach'];

const minuteMs = 60_000;

interface Kept {
  kind: string;
  homeId: string;
  deviceId: string;
  placedMs: number;
  silentMs: number;
}

type Silent = Pick<ReportFacts, 'silences' | 'rests'>;

/** By kind of device, by the alphabet, and last those of too few homes. */
export function uptimeOf(
  homes: readonly HomeFact[],
  elsewhere: readonly HomeFact[],
  silent: Silent,
  span: Span,
): FollowUpReport['uptime'] {
  const kept = keptIn(homes, silent, span);
  const others = Map.groupBy(keptIn(elsewhere, silent, span), ({ kind }) => kind);
  const groups = [...Map.groupBy(kept, ({ kind }) => kind)].map(([kind, own]) => ({
    kind,
    own,
    homes: idsOf(own),
    elsewhere: idsOf(others.get(kind) ?? []),
  }));
  const { shown, gathered, isTooSmall } = gather(groups);
  const rows = shown
    .toSorted((a, b) => (a.kind < b.kind ? -1 : 1))
    .map(({ kind, own }) => ({ kind, gathered: 0, ...totalOf(own) }));
  if (gathered.length === 0) return rows;
  const total = totalOf(gathered.flatMap(({ own }) => own));
  const told = isTooSmall ? { ...total, share: null, silentMinutes: null } : total;
  return [...rows, { kind: null, gathered: gathered.length, ...told }];
}

function idsOf(kept: readonly Kept[]): ReadonlySet<string> {
  return new Set(kept.map(({ homeId }) => homeId));
}

function totalOf(kept: readonly Kept[]) {
  const placedMs = kept.reduce((sum, one) => sum + one.placedMs, 0);
  const silentMs = kept.reduce((sum, one) => sum + one.silentMs, 0);
  return {
    devices: new Set(kept.map(({ deviceId }) => deviceId)).size,
    share: shareOf(placedMs - silentMs, placedMs),
    silentMinutes: Math.round(silentMs / minuteMs),
  };
}

function keptIn(homes: readonly HomeFact[], { silences, rests }: Silent, span: Span): Kept[] {
  const silencesOf = Map.groupBy(silences, ({ deviceId }) => deviceId);
  const restsOf = Map.groupBy(rests, ({ homeId }) => homeId);
  return homes.flatMap(({ id: homeId, placed }) =>
    [...Map.groupBy(placed, ({ deviceId }) => deviceId)].flatMap(([deviceId, own]) => {
      const resting = (restsOf.get(homeId) ?? []).filter((rest) => isMeant(rest, deviceId));
      const expected = difference(placedWithin(own, span), unionOf(resting));
      const silent = unionOf(silencesOf.get(deviceId) ?? []);
      const placedMs = lengthOf(expected);
      const heardMs = lengthOf(difference(expected, silent));
      const [{ kind } = { kind: '' }] = own;
      return placedMs === 0
        ? []
        : [{ kind, homeId, deviceId, placedMs, silentMs: placedMs - heardMs }];
    }),
  );
}

function isMeant({ deviceIds }: RestFact, deviceId: string): boolean {
  return deviceIds === null || deviceIds.includes(deviceId);
}

/** When any of them stood there. */
export function placedWithin(placed: readonly PlacedFact[], span: Span): Span[] {
  const windows = placed.map(({ from, until }) => ({ from, to: until ?? span.to }));
  return unionOf(within(windows, span));
}
