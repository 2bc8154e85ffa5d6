import { useCallback, useMemo } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';

import type { HomeWeeks } from '../../gateway/protocol/history/home-day.ts';
import { isGone } from '../api/api-error.ts';
import { fetchWeeks, type WeekWish } from '../api/history-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { dayOf, wallOf } from '../clock/zoned.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { useMe } from '../session/session-context.tsx';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { ClimateSection } from './climate-section.tsx';
import { dateName, type Told } from './day-words.ts';
import { HabitSection } from './habit-section.tsx';
import { NoConsent } from './no-consent.tsx';
import { firstOf, wishedDay } from './week-choice.ts';
import { WeekSection } from './week-section.tsx';

import './history.css';

const refreshMs = 300_000;

/** How the days in a home have been: a week of them, what differs from usual, and how warm it was. */
export function HistoryPage() {
  const { id = '' } = useParams();
  const words = useWords();
  const { municipality } = useMe();
  const [search, setSearch] = useSearchParams();
  const today = wallOf(useNow(), municipality.timeZone).date;
  const wish = useMemo<WeekWish>(() => {
    const wished = (name: string) => wishedDay(search.get(name), today);
    return { to: wished('to') ?? today, compare: wished('compare') };
  }, [search, today]);
  const onWish = useCallback(
    ({ to, compare }: WeekWish) =>
      setSearch(
        { ...(to !== today && { to }), ...(compare !== null && { compare }) },
        { preventScrollReset: true },
      ),
    [setSearch, today],
  );
  const fetcher = useCallback((signal: AbortSignal) => fetchWeeks(id, wish, signal), [id, wish]);
  const { data, problem, again } = useFetched(fetcher, 0, refreshMs);
  if (data === null || data.home.id !== id || isGone(problem)) {
    return (
      <Page title={words.history.title}>
        <Problem problem={problem} onRetry={again} />
      </Page>
    );
  }
  return (
    <Page
      title={words.history.title}
      aside={<p className="page-summary">{data.home.label}</p>}
      className="history-page"
    >
      {problem !== null && <Problem problem={problem} onRetry={again} />}
      {data.isConsented ? (
        <Weeks weeks={data} wish={wish} onWish={onWish} />
      ) : (
        <NoConsent homeId={data.home.id} />
      )}
      <Link to={`/homes/${encodeURIComponent(id)}`} className="history-link">
        {words.history.toHome}
      </Link>
    </Page>
  );
}

interface WeeksProps {
  weeks: HomeWeeks;
  wish: WeekWish;
  onWish: (wish: WeekWish) => void;
}

function Weeks({ weeks, wish, onWish }: WeeksProps) {
  const { history, locale } = useWords();
  const now = useMinute();
  const { timeZone } = weeks.home;
  const told: Told = useMemo(
    () => ({ timeZone, locale, words: history }),
    [timeZone, locale, history],
  );
  const { days } = weeks.week;
  const marks = useMemo(() => days.flatMap(({ alerts }) => alerts), [days]);
  const first = firstOf(wish.to);
  const isOld =
    days.at(-1)?.day !== wish.to || (weeks.compared === null) !== (wish.compare === null);
  const since = weeks.consentedSince;
  const today = wallOf(now, timeZone).date;
  const isSinceShown = since !== null && since > dayOf(first, timeZone).from;
  return (
    <>
      <WeekSection weeks={weeks} wish={wish} told={told} now={now} isOld={isOld} onWish={onWish} />
      {isSinceShown && (
        <p className="field-note">
          {history.consent.since(dateName(wallOf(since, timeZone).date, locale, today))}
        </p>
      )}
      <HabitSection
        homeId={weeks.home.id}
        habits={weeks.habits}
        to={wish.to}
        isLatest={wish.to === today}
      />
      <ClimateSection homeId={weeks.home.id} from={first} to={wish.to} marks={marks} />
    </>
  );
}

/** The gateway's time by the whole minute, so that pictures are not drawn each second. */
export function useMinute(): number {
  return Math.floor(useNow() / 60_000) * 60_000;
}
