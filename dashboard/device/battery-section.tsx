import { useCallback, useMemo } from 'react';
import type UPlot from 'uplot';

import type { DeviceDetail } from '../../gateway/protocol/device/fleet.ts';
import { axisOf, Plot, type PlotColours } from '../chart/plot.tsx';
import { useDay } from '../fleet/use-day.ts';
import { useWords } from '../text/language-context.tsx';
import { curveOf } from './battery-curve.ts';

import '../rule/rule.css';

const usualUrgentPercent = 10;

/** How the battery has fallen and where that leads: a picture and a table. */
export function BatterySection({ device }: { device: DeviceDetail }) {
  const words = useWords();
  const said = words.fleet.device;
  const day = useDay();
  const { batteryPercent, batteryEndsAt, battery, description } = device;
  const cells = description?.battery ?? null;
  if (batteryPercent === null) return null;
  return (
    <section aria-labelledby="battery">
      <h2 id="battery">{said.battery}</h2>
      <p>
        <span className="label">{said.batteryNow}</span>{' '}
        <strong>{words.device.percent(batteryPercent)}</strong>
        {cells !== null && <> · {said.batteryKind(cells.count, cells.chemistry)}</>}
      </p>
      <p>{batteryEndsAt === null ? said.batteryNoEnd : said.batteryEnds(day(batteryEndsAt))}</p>
      {battery.length > 1 && (
        <BatteryChart device={device} urgentPercent={cells?.urgentPercent ?? usualUrgentPercent} />
      )}
    </section>
  );
}

function BatteryChart({ device, urgentPercent }: { device: DeviceDetail; urgentPercent: number }) {
  const words = useWords();
  const said = words.fleet.device;
  const day = useDay();
  const { battery, batteryEndsAt } = device;
  const data = useMemo<UPlot.AlignedData>(
    () => curveOf({ battery, batteryEndsAt }, urgentPercent),
    [battery, batteryEndsAt, urgentPercent],
  );
  const options = useCallback(
    (colours: PlotColours) => optionsFor(colours, words.locale, urgentPercent),
    [words.locale, urgentPercent],
  );
  return (
    <figure className="chart">
      <figcaption className="label">{said.chart}</figcaption>
      <Plot data={data} options={options} />
      <details>
        <summary>{said.table}</summary>
        <table className="figures">
          <caption className="visually-hidden">{said.battery}</caption>
          <thead>
            <tr>
              <th scope="col">{said.date}</th>
              <th scope="col">{said.percent}</th>
            </tr>
          </thead>
          <tbody>
            {battery.toReversed().map(({ day: at, percent }) => (
              <tr key={at}>
                <th scope="row">{day(at)}</th>
                <td>{Math.round(percent)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

function optionsFor(colours: PlotColours, locale: string, urgentPercent: number) {
  const short = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  const drawLimit = (plot: UPlot) => {
    const { ctx, bbox } = plot;
    const y = Math.round(plot.valToPos(urgentPercent, 'y', true));
    ctx.save();
    ctx.strokeStyle = colours.other;
    ctx.lineWidth = devicePixelRatio;
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.restore();
  };
  return {
    legend: { show: false },
    cursor: { drag: { x: false, y: false } },
    hooks: { draw: [drawLimit] },
    scales: { x: { time: false }, y: { range: [0, 100] } },
    axes: [
      axisOf(colours, {
        grid: { show: false },
        space: 64,
        incrs: [1, 2, 7, 14, 28, 56, 112].map((days) => days * 86_400),
        values: (_, splits) => splits.map((seconds) => short.format(seconds * 1_000)),
      }),
      axisOf(colours, { size: 44, incrs: [25, 50] }),
    ],
    series: [
      {},
      { stroke: colours.main, width: 2, points: { show: false } },
      { stroke: colours.main, width: 2, dash: [6, 5], points: { show: false }, spanGaps: true },
    ],
  } satisfies Omit<UPlot.Options, 'width' | 'height'>;
}
