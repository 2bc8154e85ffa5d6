import type { FollowUpReport, Percentiles } from '../../gateway/protocol/report/follow-up.ts';
import { FigureTable } from '../chart/figure-table.tsx';
import { SeverityWords } from '../rule/severity-words.tsx';
import { useWords } from '../text/language-context.tsx';
import { type Figures, useFigures } from './figure-words.ts';
import { ShareFigure } from './share-figure.tsx';

type Response = FollowUpReport['responses'][number];

const steps = ['screen', 'acceptance', 'arrival', 'resolution'] as const;
const ranks = ['p50', 'p90', 'p95', 'p99', 'max'] as const;

/** How long it took to be seen, answered, there and done, and how much of it was within the targets. */
export function ResponseSection({ report }: { report: FollowUpReport }) {
  const said = useWords().report.responses;
  const figures = useFigures(report.timeZone);
  const { responses } = report;
  const all = responses.find(({ severity }) => severity === null);
  if (all === undefined || report.alerts.care === 0) return null;
  const heads = [said.count, ...ranks.map((rank) => said[rank])];
  const cellsOf = (of: Percentiles) => [
    figures.number(of.count),
    ...ranks.map((rank) => figures.length(of[rank])),
  ];
  return (
    <section aria-labelledby="responses">
      <h2 id="responses">{said.title}</h2>
      <p>{said.about}</p>
      <WithinTable responses={responses} figures={figures} />
      <FigureTable
        caption={said.timesTable}
        heads={[said.step, ...heads]}
        rows={steps.map((step) => ({
          key: step,
          cells: [said.steps[step], ...cellsOf(all[step])],
        }))}
      />
      <p className="field-note">{said.percentiles}</p>
      <FigureTable
        caption={said.arrivalTable}
        heads={[said.severity, ...heads]}
        rows={responses.map(({ severity, arrival }) => ({
          key: severity ?? 'all',
          cells: [<SeverityName key="name" severity={severity} />, ...cellsOf(arrival)],
        }))}
      />
      <p className="field-note">{said.arrivalAbout}</p>
    </section>
  );
}

interface WithinTableProps {
  responses: readonly Response[];
  figures: Figures;
}

/** A picture and a table in one: a bar and a figure for each target. */
function WithinTable({ responses, figures }: WithinTableProps) {
  const said = useWords().report.responses;
  const targets = responses[0]?.within.map(({ seconds }) => seconds) ?? [];
  const targetWords = targets.map(
    (target) => said.within[target] ?? said.withinOther(figures.length(target)),
  );
  return (
    <>
      <FigureTable
        caption={said.withinTable}
        heads={[said.severity, said.alerts, ...targetWords, said.never]}
        rows={responses.map(({ severity, alerts, within, neverAccepted }) => ({
          key: severity ?? 'all',
          cells: [
            <SeverityName key="name" severity={severity} />,
            figures.number(alerts),
            ...targets.map((target) => (
              <ShareFigure
                key={target}
                share={within.find(({ seconds }) => seconds === target)?.share ?? null}
                figures={figures}
              />
            )),
            figures.number(neverAccepted),
          ],
        }))}
      />
      <p className="field-note">{said.withinAbout}</p>
    </>
  );
}

function SeverityName({ severity }: Pick<Response, 'severity'>) {
  const said = useWords().report.responses;
  return severity === null ? said.all : <SeverityWords severity={severity} />;
}
