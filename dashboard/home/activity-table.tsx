import { useSpeech } from '../text/language-context.tsx';
import type { ActivityProps } from './activity-strip.tsx';
import { hoursOf } from './day.ts';

export function ActivityTable({ activity, alerts, timeZone }: ActivityProps) {
  const { words, say } = useSpeech();
  return (
    <table className="activity-table">
      <caption className="visually-hidden">{words.home.activity}</caption>
      <thead>
        <tr>
          <th scope="col">{words.home.hour}</th>
          {activity.lanes.map(({ lane }) => (
            <th key={lane} scope="col">
              {words.home.lanes[lane]}
            </th>
          ))}
          <th scope="col">{words.home.alertsColumn}</th>
        </tr>
      </thead>
      <tbody>
        {hoursOf(activity, alerts, timeZone).map((hour) => (
          <tr key={hour.startAt}>
            <th scope="row">{String(hour.hour).padStart(2, '0')}</th>
            {activity.lanes.map(({ lane }, index) => (
              <td key={lane}>{hour.counts[index]}</td>
            ))}
            <td>{hour.alerts.map((alert) => say(alert.rule.title)).join(', ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
