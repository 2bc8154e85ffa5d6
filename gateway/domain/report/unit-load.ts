import { severities } from '../../protocol/alert.ts';
import type { FollowUpReport } from '../../protocol/report/follow-up.ts';
import { countChattering, loadOver } from '../backtest/load.ts';
import type { Span } from '../history.ts';
import { unionOf } from '../roster/interval.ts';
import { shareOf } from './false-alarm.ts';
import { gather } from './gather.ts';
import type { DutyFact } from './report-source.ts';
import type { Asked } from './response.ts';
import { homesOf } from './response.ts';
import { openPeopleIn, peopleAtWork } from './staffing.ts';

type Load = FollowUpReport['loads'][number];

const tenMinutesMs = 600_000;
const staleMs = 86_400_000;
const topSources = 10;
const floodsAtMost = 100;

export interface UnitWork {
  unit: Load['unit'];
  /** That asked while it answered. */
  alerts: readonly Asked[];
  /** When it answered for homes. */
  hours: readonly Span[];
  /** Empty where duty is not kept. */
  duties: readonly DutyFact[];
}

/** The load over the time when the unit answered, shared in each ten minutes by those on duty then. */
export function unitLoadOf(
  { unit, alerts, hours, duties }: UnitWork,
  span: Span,
  at: number,
): Load {
  const times = alerts.map(({ askedAt }) => askedAt);
  // What asked outside of the hours, because a plan was changed while it was live, has a period of its own.
  const stretches = unionOf([...hours, ...times.flatMap((time) => outside(time, hours))]);
  const { load, floods } = loadOver(times, stretches, openPeopleIn(duties));
  return {
    unit,
    alerts: alerts.length,
    operators: peopleAtWork(duties, span),
    ...load,
    floods: floods
      .toSorted((a, b) => b.alerts - a.alerts || a.from - b.from)
      .slice(0, floodsAtMost)
      .toSorted((a, b) => a.from - b.from),
    chattering: chatteringOf(alerts),
    stale: alerts.filter((alert) => (alert.resolvedAt ?? at) - alert.raisedAt > staleMs).length,
    topTenShare: topTenShareOf(alerts),
    bySeverity: bySeverityOf(alerts),
  };
}

function outside(at: number, hours: readonly Span[]): Span[] {
  const isIn = hours.some(({ from, to }) => from <= at && at < to);
  return isIn ? [] : [{ from: at, to: at + tenMinutesMs }];
}

function chatteringOf(alerts: readonly Asked[]): number {
  const byHome = Map.groupBy(alerts, ({ homeId }) => homeId);
  return [...byHome.values()].reduce((sum, own) => {
    const calls = own.map(({ need, askedAt }) => ({ need, at: askedAt }));
    return sum + countChattering(calls.toSorted((a, b) => a.at - b.at));
  }, 0);
}

function topTenShareOf(alerts: readonly Asked[]): number | null {
  const bySource = Map.groupBy(alerts, ({ homeId, rule }) => JSON.stringify([homeId, rule.id]));
  const counts = [...bySource.values()].map(({ length }) => length).sort((a, b) => b - a);
  const top = counts.slice(0, topSources).reduce((sum, count) => sum + count, 0);
  return shareOf(top, alerts.length);
}

function bySeverityOf(alerts: readonly Asked[]): Load['bySeverity'] {
  const groups = severities.map((severity) => {
    const own = alerts.filter((alert) => alert.severity === severity);
    return { severity, alerts: own.length, homes: homesOf(own) };
  });
  return gather(groups).shown.map(({ severity, alerts: count }) => ({ severity, alerts: count }));
}
