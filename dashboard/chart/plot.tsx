import { useEffect, useRef } from 'react';
import UPlot from 'uplot';

import { useScheme } from '../theme/scheme-context.tsx';

import 'uplot/dist/uPlot.min.css';
import './chart.css';

/** Colours of the page, as a canvas can use them. */
export interface PlotColours {
  main: string;
  other: string;
  third: string;
  fourth: string;
  text: string;
  line: string;
}

interface PlotProps {
  data: UPlot.AlignedData;
  /** Must be stable. */
  options: (colours: PlotColours) => Omit<UPlot.Options, 'width' | 'height'>;
  /** Which point was pressed; must be stable. */
  onPick?: (index: number) => void;
  /** Which point the vertical line stands at; null: at none. */
  cursor?: number | null;
  /** Which point is pointed at; must be stable. */
  onPoint?: (index: number | null) => void;
}

const height = 220;
const narrowest = 200;

/** A picture of numbers that are also in a table: not for screen readers. */
export function Plot({ data, options, onPick, cursor = null, onPoint }: PlotProps) {
  const { scheme } = useScheme();
  const box = useRef<HTMLDivElement>(null);
  const drawn = useRef<UPlot | null>(null);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    let plot: UPlot | null = null;
    const draw = () => {
      plot?.destroy();
      const width = Math.max(narrowest, element.clientWidth);
      const chosen = options(coloursOf(element));
      const point = (from: UPlot) => onPoint?.(from.cursor.idx ?? null);
      const hooks: UPlot.Hooks.Arrays = { ...chosen.hooks, setCursor: [point] };
      plot = new UPlot({ ...chosen, hooks, width, height }, data, element);
      drawn.current = plot;
      const { over } = plot;
      if (onPick === undefined) return;
      over.classList.add('plot-pick');
      over.addEventListener('click', () => {
        const index = plot?.cursor.idx;
        if (index !== null && index !== undefined) onPick(index);
      });
    };
    draw();
    const resized = new ResizeObserver(() => {
      const width = Math.max(narrowest, element.clientWidth);
      if (plot !== null && plot.width !== width) plot.setSize({ width, height });
    });
    resized.observe(element);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', draw);
    return () => {
      dark.removeEventListener('change', draw);
      resized.disconnect();
      plot?.destroy();
      drawn.current = null;
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another scheme has other colours.
  }, [data, options, onPick, onPoint, scheme]);
  useEffect(() => {
    const plot = drawn.current;
    if (plot === null) return;
    const at = cursor === null ? undefined : data[0][cursor];
    const left = at === undefined ? -10 : plot.valToPos(at, 'x');
    const top = at === undefined ? -10 : plot.over.clientHeight / 2;
    // Told by nobody's pointer: what is pointed at stays.
    plot.setCursor({ left, top }, false);
  }, [cursor, data]);
  return (
    <div ref={box} className="plot" aria-hidden="true">
      <span hidden className="plot-main" />
      <span hidden className="plot-other" />
      <span hidden className="plot-third" />
      <span hidden className="plot-fourth" />
      <span hidden className="plot-text" />
      <span hidden className="plot-line" />
    </div>
  );
}

function coloursOf(element: HTMLElement): PlotColours {
  const colour = (name: string) => {
    const probe = element.querySelector(`.plot-${name}`);
    return probe === null ? 'currentColor' : getComputedStyle(probe).color;
  };
  return {
    main: colour('main'),
    other: colour('other'),
    third: colour('third'),
    fourth: colour('fourth'),
    text: colour('text'),
    line: colour('line'),
  };
}

/** An axis in the page's type and colours. */
export function axisOf(colours: PlotColours, more: UPlot.Axis = {}): UPlot.Axis {
  return {
    stroke: colours.text,
    font: '13px "Inter Variable", sans-serif',
    grid: { stroke: colours.line, width: 1 },
    ticks: { stroke: colours.line, width: 1 },
    ...more,
  };
}
