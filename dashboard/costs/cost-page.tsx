import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';

import type { UsageReport } from '../../gateway/protocol/report/costs.ts';
import { fetchUsage } from '../api/cost-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { useKeptAddress } from '../benefit/use-kept-address.ts';
import { useSettled } from '../benefit/use-settled.ts';
import { isDate, wallOf } from '../clock/zoned.ts';
import { useDay } from '../fleet/use-day.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { problemOf } from '../report/period.ts';
import { ReportNav } from '../report/report-nav.tsx';
import { useMe } from '../session/session-context.tsx';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { SplitForm } from './split-form.tsx';
import { SplitResult } from './split-result.tsx';
import { UsageTable } from './usage-table.tsx';
import { addressOf, type CostWish, splitOf, wishOf } from './wish.ts';

import '../chart/chart.css';
import '../rule/rule.css';
import '../benefit/benefit.css';
import './costs.css';

const refreshMs = 10 * 60_000;

/** What each municipality uses of the service, and who pays how much of it. */
export function CostPage() {
  const words = useWords();
  const said = words.costs;
  const [wish, setWish] = useWish();
  const period = useSettled(useUsable(wish));
  const fetcher = useCallback((signal: AbortSignal) => fetchUsage(period, signal), [period]);
  const { data, problem, again } = useFetched(fetcher, 0, refreshMs);
  return (
    <Page title={said.title} className="benefit-page cost-page">
      <ReportNav />
      <p className="page-about">{said.about}</p>
      <PeriodFields wish={wish} onChange={setWish} />
      {data?.from === period.from && data.to === period.to ? (
        <Shown report={data} wish={wish} onChange={setWish} />
      ) : (
        <Problem problem={problem} onRetry={again} />
      )}
    </Page>
  );
}

/** What is wished for, kept in the address once it has come to rest. */
function useWish(): [CostWish, (wish: CostWish) => void] {
  const { timeZone } = useMe().municipality;
  const now = useNow();
  const [address] = useSearchParams();
  const [wish, setWish] = useState(() => wishOf(address, wallOf(now, timeZone).date));
  useKeptAddress(addressOf(useSettled(wish)));
  return [wish, setWish];
}

/** The last period that could be asked for; the same object as long as it is the same days. */
function useUsable({ from, to }: CostWish) {
  const [usable, setUsable] = useState({ from, to });
  const isOther = usable.from !== from || usable.to !== to;
  if (isOther && problemOf({ from, to }) === null) setUsable({ from, to });
  return usable;
}

interface PartProps {
  wish: CostWish;
  onChange: (wish: CostWish) => void;
}

function PeriodFields({ wish, onChange }: PartProps) {
  const words = useWords();
  const said = words.costs;
  const wrong = problemOf(wish);
  const isWrong = (date: string) => wrong !== null && (wrong !== 'no-date' || !isDate(date));
  const shared = {
    description: said.dateHint,
    autoComplete: 'off',
    inputMode: 'numeric',
    maxLength: 10,
    errorMessage: wrong === null ? '' : words.report.dateProblems[wrong],
  } as const;
  return (
    <fieldset className="cost-period">
      <legend className="visually-hidden">{said.period}</legend>
      <TextField
        {...shared}
        label={said.from}
        isInvalid={isWrong(wish.from)}
        value={wish.from}
        onChange={(from) => onChange({ ...wish, from })}
      />
      <TextField
        {...shared}
        label={said.to}
        isInvalid={isWrong(wish.to)}
        value={wish.to}
        onChange={(to) => onChange({ ...wish, to })}
      />
    </fieldset>
  );
}

function Shown({ report, wish, onChange }: PartProps & { report: UsageReport }) {
  const { costs: said, locale } = useWords();
  const { municipality } = useMe();
  const day = useDay();
  const now = useNow();
  const split = useMemo(() => splitOf(wish, report.items, locale), [wish, report, locale]);
  return (
    <>
      <section aria-labelledby="cost-usage">
        <h2 id="cost-usage">{said.usage}</h2>
        <p className="page-about">{said.usageAbout}</p>
        <p className="print-only">
          {report.from} – {report.to}. {said.printed(day(now))}
        </p>
        {report.until === report.madeAt && <p>{said.countedUntil(day(report.until))}</p>}
        {!report.isMember && (
          <p className="page-about">
            {said.alone} <code>vaka costs join --municipality {municipality.id}</code>
          </p>
        )}
        {!report.mayShareByAlerts && <p className="page-about">{said.hiddenAbout}</p>}
        <UsageTable items={report.items} />
      </section>
      {report.isMember && (
        <section aria-labelledby="cost-split">
          <h2 id="cost-split">{said.split}</h2>
          <SplitForm report={report} wish={wish} onChange={onChange} />
          {split === null ? (
            <p className="page-about">{said.notYet}</p>
          ) : (
            <SplitResult report={report} wish={wish} split={split} />
          )}
        </section>
      )}
      <div className="benefit-actions">
        <Button variant="secondary" onPress={() => window.print()}>
          {said.print}
        </Button>
      </div>
    </>
  );
}
