import type { BenefitResult } from '../../gateway/protocol/report/benefit.ts';
import { WideTable } from '../chart/wide-table.tsx';
import { useWords } from '../text/language-context.tsx';
import { useFigures } from './use-figures.ts';
import { type Column, columns } from './year-row.ts';

/** Year by year, with the sums of what can be added up. */
export function YearTable({ result }: { result: BenefitResult }) {
  const { benefit: said } = useWords();
  const { number, factor } = useFigures();
  const cell = (column: Column, value: number) =>
    column === 'factor' ? factor(value) : number(value);
  const sums: Partial<Record<Column, number>> = {
    visits: result.years.reduce((sum, { visits }) => sum + visits, 0),
    hours: result.hours,
    km: result.km,
    costs: result.costs,
    saved: result.saved,
    net: result.saved - result.costs,
    discountedNet: result.netPresentValue,
  };
  return (
    <WideTable name={said.table}>
      <table className="figures">
        <caption className="visually-hidden">{said.table}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {said.columns[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {result.years.map((year) => (
            <tr key={year.year}>
              <th scope="row">{year.year}</th>
              {columns.slice(1).map((column) => (
                <td key={column}>{cell(column, year[column])}</td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{said.sum}</th>
            {columns.slice(1).map((column) => {
              const sum = sums[column];
              return <td key={column}>{sum === undefined ? '' : cell(column, sum)}</td>;
            })}
          </tr>
        </tfoot>
      </table>
    </WideTable>
  );
}
