import type { HomeDayDetail } from '../../gateway/protocol/history/home-day.ts';
import { SeverityMark } from '../alert/severity-mark.tsx';
import { placementWord } from '../alert/where.ts';
import { FigureTable } from '../chart/figure-table.tsx';
import { frontOf } from '../chart/front.ts';
import { hourMarks } from '../clock/zoned.ts';
import { useSpeech } from '../text/language-context.tsx';
import { capital } from './day-words.ts';
import { hourSums } from './room-hour.ts';

const laneHeight = 20;

interface RoomSectionProps {
  day: HomeDayDetail;
}

/** What was heard in each room, a bar for each quarter of an hour, with the alerts above; and the same by the hour. */
export function RoomSection({ day }: RoomSectionProps) {
  const { words } = useSpeech();
  const { day: said, table } = words.history;
  const names = useRowNames(day);
  return (
    <section aria-labelledby="rooms">
      <h2 id="rooms">{said.strip}</h2>
      {day.rows.length === 0 && <p>{said.noStrip}</p>}
      {day.rows.length > 0 && (
        <>
          <p className="field-note">{said.stripAbout}</p>
          <RoomStrip day={day} names={names} />
          <details className="history-fold">
            <summary>
              {table}
              <span className="visually-hidden">: {said.strip}</span>
            </summary>
            <RoomTable day={day} names={names} />
          </details>
        </>
      )}
    </section>
  );
}

/** A name for each row: its room, with what was heard there where the room has several. */
function useRowNames({ rows }: HomeDayDetail): string[] {
  const { words, language } = useSpeech();
  const { lanes } = words.history.day;
  return rows.map(({ room, lane }) => {
    const name = capital(placementWord(room, language));
    const isShared = rows.filter((one) => one.room === room).length > 1;
    return isShared ? `${name}, ${lanes[lane] ?? lane}` : name;
  });
}

function percent(share: number): string {
  return `${share * 100}%`;
}

function RoomStrip({ day, names }: RoomSectionProps & { names: readonly string[] }) {
  const { words, say } = useSpeech();
  const { from, to, alerts, rows, home } = day;
  const share = (at: number) => (at - from) / (to - from);
  const most = Math.max(1, ...rows.flatMap(({ counts }) => counts));
  const rooms = new Set(rows.map(({ room }) => room)).size;
  const hours = hourMarks({ date: day.day, from, to }, home.timeZone);
  return (
    <figure className="room-strip">
      <figcaption className="visually-hidden">
        {words.history.day.describe(rooms, alerts.length)}
      </figcaption>
      <div className="room-alerts" aria-hidden="true">
        {alerts.map(({ id, at, severity, title }) => (
          <span
            key={id}
            title={say(title)}
            style={{ left: percent(share(at)), zIndex: frontOf(severity) }}
          >
            <SeverityMark severity={severity} />
          </span>
        ))}
      </div>
      {rows.map(({ room, lane, counts }, index) => (
        <div key={`${room}-${lane}`} className="room-row" aria-hidden="true">
          <span className="room-name">{names[index]}</span>
          <svg
            viewBox={`0 0 ${counts.length} ${laneHeight}`}
            preserveAspectRatio="none"
            className="room-bars"
          >
            {counts.map((count, quarter) => {
              // By the square root: one sign of life in a quiet quarter must still be seen beside a busy one.
              const height = Math.sqrt(count / most) * laneHeight;
              return count === 0 ? null : (
                <rect
                  // oxlint-disable-next-line react/no-array-index-key -- a bar is its place in the day.
                  key={quarter}
                  x={quarter + 0.1}
                  width={0.8}
                  y={laneHeight - height}
                  height={height}
                />
              );
            })}
          </svg>
        </div>
      ))}
      <div className="room-axis" aria-hidden="true">
        {hours
          .filter(({ hour, isAgain }) => hour % 3 === 0 && !isAgain)
          .map(({ at, hour }) => (
            <span
              key={at}
              style={{ left: percent(share(at)) }}
              data-minor={hour % 6 !== 0 || undefined}
            >
              {String(hour).padStart(2, '0')}
            </span>
          ))}
      </div>
    </figure>
  );
}

function RoomTable({ day, names }: RoomSectionProps & { names: readonly string[] }) {
  const { words, say } = useSpeech();
  const { chart, day: said } = words.history;
  return (
    <FigureTable
      caption={said.strip}
      heads={[said.hour, ...names, chart.alertsColumn]}
      rows={hourSums(day).map(({ at, clock, isAgain, sums, alerts }) => ({
        key: at,
        cells: [
          isAgain ? chart.again(clock) : clock,
          ...sums.map(String),
          <span key="alerts" className="text-cell">
            {alerts
              .map(({ severity, title }) => chart.alert(words.severity[severity], say(title)))
              .join(', ')}
          </span>,
        ],
      }))}
    />
  );
}
