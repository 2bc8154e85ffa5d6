import './bar.css';

export interface Column {
  key: string | number;
  /** What stands under it, where there is room. */
  label: string;
  value: number;
}

interface ColumnChartProps {
  columns: readonly Column[];
  /** How a value on the scale is written. */
  say: (value: number) => string;
}

const mostLabels = 8;
const mostValues = 12;
const room = 0.85;

/** Columns from nought, with a scale beside them. The figures are in a table too, so it is hidden from those who hear. */
export function ColumnChart({ columns, say }: ColumnChartProps) {
  const top = roundTop(Math.max(0, ...columns.map(({ value }) => value)));
  const width = 100 / Math.max(1, columns.length);
  const every = Math.ceil(columns.length / mostLabels);
  return (
    <div className="column-chart" aria-hidden="true">
      <div className="column-scale">
        {[top, top / 2, 0].map((value) => (
          <span key={value}>{say(value)}</span>
        ))}
      </div>
      <svg className="column-picture">
        {[0, 50, 100].map((y) => (
          <line key={y} x1="0" x2="100%" y1={`${y}%`} y2={`${y}%`} className="column-line" />
        ))}
        {columns.map(({ key, value }, index) => {
          const height = (value / top) * 100;
          return (
            <g key={key}>
              <rect
                className="column"
                x={`${width * (index + (1 - room) / 2)}%`}
                width={`${width * room}%`}
                y={`${100 - height}%`}
                height={`${height}%`}
              />
              {columns.length <= mostValues && (
                <text
                  className="column-value"
                  x={`${width * (index + 0.5)}%`}
                  y={`${100 - height}%`}
                  dy="-0.35em"
                >
                  {say(value)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <div className="column-labels">
        {columns.map(({ key, label }, index) => (
          <span key={key}>{index % every === 0 && label}</span>
        ))}
      </div>
    </div>
  );
}

/** The least round number that is as large, and whose half is whole too. */
export function roundTop(most: number): number {
  let power = 1;
  for (;;) {
    const top = [2, 3, 4, 6, 8, 10]
      .map((step) => step * power)
      .find((one) => one >= most && one % 2 === 0);
    if (top !== undefined) return top;
    power *= 10;
  }
}
