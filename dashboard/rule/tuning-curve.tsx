import { Button } from '@midas-ds/components/button';
import { useCallback, useMemo } from 'react';
import type UPlot from 'uplot';

import type { TuningResult } from '../../gateway/protocol/rule/backtest.ts';
import { isDurationKey, type ParameterKey } from '../../gateway/protocol/rule/parameter.ts';
import type { Rule } from '../../gateway/protocol/rule/rule.ts';
import { settingName, settingValue } from '../../gateway/protocol/rule/sentence-setting.ts';
import { csvOf, download } from '../chart/csv.ts';
import { axisOf, Plot, type PlotColours } from '../chart/plot.tsx';
import { useSpeech } from '../text/language-context.tsx';
import { positionOf, shortDuration } from './curve.ts';

interface TuningCurveProps {
  tuning: TuningResult;
  rule: Rule;
  settingKey: ParameterKey;
  days: number;
  onUse: (value: number) => void;
}

/** Alerts a week against value, with the value of now: a picture, a table to choose from and a file. */
export function TuningCurve({ tuning, rule, settingKey, days, onUse }: TuningCurveProps) {
  const { words, language } = useSpeech();
  const { backtest, locale } = words;
  const points = useMemo(() => tuning.points.toSorted((a, b) => a.value - b.value), [tuning]);
  const weekly = useCallback((alerts: number) => (alerts * 7) / days, [days]);
  const said = useCallback(
    (value: number) => settingValue(rule, settingKey, value, language),
    [rule, settingKey, language],
  );
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const data = useMemo<UPlot.AlignedData>(
    () => [points.map((_, index) => index), points.map(({ alerts }) => weekly(alerts))],
    [points, weekly],
  );
  const options = useCallback(
    (colours: PlotColours) =>
      optionsFor(colours, {
        labels: points.map(({ value }) =>
          isDurationKey(settingKey) ? shortDuration(value) : String(value),
        ),
        now: positionOf(
          tuning.value,
          points.map(({ value }) => value),
        ),
        nowWord: backtest.now,
      }),
    [points, settingKey, tuning, backtest],
  );
  const onPick = useCallback(
    (index: number) => {
      const point = points[index];
      if (point !== undefined) onUse(point.value);
    },
    [points, onUse],
  );
  const { bounds } = tuning;
  return (
    <figure className="chart">
      <figcaption>
        <strong>
          {backtest.curve}: {settingName(rule, settingKey, language)}
        </strong>
        <span className="field-note">{backtest.curveAbout}</span>
        {bounds !== null && (
          <span className="field-note">{backtest.bounds(said(bounds.min), said(bounds.max))}</span>
        )}
      </figcaption>
      <Plot data={data} options={options} onPick={onPick} />
      <table className="figures">
        <caption className="visually-hidden">{backtest.curve}</caption>
        <thead>
          <tr>
            <th scope="col">{backtest.value}</th>
            <th scope="col">{backtest.perWeek}</th>
            <th scope="col">{backtest.perResidentWeek}</th>
            <th scope="col">{backtest.useColumn}</th>
          </tr>
        </thead>
        <tbody>
          {points.map(({ value, alerts, perResidentWeek }) => (
            <tr key={value} aria-current={value === tuning.value ? 'true' : undefined}>
              <th scope="row">
                {said(value)}
                {value === tuning.value && ` (${backtest.now})`}
              </th>
              <td>{number.format(weekly(alerts))}</td>
              <td>{number.format(perResidentWeek)}</td>
              <td>
                <Button variant="secondary" onPress={() => onUse(value)}>
                  {backtest.use(said(value))}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button
        variant="secondary"
        onPress={() => {
          const heads = [backtest.value, backtest.perWeek, backtest.perResidentWeek];
          const rows = points.map((point) => [
            said(point.value),
            weekly(point.alerts),
            point.perResidentWeek,
          ]);
          download('vaka-tuning.csv', 'text/csv', csvOf([heads, ...rows], locale));
        }}
      >
        {backtest.csv}
      </Button>
    </figure>
  );
}

interface CurveMarks {
  labels: readonly string[];
  /** Where the value of now lies; null when outside. */
  now: number | null;
  nowWord: string;
}

function optionsFor(colours: PlotColours, { labels, now, nowWord }: CurveMarks) {
  const drawNow = (plot: UPlot) => {
    if (now === null) return;
    const { ctx, bbox } = plot;
    const x = Math.round(plot.valToPos(now, 'x', true));
    ctx.save();
    ctx.strokeStyle = colours.other;
    ctx.fillStyle = colours.text;
    ctx.lineWidth = 2 * devicePixelRatio;
    ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.font = `600 ${13 * devicePixelRatio}px "Inter Variable", sans-serif`;
    ctx.textAlign = 'left';
    ctx.fillText(nowWord, x + 6 * devicePixelRatio, bbox.top + 14 * devicePixelRatio);
    ctx.restore();
  };
  return {
    legend: { show: false },
    cursor: { drag: { x: false, y: false } },
    hooks: { draw: [drawNow] },
    scales: {
      x: { time: false, range: [-0.3, Math.max(0.3, labels.length - 0.7)] },
      y: { range: (_: UPlot, _min: number, max: number) => [0, Math.max(1, max * 1.1)] },
    },
    axes: [
      axisOf(colours, {
        grid: { show: false },
        space: 64,
        incrs: [1, 2, 4, 8],
        values: (_, splits) => splits.map((index) => labels[index] ?? ''),
      }),
      axisOf(colours, { size: 44 }),
    ],
    series: [
      {},
      {
        stroke: colours.main,
        width: 2,
        points: { show: true, size: 9, fill: colours.main, stroke: colours.main },
      },
    ],
  } satisfies Omit<UPlot.Options, 'width' | 'height'>;
}
