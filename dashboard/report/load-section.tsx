import { type FollowUpReport, smallestGroup } from '../../gateway/protocol/report/follow-up.ts';
import { FigureTable } from '../chart/figure-table.tsx';
import { gradeOf } from '../rule/load.ts';
import { SeverityWords } from '../rule/severity-words.tsx';
import { useWords } from '../text/language-context.tsx';
import { type Figures, useFigures } from './figure-words.ts';
import { judged, type Measure } from './load-measure.ts';

type Load = FollowUpReport['loads'][number];

/** How many alerts each person on duty had to answer, against what people can. */
export function LoadSection({ report }: { report: FollowUpReport }) {
  const said = useWords().report.load;
  const figures = useFigures(report.timeZone);
  // Of each unit that answered it is told how it was staffed, also where its load is not.
  const isHidden = report.loads.length < report.staffing.length;
  return (
    <section aria-labelledby="load">
      <h2 id="load">{said.title}</h2>
      <p>{said.about}</p>
      {isHidden ? (
        <p>{said.hidden(smallestGroup)}</p>
      ) : (
        report.loads.length === 0 && <p>{said.none}</p>
      )}
      {report.loads.map((load) => (
        <UnitLoad
          key={load.unit.id}
          load={load}
          figures={figures}
          isDutyKept={report.staffing.some(
            ({ unit, uncoveredMinutes }) => unit.id === load.unit.id && uncoveredMinutes !== null,
          )}
        />
      ))}
    </section>
  );
}

const marks = { good: '✓', acceptable: '~', 'too-much': '!' } as const;

interface UnitLoadProps {
  load: Load;
  figures: Figures;
  isDutyKept: boolean;
}

function UnitLoad({ load, figures, isDutyKept }: UnitLoadProps) {
  const said = useWords().report.load;
  const grade = gradeOf(load);
  return (
    <div className="report-part">
      <h3>{load.unit.name}</h3>
      <p className="load" data-grade={grade}>
        <span className="load-mark" aria-hidden="true">
          {marks[grade]}
        </span>{' '}
        <strong>{said.grades[grade]}.</strong>
      </p>
      <FigureTable
        caption={said.table(load.unit.name)}
        heads={[said.measure, said.value, said.limit, said.judged]}
        rows={judged(load, { figures, said, isDutyKept }).map(({ name, value, limit, isOver }) => ({
          key: name,
          cells: [name, value, limit ?? said.noLimit, <Judged key={name} isOver={isOver} />],
        }))}
      />
      {load.bySeverity.length > 0 && (
        <ul className="tags" aria-label={said.bySeverity}>
          {load.bySeverity.map(({ severity, alerts }) => (
            <li key={severity} className="severity-count">
              <SeverityWords severity={severity} /> <strong>{figures.number(alerts)}</strong>
            </li>
          ))}
        </ul>
      )}
      {load.floods.length === 0 ? (
        <p>{said.noFloods}</p>
      ) : (
        <FigureTable
          caption={said.floods(load.unit.name)}
          heads={[said.floodTime, said.floodAlerts]}
          rows={load.floods.map((flood) => ({
            key: flood.from,
            cells: [figures.span(flood), figures.number(flood.alerts)],
          }))}
        />
      )}
    </div>
  );
}

/** In words and by a mark: a colour alone would say it to some only. */
function Judged({ isOver }: Pick<Measure, 'isOver'>) {
  const said = useWords().report.load;
  if (isOver === null) return '–';
  return (
    <span className="judged" data-over={isOver || undefined}>
      <span aria-hidden="true">{isOver ? '!' : '✓'}</span> {isOver ? said.over : said.within}
    </span>
  );
}
