/** Narrow, so that the numbers can be read on a phone. */
const width = 420;
const height = 170;
const edge = 20;

interface YearBarsProps {
  values: readonly number[];
  title: string;
  label: (value: number) => string;
  tone: 'money' | 'time';
}

/** A bar a year, up or down from nothing, each with its number; the table has them too. */
export function YearBars({ values, title, label, tone }: YearBarsProps) {
  const highest = Math.max(0, ...values);
  const lowest = Math.min(0, ...values);
  const scale = (height - 2 * edge) / Math.max(highest - lowest, 1);
  const nothing = edge + highest * scale;
  const step = width / values.length;
  return (
    <figure className="year-bars" data-tone={tone}>
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${width} ${height + 20}`} aria-hidden="true">
        {values.map((value, year) => {
          const size = Math.abs(value) * scale;
          const top = value < 0 ? nothing : nothing - size;
          const middle = (year + 0.5) * step;
          return (
            // oxlint-disable-next-line react/no-array-index-key -- the place is the year.
            <g key={year} data-below={value < 0 || undefined}>
              <rect x={middle - step * 0.34} y={top} width={step * 0.68} height={size} />
              <text x={middle} y={value < 0 ? top + size + 14 : top - 5}>
                {label(value)}
              </text>
              <text x={middle} y={height + 14} className="year-name">
                {year}
              </text>
            </g>
          );
        })}
        <line x1="0" x2={width} y1={nothing} y2={nothing} />
      </svg>
    </figure>
  );
}
