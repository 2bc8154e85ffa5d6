import { Button } from '@midas-ds/components/button';

import { costKeys, type CostSplit, type UsageReport } from '../../gateway/protocol/report/costs.ts';
import { writeNumber } from '../benefit/number-text.ts';
import { useSettled } from '../benefit/use-settled.ts';
import { csvOf, download } from '../chart/csv.ts';
import { WideTable } from '../chart/wide-table.tsx';
import { useWords } from '../text/language-context.tsx';
import { usageColumns } from './usage-table.tsx';
import { type CostWish, readPercent } from './wish.ts';

interface SplitResultProps {
  report: UsageReport;
  wish: CostWish;
  split: CostSplit;
}

/** What each pays: a bar, the amount to the öre and the share, with a sum that is the whole cost. */
export function SplitResult({ report, wish, split }: SplitResultProps) {
  const { costs: said, locale } = useWords();
  const kronor = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
  const percent = new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const inKronor = (ore: number) => kronor.format(ore / 100);
  const names = new Map(report.items.map(({ municipality: { id, name } }) => [id, name]));
  const total = split.shares.reduce((sum, { amount }) => sum + amount, 0);
  const largest = Math.max(...split.shares.map(({ share }) => share));
  const parts = costKeys.flatMap((key) => {
    const weight = readPercent(wish.weights[key], locale) ?? 0;
    return weight > 0 ? [`${writeNumber(weight, locale)} % ${said.by[key]}`] : [];
  });
  const told = useSettled(said.summary(split.shares.length, inKronor(total)));
  return (
    <>
      <output className="visually-hidden">{told}</output>
      <p>{said.splitBy(inKronor(total), parts.join(', '))}</p>
      <WideTable name={said.result}>
        <table className="figures cost-split">
          <caption>{said.result}</caption>
          <thead>
            <tr>
              <th scope="col">{said.municipality}</th>
              <th scope="col">{said.amount}</th>
              <th scope="col">{said.share}</th>
            </tr>
          </thead>
          <tbody>
            {split.shares.map(({ id, amount, share }) => (
              <tr key={id}>
                <th scope="row">
                  {names.get(id) ?? id}
                  <svg className="cost-bar" aria-hidden="true" preserveAspectRatio="none">
                    <rect width={`${largest > 0 ? (share / largest) * 100 : 0}%`} height="100%" />
                  </svg>
                </th>
                <td>{inKronor(amount)}</td>
                <td>{percent.format(share)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{said.sum}</th>
              <td>{inKronor(total)}</td>
              <td>{percent.format(1)}</td>
            </tr>
          </tfoot>
        </table>
      </WideTable>
      {split.unused.length > 0 && (
        <p>{said.unused(split.unused.map((key) => said.keys[key].toLowerCase()).join(', '))}</p>
      )}
      <p className="field-note">{said.exact}</p>
      <div className="benefit-actions">
        <Button
          variant="secondary"
          onPress={() => {
            const heads = [
              said.municipality,
              ...usageColumns.map((column) => said.columns[column]),
              said.amount,
            ];
            const amounts = new Map(split.shares.map(({ id, amount }) => [id, amount / 100]));
            const rows = report.items.map((item) => [
              item.municipality.name,
              ...usageColumns.map((column) => item[column] ?? said.hidden),
              amounts.get(item.municipality.id) ?? 0,
            ]);
            download('vaka-costs.csv', 'text/csv', `\uFEFF${csvOf([heads, ...rows], locale)}`);
          }}
        >
          {said.file}
        </Button>
      </div>
    </>
  );
}
