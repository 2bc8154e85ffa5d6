import { useCallback, useId, useMemo } from 'react';
import { Link, useParams } from 'react-router';

import type { HomeDayDetail } from '../../gateway/protocol/history/home-day.ts';
import { SeverityMark } from '../alert/severity-mark.tsx';
import { isGone } from '../api/api-error.ts';
import { dayFile, fetchDay } from '../api/history-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { FigureTable } from '../chart/figure-table.tsx';
import { clockTime } from '../clock/exact.ts';
import { addDays, wallOf } from '../clock/zoned.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { useSpeech, useWords } from '../text/language-context.tsx';
import { cellsOf } from './cell.ts';
import { BandLegend, BandPatterns, DayBand, HourScale } from './day-band.tsx';
import { DayFacts } from './day-facts.tsx';
import { capital, dayName, minutesWords, type Told } from './day-words.ts';
import { useMinute } from './history-page.tsx';
import { hourPlaces } from './hour-place.ts';
import { NoConsent } from './no-consent.tsx';
import { RoomSection } from './room-section.tsx';

import './history.css';

const refreshMs = 300_000;
const minuteMs = 60_000;

/** One day in a home: its night and its hours, room by room. */
export function DayPage() {
  const { id = '', day = '' } = useParams();
  const words = useWords();
  const fetcher = useCallback((signal: AbortSignal) => fetchDay(id, day, signal), [id, day]);
  const { data, problem, again } = useFetched(fetcher, 0, refreshMs);
  if (data === null || data.home.id !== id || data.day !== day || isGone(problem)) {
    return (
      <Page title={words.history.dayTitle}>
        <Problem problem={problem} onRetry={again} />
      </Page>
    );
  }
  return <DayPageBody day={data} />;
}

function DayPageBody({ day }: { day: HomeDayDetail }) {
  const { words, language } = useSpeech();
  const said = words.history;
  const now = useMinute();
  const { timeZone, id, label } = day.home;
  const told: Told = useMemo(
    () => ({ timeZone, locale: words.locale, words: said }),
    [timeZone, words.locale, said],
  );
  const today = wallOf(now, timeZone).date;
  const path = `/homes/${encodeURIComponent(id)}/history`;
  const next = addDays(day.day, 1);
  const name = dayName(day.day, words.locale, { length: 'long', today });
  return (
    <Page
      title={said.dayTitle}
      heading={capital(name)}
      aside={<p className="page-summary">{label}</p>}
      className="history-page"
    >
      <nav className="day-ways" aria-label={said.week.shown}>
        <Link to={`${path}/${addDays(day.day, -1)}`}>{said.day.earlier}</Link>
        {next <= today && <Link to={`${path}/${next}`}>{said.day.later}</Link>}
        <Link to={next <= today ? `${path}?to=${weekOf(day.day, today)}` : path}>
          {said.day.back}
        </Link>
      </nav>
      {day.isConsented ? (
        <>
          <BandSection day={day} told={told} now={now} isToday={day.day === today} />
          <RoomSection day={day} />
          <AlertSection day={day} told={told} />
          <a href={dayFile(id, day.day, language)} download className="history-file">
            {said.file(name)}
          </a>
        </>
      ) : (
        <NoConsent homeId={id} />
      )}
    </Page>
  );
}

/** The last day of the seven, counted from today, that a day is among. */
function weekOf(day: string, today: string): string {
  let to = today;
  while (addDays(to, -6) > day) to = addDays(to, -7);
  return to;
}

interface PartProps {
  day: HomeDayDetail;
  told: Told;
}

function BandSection({ day, told, now, isToday }: PartProps & { now: number; isToday: boolean }) {
  const { words, say } = useSpeech();
  const { day: said, week, table } = words.history;
  const patterns = useId();
  const clock = (at: number) => clockTime(at, told.locale, told.timeZone);
  return (
    <section aria-labelledby="day-bands">
      <h2 id="day-bands">{said.facts}</h2>
      <p>
        <DayFacts day={day} told={told} isToday={isToday} />
      </p>
      <div className="day-picture">
        <BandPatterns id={patterns} />
        <div className="track">
          <DayBand day={day} timeZone={told.timeZone} patterns={patterns} now={now} />
          {cellsOf(day, told.timeZone).map((cell) =>
            cell.kind === 'alert' ? (
              <span
                key={cell.alert.id}
                className="track-alert"
                aria-hidden="true"
                title={say(cell.alert.title)}
                style={{ left: `${cell.from * 100}%` }}
              >
                <SeverityMark severity={cell.alert.severity} />
              </span>
            ) : null,
          )}
        </div>
        <HourScale hours={hourPlaces({ ...day, date: day.day }, told.timeZone)} />
        <BandLegend said={week} patterns={patterns} />
      </div>
      {day.bands.length > 0 && (
        <details className="history-fold">
          <summary>
            {table}
            <span className="visually-hidden">: {said.bands}</span>
          </summary>
          <FigureTable
            caption={said.bands}
            heads={[said.from, said.to, said.what, said.length]}
            rows={day.bands.map(({ kind, from, to, isEstimated }) => ({
              key: from,
              cells: [
                clock(from),
                clock(to),
                isEstimated ? `${week.band[kind]} (${week.estimated})` : week.band[kind],
                minutesWords((to - from) / minuteMs, told),
              ],
            }))}
          />
        </details>
      )}
    </section>
  );
}

function AlertSection({ day: { alerts }, told }: PartProps) {
  const { words, say } = useSpeech();
  const { day: said } = words.history;
  return (
    <section aria-labelledby="day-alerts">
      <h2 id="day-alerts">{said.alerts}</h2>
      {alerts.length === 0 && <p>{said.noAlerts}</p>}
      <ul className={alerts.length === 0 ? undefined : 'rows'}>
        {alerts.map(({ id, at, severity, title }) => (
          <li key={id} className="day-alert">
            <span>{clockTime(at, told.locale, told.timeZone)}</span>
            <SeverityMark severity={severity} />
            <span>
              {words.severity[severity]}{' '}
              <Link to={`/alerts/${encodeURIComponent(id)}`}>{say(title)}</Link>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
