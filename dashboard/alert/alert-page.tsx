import { useCallback } from 'react';
import { Link, useParams } from 'react-router';

import type { AlertDetail, AlertView } from '../../gateway/protocol/alert.ts';
import { fetchAlert } from '../api/alert-api.ts';
import { isGone } from '../api/api-error.ts';
import { useFetched } from '../api/use-fetched.ts';
import { PressableTimeAgo } from '../clock/time-ago.tsx';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { useMe } from '../session/session-context.tsx';
import { useLiveView } from '../stream/live-context.tsx';
import { useSpeech, useWords } from '../text/language-context.tsx';
import type { Dictionary } from '../text/sv.ts';
import { mayAnswer } from './action.ts';
import { AlertActions } from './alert-actions.tsx';
import { Answers } from './answers.tsx';
import { CommentForm } from './comment-form.tsx';
import { CountdownRing } from './countdown-ring.tsx';
import { Facts } from './facts.tsx';
import { Held } from './held.tsx';
import { Holder } from './holder.tsx';
import { isCalling } from './order.ts';
import { useSeen } from './seen.ts';
import { SeverityMark } from './severity-mark.tsx';
import { Tags } from './tags.tsx';
import { Timeline } from './timeline.tsx';
import { WaitsFor } from './waits-for.tsx';
import { WhereLine } from './where-line.tsx';

import './alert.css';

const refreshMs = 60_000;

/** Everything of one alert. */
export function AlertPage() {
  const { id = '' } = useParams();
  const words = useWords();
  const { board } = useLiveView();
  const fetcher = useCallback((signal: AbortSignal) => fetchAlert(id, signal), [id]);
  const { data, problem, again } = useFetched(fetcher, board.alerts.get(id)?.seq ?? 0, refreshMs);
  if (data === null || data.id !== id || isGone(problem)) {
    return (
      <Page title={words.page.alert}>
        <Problem problem={problem} onRetry={again} />
      </Page>
    );
  }
  return <AlertPageBody detail={data} onChanged={again} />;
}

function stateWords(alert: AlertView, words: Dictionary): string {
  if (alert.inhibitedBy !== null) return words.inhibition.section;
  if (alert.held !== null && alert.state === 'firing') return words.held.section;
  return words.state[alert.state];
}

function AlertPageBody({ detail, onChanged }: { detail: AlertDetail; onChanged: () => void }) {
  const { words, say } = useSpeech();
  const { board } = useLiveView();
  const live = board.alerts.get(detail.id);
  const alert = live !== undefined && live.seq > detail.seq ? live : detail;
  const me = useMe();
  useSeen(alert);
  const state = stateWords(alert, words);
  const heading = (
    <span className="alert-title">
      <SeverityMark severity={alert.severity} isCalling={isCalling(alert)} />
      <span>
        <span className="severity-word">{words.severity[alert.severity]}</span>{' '}
        {say(alert.rule.title)}
      </span>
    </span>
  );
  return (
    <Page title={words.page.alert} heading={heading} className="alert-page">
      <section
        className="alert-now"
        aria-label={state}
        data-alert={alert.id}
        data-state={alert.state}
        data-severity={alert.severity}
      >
        <div className="alert-state">
          <p>{state}</p>
          <PressableTimeAgo at={alert.since} isGoing={alert.state !== 'resolved'} />
        </div>
        <WhereLine alert={alert} />
        <Tags alert={alert} />
        <WaitsFor alert={alert} />
        <Held alert={alert} />
        <Holder alert={alert} />
        <Answers alert={alert} />
        <CountdownRing alert={alert} />
        <AlertActions alert={alert} isPage />
      </section>
      {alert.rule.action !== null && (
        <section className="alert-advice" aria-labelledby="advice">
          <h2 id="advice">{words.inhibition.action}</h2>
          <p>{say(alert.rule.action)}</p>
        </section>
      )}
      <div className="columns">
        <section aria-labelledby="facts">
          <h2 id="facts">{words.alert.facts}</h2>
          <Facts alert={alert} />
        </section>
        <section aria-labelledby="history">
          <h2 id="history">{words.alert.history}</h2>
          <Timeline entries={detail.timeline} />
          {mayAnswer(me.role) && <CommentForm alert={alert} onSaved={onChanged} />}
        </section>
      </div>
      <p>
        <Link to="/">{words.alert.toBoard}</Link>
      </p>
    </Page>
  );
}
