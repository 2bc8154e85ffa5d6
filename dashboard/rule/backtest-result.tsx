import { useEffect, useMemo, useRef } from 'react';

import { severities } from '../../gateway/protocol/alert.ts';
import {
  type BacktestResult,
  changes,
  type RuleTally,
} from '../../gateway/protocol/rule/backtest.ts';
import { useMe } from '../session/session-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { DayChart } from './day-chart.tsx';
import { FiguresTable, type Figure } from './figures-table.tsx';
import { LoadWords, OutcomeWords } from './load-words.tsx';
import { OccurrenceSection } from './occurrence-section.tsx';
import { daysOf } from './rule-days.ts';
import { useOccurrences } from './use-occurrences.ts';

interface BacktestResultProps {
  id: string;
  result: BacktestResult;
  ruleId: string;
  days: number;
}

/** What a trial gave: how many, when, how heavy, and what would be different. */
export function BacktestResultView({ id, result, ruleId, days }: BacktestResultProps) {
  const words = useWords();
  const { backtest } = words;
  const me = useMe();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Whoever writes on meanwhile is left in peace.
    const isWaiting =
      document.activeElement === document.body ||
      heading.current?.closest('section')?.contains(document.activeElement) === true;
    if (isWaiting) heading.current?.focus();
  }, []);
  const occurrences = useOccurrences(id, ruleId);
  const tally = tallyOf(result.rules, ruleId);
  const nowTally = result.current === null ? null : tallyOf(result.currentRules, ruleId);
  const ownDays = useMemo(
    () =>
      occurrences.items === null
        ? null
        : daysOf(occurrences.items, result.days, me.municipality.timeZone),
    [occurrences.items, result.days, me],
  );
  return (
    <div className="trial-result">
      <h3 ref={heading} tabIndex={-1} className="trial-headline">
        {backtest.headline(tally.alerts, days, nowTally?.alerts ?? null)}
      </h3>
      <p>
        {backtest.outOf(result.homes, result.residents, result.events)}
        {result.withheld > 0 && ` ${backtest.withheld(result.withheld)}`}
      </p>
      <div className="figure-pair">
        <FiguresTable title={backtest.thisRule} rows={tallyRows(tally, nowTally, words)} />
        <FiguresTable title={backtest.allRules} rows={summaryRows(result, words)} />
      </div>
      <LoadWords load={result.summary.load} />
      <OutcomeWords outcomes={tally.outcomes} />
      <Difference difference={result.difference} />
      <DayChart
        days={ownDays ?? result.days}
        title={ownDays === null ? backtest.allRules : backtest.thisRule}
      />
      <OccurrenceSection occurrences={occurrences} />
    </div>
  );
}

type Words = ReturnType<typeof useWords>;

type Tally = Pick<RuleTally, 'alerts' | 'perResidentWeek' | 'night' | 'day'> & {
  outcomes: Partial<RuleTally['outcomes']>;
};

/** A rule that gave nothing is not told of. */
function tallyOf(tallies: readonly RuleTally[], ruleId: string): Tally {
  const nothing = { alerts: 0, perResidentWeek: 0, night: 0, day: 0, outcomes: {} };
  return tallies.find(({ rule }) => rule === ruleId) ?? nothing;
}

function tallyRows(tally: Tally, now: Tally | null, { backtest }: Words): Figure[] {
  const row = (name: string, of: (one: Tally) => number): Figure => ({
    name,
    candidate: of(tally),
    current: now === null ? null : of(now),
  });
  return [
    row(backtest.perResidentWeek, ({ perResidentWeek }) => perResidentWeek),
    row(backtest.night, ({ night }) => night),
    row(backtest.day, ({ day }) => day),
  ];
}

function summaryRows({ summary, current }: BacktestResult, words: Words): Figure[] {
  const row = (name: string, of: (one: typeof summary) => number): Figure => ({
    name,
    candidate: of(summary),
    current: current === null ? null : of(current),
  });
  return [
    row(words.page.board, ({ alerts }) => alerts),
    row(words.backtest.perDay, ({ perDay }) => perDay),
    row(words.backtest.perResidentWeek, ({ perResidentWeek }) => perResidentWeek),
    row(words.backtest.night, ({ night }) => night),
    row(words.backtest.day, ({ day }) => day),
    ...severities.map((severity) => ({
      ...row(words.severity[severity], ({ bySeverity }) => bySeverity[severity] ?? 0),
      severity,
    })),
  ];
}

function Difference({ difference }: Pick<BacktestResult, 'difference'>) {
  const { backtest } = useWords();
  if (difference === null) return null;
  const told = changes.filter((change) => change !== 'same' && difference[change] > 0);
  return (
    <div>
      <h4>{backtest.difference}</h4>
      <ul className="tags">
        {told.map((change) => (
          <li key={change}>
            <strong>{difference[change]}</strong> {backtest.changes[change]}
          </li>
        ))}
        {told.length === 0 && <li>{backtest.noDifference}</li>}
      </ul>
    </div>
  );
}
