import type { AlarmLoad, OutcomeCounts } from '../../gateway/protocol/rule/backtest.ts';
import { useWords } from '../text/language-context.tsx';
import { gradeOf, type Grade } from './load.ts';

const marks: Record<Grade, string> = { good: '✓', acceptable: '~', 'too-much': '!' };

/** How much one person would have to answer, judged in words. */
export function LoadWords({ load }: { load: AlarmLoad }) {
  const { backtest, locale } = useWords();
  const grade = gradeOf(load);
  const number = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  return (
    <div className="load" data-grade={grade}>
      <h4>{backtest.load}</h4>
      <p>
        <span className="load-mark" aria-hidden="true">
          {marks[grade]}
        </span>{' '}
        <strong>{backtest.loads[grade]}.</strong>{' '}
        {backtest.loadDetail(number.format(load.perTenMinutes), load.mostInTenMinutes)}
        {load.floodShare > 0 && ` ${backtest.flood(percent.format(load.floodShare))}`}
        {load.chattering > 0 && ` ${backtest.chattering(load.chattering)}`}
      </p>
    </div>
  );
}

const order = [
  'helped',
  'false-alarm',
  'no-action',
  'technical',
  'test',
  'unanswered',
  'none',
] as const;

/** What became of the alerts that really were raised. */
export function OutcomeWords({ outcomes }: { outcomes: Partial<OutcomeCounts> }) {
  const { backtest } = useWords();
  const told = order.filter((outcome) => (outcomes[outcome] ?? 0) > 0);
  if (told.length === 0) return null;
  return (
    <div>
      <h4>{backtest.outcomes}</h4>
      <ul className="tags">
        {told.map((outcome) => (
          <li key={outcome}>
            <strong>{outcomes[outcome]}</strong> {backtest.outcomeNames[outcome]}
          </li>
        ))}
      </ul>
    </div>
  );
}
