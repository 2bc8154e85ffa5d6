import { useState } from 'react';

import type { AlertMark } from '../../gateway/protocol/history/home-day.ts';
import type { SeriesPoint, SeriesStep } from '../../gateway/protocol/series/series.ts';
import { useSpeech } from '../text/language-context.tsx';
import { type FigureRow, FigureTable } from './figure-table.tsx';
import { momentOf, type Reading, valueOf } from './line-words.ts';
import { between, type Line, stopsOf } from './line.ts';

interface LineTableProps {
  title: string;
  lines: readonly Line[];
  marks: readonly AlertMark[];
  step: SeriesStep;
  reading: Reading;
}

/** The same numbers as the lines, the newest first; drawn only when somebody asks for them. */
export function LineTable({ title, ...rest }: LineTableProps) {
  const { words } = useSpeech();
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {words.history.table}
        <span className="visually-hidden">: {title}</span>
      </summary>
      {isOpen && <Numbers title={title} {...rest} />}
    </details>
  );
}

function Numbers({ title, lines, marks, step, reading }: LineTableProps) {
  const { words, say } = useSpeech();
  const { chart, week } = words.history;
  const hasSpread = step !== 'raw' && lines.length === 1;
  const heads = [
    chart.when,
    ...lines.map(({ name }) => name),
    ...(hasSpread ? [chart.lowest, chart.highest] : []),
    ...(marks.length > 0 ? [chart.alertsColumn] : []),
  ];
  const stops = stopsOf(lines);
  const byTime = lines.map(({ points }) => new Map(points.map((point) => [point.at, point])));
  const cell = (point: SeriesPoint | undefined, of: 'mean' | 'min' | 'max') =>
    point === undefined ? week.notKnown : valueOf(point[of], reading);
  const rows = stops.map((at, index) => {
    const points = byTime.map((of) => of.get(at));
    const alerts = between(marks, stops, index).map(({ severity, title: of }) =>
      chart.alert(words.severity[severity], say(of)),
    );
    const cells: FigureRow['cells'] = [
      momentOf(at, step, reading),
      ...points.map((point) => cell(point, 'mean')),
      ...(hasSpread ? [cell(points[0], 'min'), cell(points[0], 'max')] : []),
      ...(marks.length > 0
        ? [
            <span key="alerts" className="text-cell">
              {alerts.join(', ')}
            </span>,
          ]
        : []),
    ];
    return { key: at, cells };
  });
  return <FigureTable caption={title} heads={heads} rows={rows.toReversed()} />;
}
