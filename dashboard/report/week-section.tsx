import type { FollowUpReport } from '../../gateway/protocol/report/follow-up.ts';
import { ColumnChart } from '../chart/column-chart.tsx';
import { FigureTable } from '../chart/figure-table.tsx';
import { TableFold } from '../chart/table-fold.tsx';
import { mondayOf } from '../clock/zoned.ts';
import { weekNumber } from '../plan/when.ts';
import { useWords } from '../text/language-context.tsx';
import { useFigures } from './figure-words.ts';

type Week = FollowUpReport['weeks'][number];

/** How many alerts there were each week. */
export function WeekSection({ report }: { report: FollowUpReport }) {
  const words = useWords().report;
  const said = words.weeks;
  const figures = useFigures(report.timeZone);
  if (report.weeks.length === 0) return null;
  const numberOf = ({ from }: Week) => weekNumber(mondayOf(figures.dayOf(from)));
  return (
    <section aria-labelledby="weeks">
      <h2 id="weeks">{said.title}</h2>
      <p>{said.about}</p>
      <figure className="chart">
        <figcaption>
          <strong>{said.picture}</strong>
        </figcaption>
        <ColumnChart
          columns={report.weeks.map((week) => ({
            key: week.from,
            label: said.tick(numberOf(week)),
            value: week.alerts,
          }))}
          say={figures.number}
        />
      </figure>
      <TableFold show={words.table} hide={words.noTable}>
        <FigureTable
          caption={said.title}
          heads={[said.week, said.alerts, said.p95, said.falseShare]}
          rows={report.weeks.map((week) => ({
            key: week.from,
            cells: [
              said.name(numberOf(week), figures.shortDate(figures.dayOf(week.from))),
              figures.number(week.alerts),
              figures.length(week.acceptanceP95),
              figures.share(week.falseShare),
            ],
          }))}
        />
      </TableFold>
    </section>
  );
}
