import { type ReactNode, useEffect, useRef, useState } from 'react';

import './chart.css';
import './figure-table.css';

export interface FigureRow {
  key: string | number;
  /** The first names the row. */
  cells: readonly [ReactNode, ...ReactNode[]];
}

interface FigureTableProps {
  caption: string;
  /** The names of the columns, each its own. */
  heads: readonly string[];
  rows: readonly FigureRow[];
}

/** Figures in rows; where they are wider than the screen they are scrolled sideways, also by keyboard. */
export function FigureTable({ caption, heads, rows }: FigureTableProps) {
  const box = useRef<HTMLDivElement>(null);
  const isWide = useOverflow(box);
  return (
    <div
      ref={box}
      className="figures-box"
      {...(isWide && { role: 'group', 'aria-label': caption, tabIndex: 0 })}
    >
      <table className="figures">
        <caption>{caption}</caption>
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
          {rows.map(({ key, cells: [name, ...figures] }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {figures.map((figure, index) => (
                <td key={heads[index + 1]}>{figure}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Whether what is in it is wider than it. */
function useOverflow(box: { readonly current: HTMLElement | null }): boolean {
  const [isWide, setWide] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const watching = new ResizeObserver(() => setWide(element.scrollWidth > element.clientWidth));
    watching.observe(element);
    const [table] = element.children;
    if (table !== undefined) watching.observe(table);
    return () => watching.disconnect();
  }, [box]);
  return isWide;
}
