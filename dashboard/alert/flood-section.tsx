import type { AlertView } from '../../gateway/protocol/alert.ts';
import { TimeAgo } from '../clock/time-ago.tsx';
import { useSpeech } from '../text/language-context.tsx';
import { AlertCard } from './alert-card.tsx';
import { groupsOf } from './flood.ts';
import { FoldSection } from './fold-section.tsx';
import { SeverityMark } from './severity-mark.tsx';
import { placeOf } from './where.ts';

/** Unanswered alerts when there are more than one can take in: emergencies whole, the rest by home and severity. */
export function FloodSection({ alerts }: { alerts: readonly AlertView[] }) {
  const { words, language } = useSpeech();
  const { emergencies, groups } = groupsOf(alerts);
  return (
    <section className="alert-section" data-section="unanswered" aria-labelledby="section-flood">
      <h2 id="section-flood">
        {words.board.unanswered} <span className="count">{alerts.length}</span>
      </h2>
      <p className="flood-why">{words.duty.board.flood}</p>
      {emergencies.length > 0 && (
        <ul className="alert-list">
          {emergencies.map((alert) => (
            <li key={alert.id}>
              <AlertCard alert={alert} />
            </li>
          ))}
        </ul>
      )}
      <div className="flood-groups">
        {groups.map(({ key, severity, first, alerts: grouped }) => (
          <FoldSection
            key={key}
            name="group"
            heading="h3"
            alerts={grouped}
            title={
              <>
                <SeverityMark severity={severity} />
                <span className="flood-title">
                  <span className="severity-word">{words.severity[severity]}</span>{' '}
                  {placeOf({ ...first, device: null }, language)}
                  <span className="label">
                    <TimeAgo at={first.since} isGoing />
                  </span>
                </span>
              </>
            }
          />
        ))}
      </div>
    </section>
  );
}
