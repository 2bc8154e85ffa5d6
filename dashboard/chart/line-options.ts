import type UPlot from 'uplot';

import { clockTime } from '../clock/exact.ts';
import { wallOf } from '../clock/zoned.ts';
import { timeTicks } from './day-tick.ts';
import { lonely } from './line.ts';
import { axisOf, type PlotColours } from './plot.tsx';

/** How wide the scale beside the lines is, and the room to the right of them. */
export const edges = { left: 48, right: 12 };

/** Told from each other by dashes too, for those who see no colours. */
export const dashes: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [10, 3, 2, 3]];

export interface Picture {
  from: number;
  to: number;
  timeZone: string;
  locale: string;
  /** Percentages are seen against all there is. */
  isPercent: boolean;
  lines: number;
  hasForecast: boolean;
  limit: number | null;
  /** What the limit is called. */
  limitWord: string;
}

type Options = Omit<UPlot.Options, 'width' | 'height'>;

/** Lines over time, a limit across them, and the days of the place below. */
export function lineOptions(colours: PlotColours, picture: Picture): Options {
  const { from, to, timeZone, locale, isPercent, lines, hasForecast, limit, limitWord } = picture;
  const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone });
  const strokes = [colours.main, colours.other, colours.third, colours.fourth];
  const label = (seconds: number) => {
    const at = seconds * 1_000;
    const isMidnight = wallOf(at, timeZone).time === '00:00';
    return isMidnight ? date.format(at) : clockTime(at, locale, timeZone);
  };
  return {
    legend: { show: false },
    padding: [8, edges.right, 0, 0],
    cursor: { drag: { x: false, y: false }, y: false, points: { size: 9 } },
    hooks: { draw: limit === null ? [] : [limitAcross(colours, limit, limitWord)] },
    scales: {
      x: { time: false, range: [from / 1_000, to / 1_000] },
      y: { range: isPercent ? [0, 100] : (_: UPlot, low, high) => around(low, high, limit) },
    },
    axes: [
      axisOf(colours, {
        grid: { show: false },
        size: 34,
        splits: (plot) =>
          timeTicks(
            from,
            to,
            timeZone,
            Math.floor((plot.width - edges.left - edges.right) / 56),
          ).map((at) => at / 1_000),
        values: (_, splits) => splits.map(label),
      }),
      axisOf(colours, { size: edges.left, ...(isPercent && { incrs: [25, 50] }) }),
    ],
    series: [
      {},
      ...Array.from({ length: lines }, (_, index) => ({
        stroke: strokes[index % strokes.length] ?? colours.main,
        width: 2,
        dash: [...(dashes[index % dashes.length] ?? [])],
        points: {
          show: false,
          size: 5,
          filter: (plot: UPlot, series: number) => lonely([...(plot.data[series] ?? [])]),
        },
      })),
      ...(hasForecast
        ? [
            {
              stroke: colours.main,
              width: 2,
              dash: [6, 5],
              points: { show: false },
              spanGaps: true,
            },
          ]
        : []),
    ],
  };
}

/** A little air around what was measured, and room for a limit that is near. */
function around(low: number, high: number, limit: number | null): [number, number] {
  const all = [low, high, ...(limit === null ? [] : [limit])].filter((one) => Number.isFinite(one));
  if (all.length === 0) return [0, 1];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const air = Math.max(1, (most - least) * 0.1);
  return [Math.floor(least - air), Math.ceil(most + air)];
}

function limitAcross(colours: PlotColours, limit: number, word: string) {
  return (plot: UPlot) => {
    const { ctx, bbox } = plot;
    const y = Math.round(plot.valToPos(limit, 'y', true));
    if (y < bbox.top || y > bbox.top + bbox.height) return;
    ctx.save();
    ctx.strokeStyle = colours.other;
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.fillStyle = colours.text;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'alphabetic';
    ctx.font = `600 ${12 * devicePixelRatio}px "Inter Variable", sans-serif`;
    ctx.fillText(word, bbox.left + 6 * devicePixelRatio, y - 5 * devicePixelRatio);
    ctx.restore();
  };
}
