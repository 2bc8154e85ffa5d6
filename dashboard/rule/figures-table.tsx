import type { Severity } from '../../gateway/protocol/alert.ts';
import { useSpeech } from '../text/language-context.tsx';
import { SeverityWords } from './severity-words.tsx';

import '../chart/chart.css';

export interface Figure {
  name: string;
  severity?: Severity;
  candidate: number;
  /** Null without comparison. */
  current: number | null;
}

/** Figures as written beside figures as now. */
export function FiguresTable({ title, rows }: { title: string; rows: readonly Figure[] }) {
  const { words } = useSpeech();
  const { backtest } = words;
  const hasCurrent = rows.some(({ current }) => current !== null);
  const said = new Intl.NumberFormat(words.locale, { maximumFractionDigits: 2 });
  return (
    <table className="figures">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{backtest.measure}</th>
          <th scope="col">{backtest.candidate}</th>
          {hasCurrent && <th scope="col">{backtest.current}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, severity, candidate, current }) => (
          <tr key={name}>
            <th scope="row">
              {severity === undefined ? name : <SeverityWords severity={severity} />}
            </th>
            <td>{said.format(candidate)}</td>
            {hasCurrent && <td>{current === null ? '' : said.format(current)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
