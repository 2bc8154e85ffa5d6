import { SearchField } from '@midas-ds/components/search-field';
import { useState } from 'react';
import { Link } from 'react-router';

import type { HomeView } from '../../gateway/protocol/api.ts';
import { fetchHomes } from '../api/home-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { useClockWords } from '../clock/clock-words.ts';
import { TimeAgo } from '../clock/time-ago.tsx';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { useLiveView } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { matches } from '../text/search.ts';

import './home.css';

const refreshMs = 30_000;

export function HomeListPage() {
  const words = useWords();
  const { board } = useLiveView();
  const [wanted, setWanted] = useState('');
  const { data, problem, again } = useFetched(fetchHomes, board.seq, refreshMs);
  if (data === null) {
    return (
      <Page title={words.page.homes}>
        <Problem problem={problem} onRetry={again} />
      </Page>
    );
  }
  const shown = data.filter((home) =>
    matches(wanted, [home.label, home.unit.name, ...home.residents.map(({ name }) => name)]),
  );
  return (
    <Page title={words.page.homes}>
      <SearchField
        showButton={false}
        className="search"
        aria-label={words.home.search}
        placeholder={words.home.search}
        value={wanted}
        onChange={setWanted}
      />
      {shown.length === 0 ? (
        <output>{data.length === 0 ? words.home.none : words.home.noMatch}</output>
      ) : (
        <ul className="rows">
          {shown.map((home) => (
            <HomeRow key={home.id} home={home} />
          ))}
        </ul>
      )}
    </Page>
  );
}

function HomeRow({ home }: { home: HomeView }) {
  const words = useWords();
  const clock = useClockWords();
  return (
    <li className="home-row" data-alerts={home.liveAlerts > 0 || undefined}>
      <p className="row-name">
        <strong>
          <Link to={`/homes/${home.id}`}>{home.label}</Link>
        </strong>
        <span>{home.residents.map(({ name }) => name).join(', ')}</span>
      </p>
      <p>{home.unit.name}</p>
      <p>{words.home.deviceCount(home.deviceCount)}</p>
      <p>
        <span className="label">{words.home.lastEvent}</span>{' '}
        {home.lastEventAt === null ? words.never : <TimeAgo at={home.lastEventAt} />}
      </p>
      <div>
        {home.liveAlerts > 0 && (
          <p className="home-alerts">{words.home.liveAlerts(home.liveAlerts)}</p>
        )}
        {home.holds.length > 0 && (
          <ul className="tags">
            {home.holds.map(({ kind, until }) => (
              <li key={kind} className={kind === 'test' ? 'test-mark' : undefined}>
                {words.hold.until(words.hold.kind[kind], clock(until))}
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}
