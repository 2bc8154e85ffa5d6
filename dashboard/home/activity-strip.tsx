import type { AlertView } from '../../gateway/protocol/alert.ts';
import type { Activity } from '../../gateway/protocol/api.ts';
import { SeverityMark } from '../alert/severity-mark.tsx';
import { useSpeech } from '../text/language-context.tsx';
import { bucketCount, shareOf, ticksOf } from './day.ts';

export interface ActivityProps {
  activity: Activity;
  alerts: readonly AlertView[];
  timeZone: string;
}

const laneHeight = 20;

/** A day as a picture: one lane for each kind of event, a bar for each quarter, alerts as marks above. */
export function ActivityStrip({ activity, alerts, timeZone }: ActivityProps) {
  const { words, say } = useSpeech();
  const shown = alerts.filter(({ since }) => shareOf(since, activity) !== null);
  const total = activity.lanes.flatMap(({ counts }) => counts).reduce((sum, n) => sum + n, 0);
  return (
    <figure className="strip">
      <figcaption className="visually-hidden">
        {words.home.describe(total, shown.length)}
      </figcaption>
      <div className="strip-alerts" aria-hidden="true">
        {shown.map((alert) => (
          <span
            key={alert.id}
            className="strip-alert"
            style={{ left: percent(shareOf(alert.since, activity) ?? 0) }}
            title={say(alert.rule.title)}
          >
            <SeverityMark severity={alert.severity} />
          </span>
        ))}
      </div>
      {activity.lanes.map(({ lane, counts }) => (
        <div key={lane} className="strip-lane" aria-hidden="true" data-lane={lane}>
          <span className="strip-name">{words.home.lanes[lane]}</span>
          <Lane counts={counts} />
        </div>
      ))}
      <div className="strip-axis" aria-hidden="true">
        {ticksOf(activity, timeZone, 3).map(({ share, hour }) => (
          <span
            key={share}
            style={{ left: percent(share) }}
            data-minor={hour % 6 !== 0 || undefined}
          >
            {String(hour).padStart(2, '0')}
          </span>
        ))}
      </div>
      <div className="strip-lines" aria-hidden="true">
        {ticksOf(activity, timeZone, 6).map(({ share, hour }) => (
          <span
            key={share}
            style={{ left: percent(share) }}
            data-midnight={hour === 0 || undefined}
          />
        ))}
      </div>
      {bucketCount(activity) === 0 && <p>{words.board.noEvent}</p>}
    </figure>
  );
}

function Lane({ counts }: { counts: readonly number[] }) {
  const most = Math.max(1, ...counts);
  return (
    <svg
      viewBox={`0 0 ${counts.length} ${laneHeight}`}
      preserveAspectRatio="none"
      className="strip-bars"
    >
      {counts.map((count, index) => {
        // By the square root: one event in a quiet quarter must still be seen beside a busy one.
        const height = Math.sqrt(count / most) * laneHeight;
        return count === 0 ? null : (
          // oxlint-disable-next-line react/no-array-index-key -- a bar is its place in the day.
          <rect key={index} x={index + 0.1} width={0.8} y={laneHeight - height} height={height} />
        );
      })}
    </svg>
  );
}

function percent(share: number): string {
  return `${share * 100}%`;
}
