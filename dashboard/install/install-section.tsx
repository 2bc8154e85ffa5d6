import { Button } from '@midas-ds/components/button';
import { useCallback, useState } from 'react';
import { Link } from 'react-router';

import type { InstallationView } from '../../gateway/protocol/device/installation.ts';
import { fetchInstallations } from '../api/install-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { useMe } from '../session/session-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { mayInstall } from './permission.ts';

import './install.css';

const refreshMs = 60_000;
const shownAtOnce = 5;

/** Of a home, or of a device: what is being installed, and the protocols of what was. */
export function InstallSection({ homeId, deviceId }: { homeId?: string; deviceId?: string }) {
  const { role } = useMe();
  return mayInstall(role) ? (
    <Section
      {...(homeId !== undefined && { homeId })}
      {...(deviceId !== undefined && { deviceId })}
    />
  ) : null;
}

function Section({ homeId, deviceId }: { homeId?: string; deviceId?: string }) {
  const said = useWords().install;
  const [isLong, setLong] = useState(false);
  const fetcher = useCallback(
    (signal: AbortSignal) =>
      fetchInstallations(
        { ...(homeId !== undefined && { homeId }), ...(deviceId !== undefined && { deviceId }) },
        signal,
      ),
    [homeId, deviceId],
  );
  const { data } = useFetched(fetcher, 0, refreshMs);
  const kept = data?.filter(({ state }) => state !== 'abandoned') ?? [];
  const shown = isLong ? kept : kept.slice(0, shownAtOnce);
  if (homeId === undefined && kept.length === 0) return null;
  return (
    <section aria-labelledby="installations">
      <h2 id="installations">{said.history.heading}</h2>
      <ul className="install-history">
        {shown.map((one) => (
          <li key={one.id}>
            <HistoryLink installation={one} />
          </li>
        ))}
      </ul>
      {shown.length < kept.length && (
        <Button variant="secondary" onPress={() => setLong(true)}>
          {said.history.more(kept.length - shown.length)}
        </Button>
      )}
      {homeId !== undefined && (
        <Link className="install-link" to={`/install?home=${encodeURIComponent(homeId)}`}>
          {said.link}
        </Link>
      )}
    </section>
  );
}

function HistoryLink({ installation }: { installation: InstallationView }) {
  const { install, locale } = useWords();
  const { timeZone } = useMe().municipality;
  const { id, device, signed } = installation;
  const name = device?.name ?? install.home.nothingChosen;
  const path = `/install/${encodeURIComponent(id)}`;
  if (signed === null) return <Link to={path}>{install.history.open(name)}</Link>;
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone }).format(signed.at);
  return <Link to={`${path}/protocol`}>{install.history.signed(name, day, signed.by.name)}</Link>;
}
