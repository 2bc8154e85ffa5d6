import { Button } from '@midas-ds/components/button';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';

import { followUpFile } from '../api/report-api.ts';
import { wallOf } from '../clock/zoned.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { useMe } from '../session/session-context.tsx';
import { useNow } from '../stream/live-context.tsx';
import { useSpeech } from '../text/language-context.tsx';
import { FollowUp } from './follow-up.tsx';
import { PeriodForm } from './period-form.tsx';
import { addressOf, choiceOf } from './period.ts';
import { ReportNav } from './report-nav.tsx';
import { useReport } from './use-report.ts';

import '../alert/alert.css';
import '../rule/rule.css';
import './report.css';
import './print.css';

/** How the municipality's alerts were answered over a time: on the screen, as a file and on paper. */
export function FollowUpPage() {
  const { words, language } = useSpeech();
  const said = words.report;
  const { timeZone } = useMe().municipality;
  const today = wallOf(useNow(), timeZone).date;
  const [address, setAddress] = useSearchParams();
  const choice = useMemo(() => choiceOf(address, today), [address, today]);
  const { report, units, problem, again } = useReport(choice);
  return (
    <Page title={said.title} className="report-page">
      <ReportNav />
      <p className="page-about screen-only">{said.about}</p>
      <PeriodForm
        choice={choice}
        today={today}
        units={units}
        onChoose={(chosen) => setAddress(addressOf(chosen), { replace: true })}
      />
      {report !== null ? (
        <>
          <div className="report-actions screen-only">
            <Button variant="secondary" onPress={() => print()}>
              {said.print}
            </Button>
            <a href={followUpFile(choice, language)} download>
              {said.file}
            </a>
          </div>
          <FollowUp
            report={report}
            everyUnit={choice.unitId === null ? null : `?${addressOf({ ...choice, unitId: null })}`}
          />
        </>
      ) : problem === null ? (
        <output className="report-working">{said.working}</output>
      ) : (
        <Problem problem={problem} onRetry={again} />
      )}
    </Page>
  );
}
