import { Link } from 'react-router';

import type { AlertView } from '../../gateway/protocol/alert.ts';
import { SeverityMark } from '../alert/severity-mark.tsx';
import { TimeAgo } from '../clock/time-ago.tsx';
import { useSpeech } from '../text/language-context.tsx';

export function PastAlerts({
  alerts,
  timeZone,
}: {
  alerts: readonly AlertView[];
  timeZone: string;
}) {
  const { words, say } = useSpeech();
  return (
    <section aria-labelledby="past-alerts">
      <h2 id="past-alerts">{words.home.alerts}</h2>
      {alerts.length === 0 && <p>{words.home.noAlerts}</p>}
      <ul className="rows">
        {alerts.map((alert) => (
          <li key={alert.id} className="past-alert">
            <p className="past-alert-title">
              <SeverityMark severity={alert.severity} />
              <span>
                <span className="severity-word">{words.severity[alert.severity]}</span>{' '}
                <Link to={`/alerts/${alert.id}`}>{say(alert.rule.title)}</Link>
              </span>
            </p>
            <p>
              {alert.outcome === null
                ? words.state[alert.state]
                : words.alert.outcomes[alert.outcome]}
            </p>
            <p>{alert.acceptedBy?.name ?? ''}</p>
            <p>
              <TimeAgo at={alert.since} timeZone={timeZone} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
