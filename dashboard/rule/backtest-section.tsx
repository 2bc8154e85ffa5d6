import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { useState, type SyntheticEvent } from 'react';

import { startBacktest } from '../api/backtest-api.ts';
import { useLive } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { BacktestResultView } from './backtest-result.tsx';
import type { Draft } from './draft.ts';
import { firstPeriod, PeriodFields, requestOf } from './period.tsx';
import { TrialProgress } from './trial-progress.tsx';
import { useBacktest } from './use-backtest.ts';

interface Tried {
  source: string;
  ruleId: string;
  days: number;
}

const mostOperators = 1_000;

/** What the rule as written would have done, before it wakes anybody. */
export function BacktestSection({ draft, isReady }: { draft: Draft; isReady: boolean }) {
  const { backtest: words } = useWords();
  const live = useLive();
  const trial = useBacktest();
  const [period, setPeriod] = useState(firstPeriod);
  const [operators, setOperators] = useState('1');
  const [tried, setTried] = useState<Tried | null>(null);
  const count = Number(operators);
  const isCountWrong = !Number.isInteger(count) || count < 1 || count > mostOperators;

  async function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isCountWrong || draft.rule === null) return;
    const { source } = draft;
    const asked = { source, ...requestOf(period, live.clock.now()), operators: count };
    setTried({ source, ruleId: draft.rule.id, days: period.days });
    await trial.start(() => startBacktest(asked));
  }

  const { backtest } = trial;
  const isStale = tried !== null && tried.source !== draft.source;
  return (
    <section aria-labelledby="backtest">
      <h2 id="backtest">{words.title}</h2>
      <p>{words.about}</p>
      <form className="trial-form" onSubmit={(event) => void submit(event)}>
        <PeriodFields period={period} onChange={setPeriod} />
        <TextField
          className="number-field"
          inputMode="numeric"
          autoComplete="off"
          label={words.operators}
          value={operators}
          isInvalid={isCountWrong}
          errorMessage={words.operatorsWrong}
          onChange={setOperators}
        />
        <Button type="submit" isDisabled={!isReady || trial.isUnderWay}>
          {tried === null ? words.run : words.again}
        </Button>
      </form>
      {!isReady && <p className="field-note">{words.notReady}</p>}
      <TrialProgress trial={trial} />
      {backtest?.state === 'done' && backtest.result !== null && tried !== null && (
        <>
          {isStale && <p className="form-locked">{words.stale}</p>}
          <BacktestResultView
            key={backtest.id}
            id={backtest.id}
            result={backtest.result}
            ruleId={tried.ruleId}
            days={tried.days}
          />
        </>
      )}
    </section>
  );
}
