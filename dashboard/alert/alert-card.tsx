import { Link } from 'react-router';

import type { AlertView } from '../../gateway/protocol/alert.ts';
import { PressableTimeAgo } from '../clock/time-ago.tsx';
import { useMe } from '../session/session-context.tsx';
import { useSpeech } from '../text/language-context.tsx';
import { AlertActions } from './alert-actions.tsx';
import { Answers } from './answers.tsx';
import { CountdownRing } from './countdown-ring.tsx';
import { Held } from './held.tsx';
import { Holder } from './holder.tsx';
import { isCalling } from './order.ts';
import { useSeen } from './seen.ts';
import { SeverityMark } from './severity-mark.tsx';
import { Tags } from './tags.tsx';
import { WaitsFor } from './waits-for.tsx';
import { WhereLine } from './where-line.tsx';

/** Who, what, where, since when, who has it, and what to press. */
export function AlertCard({ alert }: { alert: AlertView }) {
  const { words, say } = useSpeech();
  const me = useMe();
  useSeen(alert);
  const titleId = `alert-${alert.id}`;
  return (
    <article
      className="alert-card"
      aria-labelledby={titleId}
      data-alert={alert.id}
      data-severity={alert.severity}
      data-state={alert.state}
      data-inhibited={alert.inhibitedBy !== null || alert.held !== null || undefined}
      data-test={alert.isTest || undefined}
    >
      <div className="alert-head">
        <SeverityMark severity={alert.severity} isCalling={isCalling(alert)} />
        <h3 id={titleId}>
          <span className="severity-word">{words.severity[alert.severity]}</span>{' '}
          <Link to={`/alerts/${alert.id}`}>{say(alert.rule.title)}</Link>
        </h3>
        <PressableTimeAgo at={alert.since} isGoing />
      </div>
      <div className="alert-body">
        <WhereLine alert={alert} />
        <Tags alert={alert} />
        <WaitsFor alert={alert} />
        <Held alert={alert} />
        <Holder alert={alert} />
        <Answers alert={alert} />
        <CountdownRing alert={alert} />
        {alert.rule.action !== null && isAdvised(alert, me.id) && (
          <p className="alert-advice">{say(alert.rule.action)}</p>
        )}
      </div>
      <AlertActions alert={alert} />
    </article>
  );
}

/** What to do is for whoever may still take it, and for those who have: others have no use for it. */
function isAdvised(alert: AlertView, readerId: string): boolean {
  return (
    alert.acceptedBy === null ||
    alert.acceptedBy.id === readerId ||
    alert.helpers.some(({ id }) => id === readerId)
  );
}
