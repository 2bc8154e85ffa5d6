import { useEffect, useRef } from 'react';
import UPlot from 'uplot';

import { useScheme } from '../theme/scheme-context.tsx';

import 'uplot/dist/uPlot.min.css';

/** Colours of the page, as a canvas can use them. */
export interface PlotColours {
  main: string;
  other: string;
  text: string;
  line: string;
}

interface PlotProps {
  data: UPlot.AlignedData;
  /** Must be stable. */
  options: (colours: PlotColours) => Omit<UPlot.Options, 'width' | 'height'>;
  /** Which point was pressed; must be stable. */
  onPick?: (index: number) => void;
}

const height = 220;
const narrowest = 200;

/** A picture of numbers that are also in a table: not for screen readers. */
export function Plot({ data, options, onPick }: PlotProps) {
  const { scheme } = useScheme();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    let plot: UPlot | null = null;
    const draw = () => {
      plot?.destroy();
      const width = Math.max(narrowest, element.clientWidth);
      plot = new UPlot({ ...options(coloursOf(element)), width, height }, data, element);
      if (onPick === undefined) return;
      const { over } = plot;
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
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another scheme has other colours.
  }, [data, options, onPick, scheme]);
  return (
    <div ref={box} className="plot" aria-hidden="true">
      <span hidden className="plot-main" />
      <span hidden className="plot-other" />
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
