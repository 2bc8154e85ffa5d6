import { Button } from '@midas-ds/components/button';
import { SearchField } from '@midas-ds/components/search-field';
import { useState } from 'react';
import { Link } from 'react-router';

import type { HubView } from '../../gateway/protocol/device/hub.ts';
import { fetchHubs } from '../api/hub-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { TimeAgo } from '../clock/time-ago.tsx';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { useWords } from '../text/language-context.tsx';
import { matches } from '../text/search.ts';
import { dialectWord } from './dialect-word.ts';
import { HubCondition } from './hub-condition.tsx';

import '../device/device.css';
import './hub.css';

const refreshMs = 30_000;
const shownAtOnce = 100;

/** What speaks for other equipment: those that are away first, then those that have found something. */
export function HubListPage() {
  const words = useWords();
  const said = words.hub;
  const [wanted, setWanted] = useState('');
  const [isLong, setLong] = useState(false);
  const { data, problem, again } = useFetched(fetchHubs, 0, refreshMs);
  if (data === null) {
    return (
      <Page title={said.title}>
        <Problem problem={problem} onRetry={again} />
      </Page>
    );
  }
  const shown = data
    .filter(({ name, id, homeLabel }) => matches(wanted, [name, id, homeLabel ?? '']))
    .sort(
      (a, b) =>
        Number(a.connected) - Number(b.connected) ||
        b.notPlaced - a.notPlaced ||
        a.name.localeCompare(b.name, 'sv'),
    );
  return (
    <Page title={said.title} className="hub-page">
      <p className="page-about">{said.about}</p>
      <SearchField
        showButton={false}
        className="search"
        aria-label={said.search}
        placeholder={said.search}
        value={wanted}
        onChange={setWanted}
      />
      {shown.length === 0 ? (
        <output>{data.length === 0 ? said.none : said.noMatch}</output>
      ) : (
        <ul className="rows">
          {shown.slice(0, isLong ? shown.length : shownAtOnce).map((hub) => (
            <HubRow key={hub.id} hub={hub} />
          ))}
        </ul>
      )}
      {!isLong && shown.length > shownAtOnce && (
        <Button variant="secondary" onPress={() => setLong(true)}>
          {said.more(shown.length - shownAtOnce)}
        </Button>
      )}
      <p>
        <Link to="/devices" className="device-back">
          {words.fleet.visit.back}
        </Link>
      </p>
    </Page>
  );
}

function HubRow({ hub }: { hub: HubView }) {
  const words = useWords();
  const said = words.hub;
  const { id, name, homeId, homeLabel, connected, lastSeenAt, placed, notPlaced, dialects } = hub;
  return (
    <li className="hub-row" data-away={!connected || undefined}>
      <p className="row-name">
        <strong>
          <Link to={`/hubs/${encodeURIComponent(id)}`}>{name}</Link>
        </strong>
        <span>
          {dialects.length === 0 ? said.nothingSaid : dialects.map(dialectWord).join(', ')}
        </span>
      </p>
      <p>
        {homeId === null ? (
          words.device.notPlaced
        ) : (
          <Link to={`/homes/${encodeURIComponent(homeId)}`}>{homeLabel}</Link>
        )}
      </p>
      <HubCondition connected={connected} />
      <p>
        <span className="label">{said.heard}</span>{' '}
        {lastSeenAt === null ? words.never : <TimeAgo at={lastSeenAt} />}
      </p>
      <p>
        {said.placed(placed)}
        {notPlaced > 0 && <strong> · {said.notPlaced(notPlaced)}</strong>}
      </p>
    </li>
  );
}
