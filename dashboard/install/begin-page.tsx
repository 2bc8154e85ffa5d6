import { Button } from '@midas-ds/components/button';
import { useCallback } from 'react';
import { Link, useNavigate } from 'react-router';

import type { HomeDetail } from '../../gateway/protocol/api.ts';
import type { FoundView } from '../../gateway/protocol/device/hub.ts';
import { pictureOf } from '../../gateway/protocol/device/kind-picture.ts';
import { isGone } from '../api/api-error.ts';
import { fetchHome } from '../api/home-api.ts';
import { fetchHub } from '../api/hub-api.ts';
import { beginInstallation, chooseDevice, fetchInstallations } from '../api/install-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { useAction } from '../rule/use-action.ts';
import { useSpeech, useWords } from '../text/language-context.tsx';
import { DevicePicture } from './device-picture.tsx';
import { OpenList } from './open-list.tsx';
import { kindWord } from './proposal.ts';
import { namedAt } from './words-of.ts';

const refreshMs = 15_000;

interface BeginPageProps {
  homeId: string;
  /** The device whose place the new one takes. */
  replaces: string | null;
  /** What of a hub's is to be installed, where that was chosen already. */
  found: Found | null;
}

type Found = Pick<FoundView, 'hubId' | 'address'>;

/** Begins an installation in a home, or goes on with one there. */
export function BeginPage({ homeId, replaces, found }: BeginPageProps) {
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
  return <BeginBody home={data} replaces={replaces} found={found} />;
}

interface BeginBodyProps extends Pick<BeginPageProps, 'replaces' | 'found'> {
  home: HomeDetail;
}

function BeginBody({ home, replaces, found }: BeginBodyProps) {
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
        another: true,
        ...(replaces !== null && { replaces }),
      });
      if (found !== null) await chooseDevice(id, found);
      await navigate(`/install/${encodeURIComponent(id)}`, { replace: true });
    });
  return (
    <Page title={words.install.title} heading={home.label} className="install-page">
      {replaces === null && <OpenList installations={open.data ?? []} />}
      {old !== null && (
        <p className="install-replaces">{words.install.replaces(namedAt(old, language))}</p>
      )}
      {replaces !== null && <p>{said.exchangeAbout}</p>}
      {found !== null && <p>{said.foundAbout}</p>}
      {replaces === null && found === null && home.devices.length > 0 && <Exchange home={home} />}
      <div className="install-actions">
        <p role="alert" className="problem">
          {action.problem}
        </p>
        <div className="install-buttons">
          <Button isPending={action.isPending} onPress={begin}>
            {found !== null ? (
              <NewOf found={found} />
            ) : replaces === null ? (
              said.new
            ) : (
              said.exchangeBegin
            )}
          </Button>
        </div>
        <p className="install-links">
          <Link to="/install">{said.another}</Link>
        </p>
      </div>
    </Page>
  );
}

/** By what its hub calls it, once that is known. */
function NewOf({ found: { hubId, address } }: { found: Found }) {
  const said = useWords().install.home;
  const fetcher = useCallback((signal: AbortSignal) => fetchHub(hubId, signal), [hubId]);
  const { data } = useFetched(fetcher, 0, refreshMs);
  const label = data?.found.find((one) => one.address === address)?.label;
  return data === null ? said.new : said.newOf(label ?? address);
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
