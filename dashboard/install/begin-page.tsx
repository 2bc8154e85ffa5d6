import { Button } from '@midas-ds/components/button';
import { useCallback } from 'react';
import { Link, useNavigate } from 'react-router';

import type { HomeDetail } from '../../gateway/protocol/api.ts';
import { isGone } from '../api/api-error.ts';
import { fetchHome } from '../api/home-api.ts';
import { beginInstallation, fetchInstallations } from '../api/install-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { useAction } from '../rule/use-action.ts';
import { useSpeech, useWords } from '../text/language-context.tsx';
import { DevicePicture } from './device-picture.tsx';
import { pictureOf } from './model-list.ts';
import { OpenList } from './open-list.tsx';
import { kindWord } from './proposal.ts';
import { namedAt } from './words-of.ts';

const refreshMs = 15_000;

interface BeginPageProps {
  homeId: string;
  /** The device whose place the new one takes. */
  replaces: string | null;
}

/** Begins an installation in a home, or goes on with one there. */
export function BeginPage({ homeId, replaces }: BeginPageProps) {
  const words = useWords();
  const fetcher = useCallback((signal: AbortSignal) => fetchHome(homeId, signal), [homeId]);
  const { data, problem, again } = useFetched(fetcher, 0, refreshMs);
  if (data === null || data.id !== homeId || isGone(problem)) {
    return (
      <Page title={words.install.title}>
        <Problem problem={problem} onRetry={again} />
      </Page>
    );
  }
  return <BeginBody home={data} replaces={replaces} />;
}

function BeginBody({ home, replaces }: { home: HomeDetail; replaces: string | null }) {
  const { words, language } = useSpeech();
  const said = words.install.home;
  const navigate = useNavigate();
  const action = useAction();
  const ofHome = useCallback(
    (signal: AbortSignal) => fetchInstallations({ homeId: home.id, state: 'open' }, signal),
    [home.id],
  );
  const open = useFetched(ofHome, 0, refreshMs);
  const old = home.devices.find(({ id }) => id === replaces) ?? null;
  const begin = () =>
    void action.run(async () => {
      const { id } = await beginInstallation({
        homeId: home.id,
        ...(replaces !== null && { replaces }),
      });
      await navigate(`/install/${encodeURIComponent(id)}`, { replace: true });
    });
  return (
    <Page title={words.install.title} heading={home.label} className="install-page">
      {replaces === null && <OpenList installations={open.data ?? []} />}
      {old !== null && (
        <p className="install-replaces">{words.install.replaces(namedAt(old, language))}</p>
      )}
      {replaces !== null && <p>{said.exchangeAbout}</p>}
      {replaces === null && home.devices.length > 0 && <Exchange home={home} />}
      <div className="install-actions">
        <p role="alert" className="problem">
          {action.problem}
        </p>
        <div className="install-buttons">
          <Button isPending={action.isPending} onPress={begin}>
            {replaces === null ? said.new : said.exchangeBegin}
          </Button>
        </div>
        <p className="install-links">
          <Link to="/install">{said.another}</Link>
        </p>
      </div>
    </Page>
  );
}

/** What is already in the home, any of which may be exchanged. */
function Exchange({ home }: { home: HomeDetail }) {
  const { words, language } = useSpeech();
  const said = words.install.home;
  return (
    <section aria-labelledby="exchange">
      <h2 id="exchange">{said.exchange}</h2>
      <ul className="choices">
        {home.devices.map((device) => {
          const query = new URLSearchParams({ home: home.id, replaces: device.id });
          return (
            <li key={device.id}>
              <Link className="choice" to={`/install?${query.toString()}`}>
                <DevicePicture picture={pictureOf(device.profile)} />
                <span className="choice-words">
                  <strong>{said.exchangeOf(namedAt(device, language))}</strong>
                  <span className="label">{kindWord(device.profile, language)}</span>
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
