import { Button } from '@midas-ds/components/button';
import { ProgressBar } from '@midas-ds/components/progress-bar';

import type { BacktestWords } from '../text/backtest-sv.ts';
import { useWords } from '../text/language-context.tsx';
import type { Dictionary } from '../text/sv.ts';
import type { Trial } from './use-backtest.ts';

/** How far a trial has come, and the way to end it. */
export function TrialProgress({ trial }: { trial: Trial }) {
  const all = useWords();
  const { backtest: words } = all;
  return (
    <>
      {trial.isUnderWay && <UnderWay trial={trial} />}
      <output className={trial.isUnderWay ? 'visually-hidden' : undefined}>
        {saidOf(trial, words)}
      </output>
      <p role="alert" className="problem">
        {problemOf(trial, all)}
      </p>
    </>
  );
}

function UnderWay({ trial: { backtest, cancel } }: { trial: Trial }) {
  const { backtest: words } = useWords();
  return (
    <div className="trial-progress">
      <ProgressBar
        label={words.progress}
        showValueLabel
        value={Math.round((backtest?.progress ?? 0) * 100)}
      />
      <p className="field-note">
        {words.states[backtest?.state ?? 'waiting']}
        {backtest !== null && `. ${words.soFar(backtest.events, backtest.alerts)}`}
      </p>
      <Button variant="secondary" onPress={cancel}>
        {words.cancel}
      </Button>
    </div>
  );
}

function saidOf({ backtest, isUnderWay }: Trial, words: BacktestWords): string {
  if (isUnderWay) return words.progress;
  const isToTell = backtest?.state === 'cancelled' || backtest?.state === 'done';
  return isToTell ? words.states[backtest.state] : '';
}

function problemOf({ backtest, action }: Trial, words: Dictionary): string | null {
  if (backtest?.state !== 'failed') return action.problem;
  return `${words.backtest.states.failed}. ${words.fromGateway(backtest.problem ?? '')}`;
}
