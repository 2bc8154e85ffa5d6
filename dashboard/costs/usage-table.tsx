import type { MunicipalityUsage } from '../../gateway/protocol/report/costs.ts';
import { WideTable } from '../chart/wide-table.tsx';
import { useWords } from '../text/language-context.tsx';

export const usageColumns = ['residents', 'homes', 'devices', 'alerts'] as const;

/** What each used on average; one row for each municipality that may be known of. */
export function UsageTable({ items }: { items: readonly MunicipalityUsage[] }) {
  const { costs: said, locale } = useWords();
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return (
    <WideTable name={said.usage}>
      <table className="figures">
        <caption className="visually-hidden">{said.usage}</caption>
        <thead>
          <tr>
            <th scope="col">{said.municipality}</th>
            {usageColumns.map((column) => (
              <th key={column} scope="col">
                {said.columns[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.municipality.id}>
              <th scope="row">
                {item.municipality.name}
                {item.isOwn && ` (${said.own})`}
              </th>
              {usageColumns.map((column) => {
                const count = item[column];
                return <td key={column}>{count === null ? said.hidden : number.format(count)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}
