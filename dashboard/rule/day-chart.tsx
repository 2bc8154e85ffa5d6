import { Button } from '@midas-ds/components/button';
import { useCallback, useMemo } from 'react';
import UPlot from 'uplot';

import { csvOf, download } from '../chart/csv.ts';
import { axisOf, Plot, type PlotColours } from '../chart/plot.tsx';
import { useWords } from '../text/language-context.tsx';
import type { Day } from './rule-days.ts';

/** Alerts of each day, as written and as now: a picture, a table and a file. */
export function DayChart({ days, title }: { days: readonly Day[]; title: string }) {
  const words = useWords();
  const { backtest } = words;
  const hasCurrent = days.some(({ current }) => current !== null);
  const data = useMemo<UPlot.AlignedData>(
    () => [
      days.map((_, index) => index),
      days.map(({ alerts }) => alerts),
      days.map(({ current }) => current),
    ],
    [days],
  );
  const options = useCallback(
    (colours: PlotColours) => optionsFor(colours, days, hasCurrent),
    [days, hasCurrent],
  );
  const heads = [
    backtest.date,
    backtest.candidate,
    ...(hasCurrent ? [backtest.current] : []),
  ] as const;
  const rows = days.map(({ date, alerts, current }) => [
    date,
    alerts,
    ...(current === null ? [] : [current]),
  ]);
  return (
    <figure className="chart">
      <figcaption>
        <strong>
          {backtest.chart}. {title}
        </strong>
        <span className="field-note">{backtest.chartAbout}</span>
      </figcaption>
      <Plot data={data} options={options} />
      <details>
        <summary>{backtest.table}</summary>
        <table className="figures">
          <caption className="visually-hidden">{backtest.chart}</caption>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([date, ...counts]) => (
              <tr key={date}>
                <th scope="row">{date}</th>
                {counts.map((count, index) => (
                  <td key={heads[index + 1]}>{count}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
      <Button
        variant="secondary"
        onPress={() =>
          download('vaka-backtest.csv', 'text/csv', csvOf([heads, ...rows], words.locale))
        }
      >
        {backtest.csv}
      </Button>
    </figure>
  );
}

function optionsFor(colours: PlotColours, days: readonly Day[], hasCurrent: boolean) {
  const bars = UPlot.paths.bars?.({ size: [0.7, 40] });
  return {
    legend: { show: false },
    cursor: { drag: { x: false, y: false } },
    scales: {
      x: { time: false, range: [-0.6, Math.max(0.6, days.length - 0.4)] },
      y: { range: (_: UPlot, _min: number, max: number) => [0, Math.max(4, Math.ceil(max * 1.1))] },
    },
    axes: [
      axisOf(colours, {
        grid: { show: false },
        space: 70,
        incrs: [1, 2, 7, 14, 28],
        values: (_, splits) => splits.map((index) => days[index]?.date.slice(5) ?? ''),
      }),
      axisOf(colours, { incrs: [1, 2, 5, 10, 20, 50, 100, 500, 1_000], size: 44 }),
    ],
    series: [
      {},
      {
        stroke: colours.main,
        fill: colours.main,
        points: { show: false },
        ...(bars !== undefined && { paths: bars }),
      },
      {
        show: hasCurrent,
        stroke: colours.other,
        width: 2,
        dash: [5, 4],
        points: { show: true, size: 7, fill: colours.other, stroke: colours.other },
      },
    ],
  } satisfies Omit<UPlot.Options, 'width' | 'height'>;
}
