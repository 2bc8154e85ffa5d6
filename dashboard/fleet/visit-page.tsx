import { Button } from '@midas-ds/components/button';
import { Checkbox } from '@midas-ds/components/checkbox';
import { useState } from 'react';
import { Link } from 'react-router';

import type { FleetDevice, VisitList } from '../../gateway/protocol/device/fleet.ts';
import { placementWord } from '../alert/where.ts';
import { fetchVisits } from '../api/fleet-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { TimeAgo } from '../clock/time-ago.tsx';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { useNow } from '../stream/live-context.tsx';
import { useSpeech, useWords } from '../text/language-context.tsx';
import { FaultList } from './fault-list.tsx';
import { useDay } from './use-day.ts';

import './fleet.css';

const refreshMs = 5 * 60_000;

type Visit = VisitList['items'][number];

/** The homes to go to this week, to tick off on a phone or on paper. */
export function VisitPage() {
  const words = useWords();
  const said = words.fleet.visit;
  const day = useDay();
  const now = useNow();
  const { data, problem, again } = useFetched(fetchVisits, 0, refreshMs);
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  if (data === null) {
    return (
      <Page title={words.fleet.visits}>
        <Problem problem={problem} onRetry={again} />
      </Page>
    );
  }
  const devices = data.reduce((sum, visit) => sum + visit.devices.length, 0);
  return (
    <Page title={words.fleet.visits} className="visit-page">
      <div className="section-top">
        <div>
          <p className="page-about">{said.about}</p>
          <p>
            <strong>{said.count(data.length, devices)}</strong>
          </p>
          <p className="print-only">{said.printed(day(now))}</p>
        </div>
        <div className="visit-actions">
          <Link to="/devices">{said.back}</Link>
          {data.length > 0 && (
            <Button variant="secondary" onPress={() => window.print()}>
              {said.print}
            </Button>
          )}
        </div>
      </div>
      {data.length === 0 ? (
        <p className="all-well">{said.none}</p>
      ) : (
        <>
          <Bring visits={data} />
          <output>
            {done.size > 0 &&
              said.doneCount(data.filter(({ homeId }) => done.has(homeId)).length, data.length)}
          </output>
          <ol className="visits">
            {data.map((visit) => (
              <VisitCard
                key={visit.homeId}
                visit={visit}
                isDone={done.has(visit.homeId)}
                onDone={(isDone) => {
                  const next = new Set(done);
                  if (isDone) next.add(visit.homeId);
                  else next.delete(visit.homeId);
                  setDone(next);
                }}
              />
            ))}
          </ol>
        </>
      )}
    </Page>
  );
}

/** For all of the homes together, to fetch from the store before one goes. */
function Bring({ visits }: { visits: readonly Visit[] }) {
  const said = useWords().fleet.visit;
  const counts = new Map<string | null, number>();
  for (const { what, count } of visits.flatMap(({ bring }) => bring)) {
    counts.set(what, (counts.get(what) ?? 0) + count);
  }
  if (counts.size === 0) return null;
  return (
    <section aria-labelledby="bring">
      <h2 id="bring">{said.bring}</h2>
      <ul className="tags">
        {[...counts].map(([what, count]) => (
          <li key={what ?? ''}>{said.batteries(count, what)}</li>
        ))}
      </ul>
    </section>
  );
}

interface VisitCardProps {
  visit: Visit;
  isDone: boolean;
  onDone: (isDone: boolean) => void;
}

function VisitCard({ visit, isDone, onDone }: VisitCardProps) {
  const said = useWords().fleet.visit;
  const { homeId, homeLabel, unitName, devices, bring } = visit;
  return (
    <li className="visit" data-done={isDone || undefined}>
      <div className="visit-top">
        <Checkbox aria-label={said.done(homeLabel)} isSelected={isDone} onChange={onDone} />
        <div className="row-name">
          <h2>
            <Link to={`/homes/${encodeURIComponent(homeId)}`}>{homeLabel}</Link>
          </h2>
          <span>{unitName}</span>
        </div>
        {bring.length > 0 && (
          <p>
            <span className="label">{said.bring}</span>{' '}
            {bring.map(({ what, count }) => said.batteries(count, what)).join(', ')}
          </p>
        )}
      </div>
      <ul className="visit-devices">
        {devices.map((device) => (
          <VisitDevice key={device.id} device={device} />
        ))}
      </ul>
    </li>
  );
}

function VisitDevice({ device }: { device: FleetDevice }) {
  const { words, language } = useSpeech();
  const day = useDay();
  const { placement, batteryPercent, batteryEndsAt, lastSeenAt } = device;
  return (
    <li>
      <p className="row-name">
        <Link to={`/devices/${encodeURIComponent(device.id)}`}>{device.name}</Link>
        {placement !== null && <span>{placementWord(placement, language)}</span>}
      </p>
      <FaultList faults={device.faults} />
      <p className="readings">
        {lastSeenAt !== null && (
          <span>
            <span className="label">{words.device.lastSeen}</span> <TimeAgo at={lastSeenAt} />
          </span>
        )}
        {batteryPercent !== null && (
          <span>
            <span className="label">{words.device.battery}</span>{' '}
            {words.device.percent(batteryPercent)}
            {batteryEndsAt !== null && `, ${words.fleet.lasts(day(batteryEndsAt))}`}
          </span>
        )}
      </p>
    </li>
  );
}
