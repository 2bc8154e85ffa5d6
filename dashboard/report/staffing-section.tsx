import type { FollowUpReport } from '../../gateway/protocol/report/follow-up.ts';
import { FigureTable } from '../chart/figure-table.tsx';
import { useWords } from '../text/language-context.tsx';
import { useFigures } from './figure-words.ts';

const secondMs = 1_000;

/** When units answered for homes and nobody was there to. */
export function StaffingSection({ report }: { report: FollowUpReport }) {
  const said = useWords().report.staffing;
  const figures = useFigures(report.timeZone);
  const { staffing } = report;
  return (
    <section aria-labelledby="uncovered">
      <h2 id="uncovered">{said.title}</h2>
      <p>{said.about}</p>
      {staffing.length === 0 ? (
        <p>{said.none}</p>
      ) : (
        <FigureTable
          caption={said.table}
          heads={[said.unit, said.responsible, said.uncovered, said.share]}
          rows={staffing.map(({ unit, responsibleMinutes, uncoveredMinutes }) => ({
            key: unit.id,
            cells: [
              unit.name,
              figures.minutes(responsibleMinutes),
              ...(uncoveredMinutes === null
                ? [said.notKept, '–']
                : [
                    uncoveredMinutes === 0 ? said.noTime : figures.minutes(uncoveredMinutes),
                    figures.share(
                      responsibleMinutes === 0 ? null : uncoveredMinutes / responsibleMinutes,
                    ),
                  ]),
            ],
          }))}
        />
      )}
      {staffing
        .filter(({ gaps }) => gaps.length > 0)
        .map(({ unit, gaps }) => (
          <FigureTable
            key={unit.id}
            caption={said.gaps(unit.name)}
            heads={[said.gap, said.length]}
            rows={gaps.map((gap) => ({
              key: gap.from,
              cells: [figures.span(gap), figures.length((gap.to - gap.from) / secondMs)],
            }))}
          />
        ))}
    </section>
  );
}
