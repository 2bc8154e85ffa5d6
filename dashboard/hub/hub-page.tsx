import { Button } from '@midas-ds/components/button';
import { useCallback, useState } from 'react';
import { Link, useParams } from 'react-router';

import type { HubDetail } from '../../gateway/protocol/device/hub.ts';
import { isGone } from '../api/api-error.ts';
import { fetchHub } from '../api/hub-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { TimeAgo } from '../clock/time-ago.tsx';
import { PuzzleSection } from '../device/puzzle-section.tsx';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { mayInstall } from '../install/permission.ts';
import { useMe } from '../session/session-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { BridgeDialog } from './bridge-dialog.tsx';
import { dialectWord } from './dialect-word.ts';
import { FoundRow } from './found-row.tsx';
import { HubCondition } from './hub-condition.tsx';

import '../device/device.css';
import './hub.css';

const refreshMs = 15_000;

/** One hub: whether it is there, what it has found, and the configuration of its bridge. */
export function HubPage() {
  const { id = '' } = useParams();
  const words = useWords();
  const fetcher = useCallback((signal: AbortSignal) => fetchHub(id, signal), [id]);
  const { data, problem, again } = useFetched(fetcher, 0, refreshMs);
  if (data === null || data.id !== id || isGone(problem)) {
    return (
      <Page title={words.hub.one}>
        <Problem problem={problem} onRetry={again} />
      </Page>
    );
  }
  return <HubPageBody hub={data} />;
}

function HubPageBody({ hub }: { hub: HubDetail }) {
  const words = useWords();
  const said = words.hub;
  const { role } = useMe();
  const [isConfiguring, setConfiguring] = useState(false);
  const { homeId, homeLabel, lastSeenAt, dialects, found } = hub;
  const placed = found.filter(({ deviceId }) => deviceId !== null);
  const loose = found.filter(({ deviceId }) => deviceId === null);
  return (
    <Page title={said.one} heading={hub.name} className="device-page hub-page">
      <HubCondition connected={hub.connected} />
      <dl className="device-facts">
        <dt>{said.home}</dt>
        <dd>
          {homeId === null ? (
            words.device.notPlaced
          ) : (
            <Link to={`/homes/${encodeURIComponent(homeId)}`}>{homeLabel}</Link>
          )}
        </dd>
        <dt>{said.heard}</dt>
        <dd>{lastSeenAt === null ? words.never : <TimeAgo at={lastSeenAt} />}</dd>
        <dt>{said.speaks}</dt>
        <dd>{dialects.length === 0 ? said.nothingSaid : dialects.map(dialectWord).join(', ')}</dd>
        <dt>{words.fleet.device.id}</dt>
        <dd>
          <Link to={`/devices/${encodeURIComponent(hub.id)}`}>
            <code>{hub.id}</code>
          </Link>
        </dd>
      </dl>
      {mayInstall(role) && (
        <div className="device-actions">
          <Button variant="secondary" onPress={() => setConfiguring(true)}>
            {said.bridge}
          </Button>
        </div>
      )}
      <section aria-labelledby="found">
        <h2 id="found">{said.foundHeading}</h2>
        {loose.length === 0 ? (
          <p className="all-well">{said.foundNone}</p>
        ) : (
          <ul className="rows">
            {loose.map((one) => (
              <FoundRow key={one.address} found={one} homeId={homeId} mayPlace={mayInstall(role)} />
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="placed">
        <h2 id="placed">{said.placedHeading}</h2>
        {placed.length === 0 ? (
          <p>{said.placedNone}</p>
        ) : (
          <ul className="rows">
            {placed.map((one) => (
              <FoundRow key={one.address} found={one} homeId={homeId} mayPlace={false} />
            ))}
          </ul>
        )}
      </section>
      <PuzzleSection puzzles={hub.notUnderstood} />
      <p>
        <Link to="/hubs" className="device-back">
          {said.back}
        </Link>
      </p>
      {isConfiguring && <BridgeDialog hub={hub} onClose={() => setConfiguring(false)} />}
    </Page>
  );
}
