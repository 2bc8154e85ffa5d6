import { useCallback } from 'react';
import { Link, useParams } from 'react-router';

import type { HomeDetail } from '../../gateway/protocol/api.ts';
import { isGone } from '../api/api-error.ts';
import { fetchHome } from '../api/home-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { orderDevices } from '../device/condition.ts';
import { DeviceRows } from '../device/device-rows.tsx';
import { destinationsOf } from '../frame/destination.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { mayFollow } from '../history/permission.ts';
import { InstallSection } from '../install/install-section.tsx';
import { useMe } from '../session/session-context.tsx';
import { useLiveView, useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { ActivitySection } from './activity-section.tsx';
import { HoldSection } from './hold-section.tsx';
import { PastAlerts } from './past-alerts.tsx';

import './home.css';

const refreshMs = 30_000;

/** One home: who lives there, how its devices are, and its last day. */
export function HomePage() {
  const { id = '' } = useParams();
  const words = useWords();
  const { board } = useLiveView();
  const fetcher = useCallback((signal: AbortSignal) => fetchHome(id, signal), [id]);
  const { data, problem, again } = useFetched(fetcher, board.seq, refreshMs);
  if (data === null || data.id !== id || isGone(problem)) {
    return (
      <Page title={words.page.home}>
        <Problem problem={problem} onRetry={again} />
      </Page>
    );
  }
  return <HomePageBody home={data} />;
}

function HomePageBody({ home }: { home: HomeDetail }) {
  const words = useWords();
  const me = useMe();
  const now = useNow();
  const names = home.residents.map(({ name }) => name).join(', ');
  return (
    <Page
      title={words.page.home}
      heading={home.label}
      aside={<p className="page-summary">{home.unit.name}</p>}
      className="home-page"
    >
      <p className="residents">
        <span className="label">{words.home.residents}</span>{' '}
        {names === '' ? words.home.noResident : <strong>{names}</strong>}
      </p>
      <HoldSection homeId={home.id} />
      <ActivitySection home={home} />
      {mayFollow(me.role) && (
        <Link to={`/homes/${encodeURIComponent(home.id)}/history`} className="home-rules-link">
          {words.history.link}
        </Link>
      )}
      <section aria-labelledby="devices">
        <h2 id="devices">{words.home.devices}</h2>
        {home.devices.length === 0 ? (
          <p>{words.home.noDevices}</p>
        ) : (
          <DeviceRows devices={orderDevices(home.devices, now)} />
        )}
      </section>
      <InstallSection homeId={home.id} />
      {destinationsOf(me.role).includes('rules') && (
        <Link to={`/homes/${home.id}/rules`} className="home-rules-link">
          {words.rule.own.link}
        </Link>
      )}
      <PastAlerts alerts={home.alerts} timeZone={home.timeZone} />
    </Page>
  );
}
