import type { ReactNode } from 'react';

import { WideTable } from './wide-table.tsx';

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
  return (
    <WideTable name={caption}>
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
    </WideTable>
  );
}
