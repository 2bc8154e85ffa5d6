import { memo } from 'react';
import { Link } from 'react-router';

import { type FollowUpReport, smallestGroup } from '../../gateway/protocol/report/follow-up.ts';
import { useWords } from '../text/language-context.tsx';
import { FalseSection } from './false-section.tsx';
import { useFigures } from './figure-words.ts';
import { LoadSection } from './load-section.tsx';
import { NoisySection } from './noisy-section.tsx';
import { ResponseSection } from './response-section.tsx';
import { StaffingSection } from './staffing-section.tsx';
import { SummarySection } from './summary-section.tsx';
import { UptimeSection } from './uptime-section.tsx';
import { WeekSection } from './week-section.tsx';

interface FollowUpProps {
  report: FollowUpReport;
  /** The address that asks for all units; null where it is asked for. */
  everyUnit: string | null;
}

/** The report itself, or plainly that it is of too few homes. */
export const FollowUp = memo(function FollowUp({ report, everyUnit }: FollowUpProps) {
  const { tooSmall, caution } = useWords().report;
  return (
    <>
      <PaperTop report={report} />
      {report.isTooSmall ? (
        <section aria-labelledby="too-small" className="all-well">
          <h2 id="too-small">{tooSmall.title}</h2>
          <p>
            {report.homes < smallestGroup ? tooSmall.about(report.homes) : tooSmall.aboutOthers}
          </p>
          {everyUnit === null ? (
            <p>{tooSmall.mendWhole}</p>
          ) : (
            <p className="report-actions">
              <Link to={everyUnit}>{tooSmall.mend}</Link>
            </p>
          )}
        </section>
      ) : (
        <>
          {!report.isWholeMonths && <p className="report-caution">{caution}</p>}
          <SummarySection report={report} />
          <ResponseSection report={report} />
          <WeekSection report={report} />
          <FalseSection report={report} />
          <LoadSection report={report} />
          <StaffingSection report={report} />
          <UptimeSection report={report} />
          <NoisySection report={report} />
        </>
      )}
    </>
  );
});

/** Whose report it is, of which days and when it was made. */
function PaperTop({ report }: { report: FollowUpReport }) {
  const said = useWords().report;
  const figures = useFigures(report.timeZone);
  const { paper } = said;
  return (
    <header className="paper-top">
      <p className="paper-heading">{paper.heading(report.municipality.name)}</p>
      <dl className="report-facts">
        <div>
          <dt>{paper.period}</dt>
          <dd>{figures.period(report)}</dd>
        </div>
        <div>
          <dt>{paper.unit}</dt>
          <dd>{report.unit?.name ?? said.everyUnit}</dd>
        </div>
        <div>
          <dt>{paper.basis}</dt>
          <dd>{said.basis(report.homes, report.residents)}</dd>
        </div>
        <div>
          <dt>{paper.made}</dt>
          <dd>
            {figures.date(figures.dayOf(report.madeAt))} {figures.clock(report.madeAt)}
          </dd>
        </div>
      </dl>
    </header>
  );
}
