import { Button } from '@midas-ds/components/button';
import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

import { fetchFollowUp, followUpFile, type ReportWish } from '../api/report-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { wallOf } from '../clock/zoned.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { useMe } from '../session/session-context.tsx';
import { useNow } from '../stream/live-context.tsx';
import { useSpeech } from '../text/language-context.tsx';
import { FollowUp } from './follow-up.tsx';
import { PeriodForm } from './period-form.tsx';
import { addressOf, choiceOf, type ReportChoice } from './period.ts';
import { ReportNav } from './report-nav.tsx';

import './report.css';
import './print.css';

/** What has been is worked out once; each answer is also a line in the access log. */
const refreshMs = 24 * 3_600_000;

/** How the municipality's alerts were answered over a time: on the screen, as a file and on paper. */
export function FollowUpPage() {
  const { words, language } = useSpeech();
  const said = words.report;
  const { timeZone } = useMe().municipality;
  const today = wallOf(useNow(), timeZone).date;
  const [address, setAddress] = useSearchParams();
  const { kind, from, to, unitId } = choiceOf(address, today);
  const fetcher = useCallback(
    async (signal: AbortSignal) => {
      const wish: ReportWish = { from, to, unitId };
      return { wish, report: await fetchFollowUp(wish, signal) };
    },
    [from, to, unitId],
  );
  const { data, problem, again } = useFetched(fetcher, 0, refreshMs);
  const { wish } = data ?? {};
  const isThis = wish?.from === from && wish.to === to && wish.unitId === unitId;
  const choose = (choice: ReportChoice) => setAddress(addressOf(choice), { replace: true });
  return (
    <Page title={said.title} className="report-page">
      <ReportNav />
      <p className="page-about screen-only">{said.about}</p>
      <PeriodForm
        key={`${kind} ${from} ${to}`}
        choice={{ kind, from, to, unitId }}
        today={today}
        units={data?.report.units ?? []}
        onChoose={choose}
      />
      {data !== null && isThis && problem === null ? (
        <>
          <div className="report-actions screen-only">
            <Button variant="secondary" onPress={() => print()}>
              {said.print}
            </Button>
            <a href={followUpFile({ from, to, unitId }, language)} download>
              {said.file}
            </a>
          </div>
          <FollowUp
            report={data.report}
            {...(unitId !== null && {
              onEveryUnit: () => choose({ kind, from, to, unitId: null }),
            })}
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
