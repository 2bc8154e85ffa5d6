import type { FollowUpReport } from '../../protocol/report/follow-up.ts';
import type { Span } from '../history.ts';
import { judged, shareOf } from './false-alarm.ts';
import { gather } from './gather.ts';
import { percentilesOf } from './percentile.ts';
import type { AlertFact } from './report-source.ts';
import { homesOf, isAsked, timesTo } from './response.ts';

/** Week by week; of a week whose alerts came from too few homes only how many there were. */
export function weekRowsOf(
  weeks: readonly Span[],
  alerts: readonly AlertFact[],
  elsewhere: readonly AlertFact[],
): FollowUpReport['weeks'] {
  const weekOf = ({ raisedAt }: AlertFact) => weeks.findLast(({ from }) => from <= raisedAt)?.from;
  const inside = Map.groupBy(alerts, weekOf);
  const outside = Map.groupBy(elsewhere, weekOf);
  const groups = weeks.map(({ from }) => {
    const own = inside.get(from) ?? [];
    return { from, own, homes: homesOf(own), elsewhere: homesOf(outside.get(from) ?? []) };
  });
  const shown = new Set(gather(groups).shown);
  return groups.map((group) => {
    const { from, own } = group;
    if (!shown.has(group))
      return { from, alerts: own.length, acceptanceP95: null, falseShare: null };
    const { resolved, falseAlarms } = judged(own);
    return {
      from,
      alerts: own.length,
      acceptanceP95: percentilesOf(timesTo(own.filter(isAsked), 'acceptedAt')).p95,
      falseShare: shareOf(falseAlarms, resolved),
    };
  });
}
