import { useCallback, useMemo, useState } from 'react';
import type UPlot from 'uplot';

import type { AlertMark } from '../../gateway/protocol/history/home-day.ts';
import type { SeriesStep } from '../../gateway/protocol/series/series.ts';
import { SeverityMark } from '../alert/severity-mark.tsx';
import { useSpeech } from '../text/language-context.tsx';
import { frontOf } from './front.ts';
import { dashes, edges, lineOptions } from './line-options.ts';
import { LineTable } from './line-table.tsx';
import { momentOf, type Reading, toldBy, valueOf } from './line-words.ts';
import { between, type Line, nearest, sheetOf, stopsOf } from './line.ts';
import { Plot, type PlotColours } from './plot.tsx';

export interface LineChartProps {
  title: string;
  /** What is said below the title. */
  note?: string;
  /** All of one unit. */
  lines: readonly Line[];
  unit: string;
  step: SeriesStep;
  from: number;
  to: number;
  timeZone: string;
  marks?: readonly AlertMark[];
  limit?: number | null;
  /** Two ends of a line to what is foretold. */
  forecast?: { from: [number, number]; to: [number, number] } | null;
}

const noMarks: readonly AlertMark[] = [];

/** Lines that can be pointed at, walked by the arrow keys, heard, and read as a table. */
export function LineChart(props: LineChartProps) {
  const { title, lines, unit, step, timeZone, marks = noMarks } = props;
  const { words, say } = useSpeech();
  const said = words.history;
  const reading: Reading = { locale: words.locale, timeZone, words: said, unit };
  const stops = useMemo(() => stopsOf(lines), [lines]);
  const [place, setPlace] = useState<number | null>(null);
  const { data, options } = usePicture(props);
  const onPoint = useCallback(
    (row: number | null) => {
      const at = row === null ? undefined : data[0][row];
      if (at !== undefined) setPlace(nearest(stops, at * 1_000));
    },
    [data, stops],
  );
  const at = place === null ? undefined : stops[place];
  const told = place === null || at === undefined ? said.chart.how : tell(place, at);
  const row = at === undefined ? -1 : data[0].indexOf(at / 1_000);
  const last = Math.max(0, stops.length - 1);
  return (
    <figure className="chart line-chart">
      <Caption {...props} />
      {lines.length > 1 && <LineLegend lines={lines} />}
      <div className="line-walk">
        <input
          type="range"
          className="visually-hidden"
          aria-label={title}
          aria-valuetext={told}
          min={0}
          max={last}
          value={place ?? last}
          onChange={(event) => setPlace(Number(event.currentTarget.value))}
          onFocus={() => setPlace(place ?? last)}
        />
        <Marks {...props} />
        <Plot data={data} options={options} cursor={row < 0 ? null : row} onPoint={onPoint} />
      </div>
      <p className="line-reading" data-told={at !== undefined || undefined} aria-hidden="true">
        {told}
      </p>
      <LineTable title={title} lines={lines} marks={marks} step={step} reading={reading} />
    </figure>
  );

  /** All that is to be said of one instant: the time, each line's value, and the alerts about then. */
  function tell(index: number, stop: number): string {
    const values = lines.flatMap(({ name, points }) => {
      const point = points.find((one) => one.at === stop);
      return point === undefined ? [] : [toldBy(name, point, reading)];
    });
    const alerts = between(marks, stops, index).map((mark) =>
      said.chart.alert(words.severity[mark.severity], say(mark.title)),
    );
    return `${momentOf(stop, step, reading)}: ${[...values, ...alerts].join(', ')}`;
  }
}

function Caption({ title, note = '', unit }: LineChartProps) {
  return (
    <figcaption>
      <strong>{unit === '' ? title : `${title}, ${unit}`}</strong>
      {note !== '' && <span className="field-note">{note}</span>}
    </figcaption>
  );
}

/** What is drawn, in the order of time, and how. */
function usePicture({
  lines,
  unit,
  step,
  from,
  to,
  timeZone,
  limit = null,
  forecast = null,
}: LineChartProps) {
  const { locale, history } = useSpeech().words;
  const limitWord =
    limit === null
      ? ''
      : history.chart.limit(valueOf(limit, { locale, timeZone, words: history, unit }));
  const [ahead, aheadValue] = forecast?.to ?? [null, null];
  const [begin, beginValue] = forecast?.from ?? [null, null];
  const data = useMemo<UPlot.AlignedData>(() => {
    const sheet = sheetOf(lines, step);
    const at = ahead === null ? sheet.at : [...sheet.at, ahead];
    const willBe = at.map((one) => {
      if (one === ahead) return aheadValue;
      return one === begin ? beginValue : null;
    });
    const values = sheet.values.map((one) => (ahead === null ? one : [...one, null]));
    return [at.map((one) => one / 1_000), ...values, ...(ahead === null ? [] : [willBe])];
  }, [lines, step, ahead, aheadValue, begin, beginValue]);
  const count = lines.length;
  const options = useCallback(
    (colours: PlotColours) =>
      lineOptions(colours, {
        from,
        to: Math.max(to, ahead ?? to),
        timeZone,
        locale,
        isPercent: unit === '%',
        lines: count,
        hasForecast: ahead !== null,
        limit,
        limitWord,
      }),
    [from, to, ahead, timeZone, locale, unit, count, limit, limitWord],
  );
  return { data, options };
}

function Marks({ marks = noMarks, from, to, forecast }: LineChartProps) {
  const { say } = useSpeech();
  const end = Math.max(to, forecast?.to[0] ?? to);
  if (marks.length === 0) return null;
  return (
    <div
      className="line-marks"
      aria-hidden="true"
      style={{ marginLeft: edges.left, marginRight: edges.right }}
    >
      {marks
        .filter(({ at }) => at >= from && at <= end)
        .map(({ id, at, severity, title }) => (
          <span
            key={id}
            title={say(title)}
            style={{ left: `${((at - from) / (end - from)) * 100}%`, zIndex: frontOf(severity) }}
          >
            <SeverityMark severity={severity} />
          </span>
        ))}
    </div>
  );
}

const colourNames = ['main', 'other', 'third', 'fourth'];

function LineLegend({ lines }: { lines: readonly Line[] }) {
  const said = useSpeech().words.history;
  return (
    <ul className="line-legend" aria-label={said.chart.lines}>
      {lines.map(({ name }, index) => (
        <li key={name}>
          <svg
            viewBox="0 0 32 8"
            aria-hidden="true"
            className={`plot-${colourNames[index % colourNames.length] ?? 'main'}`}
          >
            <path
              d="M0 4h32"
              strokeDasharray={(dashes[index % dashes.length] ?? []).join(' ')}
              className="line-sample"
            />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
