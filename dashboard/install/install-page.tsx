import { SearchField } from '@midas-ds/components/search-field';
import { useCallback, useState } from 'react';
import { Link, useSearchParams } from 'react-router';

import { fetchHomes } from '../api/home-api.ts';
import { fetchInstallations } from '../api/install-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { useMe } from '../session/session-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { BeginPage } from './begin-page.tsx';
import { lastUsed, orderHomes } from './home-choice.ts';
import { OpenList } from './open-list.tsx';
import { mayInstall } from './permission.ts';

import './install.css';

const refreshMs = 15_000;

/** Where equipment is to be put; what was begun and is not ended stands first. */
export function InstallPage() {
  const { home: said, title } = useWords().install;
  const { role } = useMe();
  const [asked] = useSearchParams();
  const homeId = asked.get('home');
  if (!mayInstall(role)) {
    return (
      <Page title={title}>
        <p>{said.refused}</p>
      </Page>
    );
  }
  if (homeId === null) return <HomeChoicePage asked={asked} />;
  return <BeginPage homeId={homeId} replaces={asked.get('replaces')} found={foundOf(asked)} />;
}

/** One that a hub has found, chosen before one came here. */
function foundOf(asked: URLSearchParams): { hubId: string; address: string } | null {
  const [hubId, address] = [asked.get('hub'), asked.get('address')];
  return hubId === null || address === null ? null : { hubId, address };
}

function homePath(asked: URLSearchParams, home: string): string {
  return `/install?${new URLSearchParams({ ...Object.fromEntries(asked), home }).toString()}`;
}

function HomeChoicePage({ asked }: { asked: URLSearchParams }) {
  const words = useWords();
  const said = words.install.home;
  const me = useMe();
  const [wanted, setWanted] = useState('');
  const homes = useFetched(fetchHomes, 0, refreshMs);
  const ofAll = useCallback((signal: AbortSignal) => fetchInstallations({}, signal), []);
  const begun = useFetched(ofAll, 0, refreshMs);
  if (homes.data === null) {
    return (
      <Page title={words.install.title}>
        <Problem problem={homes.problem} onRetry={homes.again} />
      </Page>
    );
  }
  const open = begun.data?.filter(({ state }) => state === 'open') ?? [];
  const used = lastUsed(begun.data ?? [], me.id);
  const shown = orderHomes(homes.data, used, wanted);
  return (
    <Page title={words.install.title} className="install-page">
      <OpenList installations={open} />
      <section aria-labelledby="choose-home">
        <h2 id="choose-home">{said.heading}</h2>
        <SearchField
          showButton={false}
          className="search"
          aria-label={said.search}
          placeholder={said.search}
          value={wanted}
          onChange={setWanted}
        />
        {shown.length === 0 && <output>{words.home.noMatch}</output>}
        <ul className="choices">
          {shown.map(({ id, label, unit }) => (
            <li key={id}>
              <Link className="choice" to={homePath(asked, id)}>
                <span className="choice-words">
                  <strong>{label}</strong>
                  <span className="label">
                    {used.has(id) ? `${unit.name}, ${said.recent}` : unit.name}
                  </span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </section>
    </Page>
  );
}
