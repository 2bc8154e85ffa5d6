import type { FollowUpReport } from '../../protocol/report/follow-up.ts';
import type { Span } from '../history.ts';
import { difference, unionOf, within } from '../roster/interval.ts';
import type { DutyFact } from './report-source.ts';
import type { Responsible } from './responsible.ts';

const minuteMs = 60_000;
const gapsAtMost = 10;

type Unit = FollowUpReport['units'][number];

/** When a unit answered for homes, and when nobody of those who should check in had. Minutes are real ones. */
export function staffingOf(
  unit: Unit,
  { hours, staffed }: Responsible,
  duties: readonly DutyFact[],
): FollowUpReport['staffing'][number] {
  const uncovered = difference(staffed, unionOf(duties));
  return {
    unit,
    responsibleMinutes: minutesOf(hours),
    uncoveredMinutes: staffed.length === 0 ? null : minutesOf(uncovered),
    gaps: uncovered
      .toSorted((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from)
      .slice(0, gapsAtMost),
  };
}

export function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}

export function minutesOf(spans: readonly Span[]): number {
  return Math.round(lengthOf(spans) / minuteMs);
}

const dayMs = 86_400_000;

/** How many people are at work, on average over the time when anybody is; null where never anybody is. */
export function peopleAtWork(duties: readonly DutyFact[], span: Span): number | null {
  const byPerson = Map.groupBy(duties, ({ personId }) => personId);
  const own = [...byPerson.values()].flatMap((all) => within(unionOf(all), span));
  const anybody = lengthOf(unionOf(own));
  return anybody === 0 ? null : lengthOf(own) / anybody;
}

/** How many people are at work in a period, on average over it; one at least, since somebody has to answer. */
export function openPeopleIn(duties: readonly DutyFact[]): (period: Span) => number {
  const byDay = new Map<number, DutyFact[]>();
  for (const duty of duties) {
    for (let day = dayOf(duty.from); day <= dayOf(duty.to - 1); day += 1) {
      const known = byDay.get(day);
      if (known === undefined) byDay.set(day, [duty]);
      else known.push(duty);
    }
  }
  return ({ from, to }) => {
    const near = [dayOf(from), dayOf(to - 1)].flatMap((day) => byDay.get(day) ?? []);
    const there = near.filter((duty) => duty.from < to && from < duty.to);
    const byPerson = Map.groupBy(there, ({ personId }) => personId);
    const own = [...byPerson.values()].flatMap((all) => within(unionOf(all), { from, to }));
    return Math.max(1, lengthOf(own) / (to - from));
  };
}

function dayOf(at: number): number {
  return Math.floor(at / dayMs);
}
