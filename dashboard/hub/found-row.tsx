import { Link } from 'react-router';

import type { FoundView } from '../../gateway/protocol/device/hub.ts';
import { TimeAgo } from '../clock/time-ago.tsx';
import { LinkWords } from '../fleet/fleet-row.tsx';
import { DevicePicture } from '../install/device-picture.tsx';
import { useSpeech, useWords } from '../text/language-context.tsx';
import { dialectWord } from './dialect-word.ts';
import { eventWord } from './event-word.ts';

interface FoundRowProps {
  found: FoundView;
  homeId: string | null;
  mayPlace: boolean;
}

/** Something that a hub speaks for: what it is, what it said last, and the way to where it is placed. */
export function FoundRow({ found, homeId, mayPlace }: FoundRowProps) {
  const { words, language } = useSpeech();
  const said = words.hub;
  const { label, address, vendor, model, profile, deviceId, lastType, lastSeenAt } = found;
  const about = [dialectWord(found.dialect), vendor, model].filter((part) => part !== null);
  return (
    <li className="found-row">
      <div className="found-name">
        <DevicePicture picture={profile?.picture ?? 'sensor'} />
        <p className="row-name">
          <strong>
            {deviceId === null ? (
              label
            ) : (
              <Link to={`/devices/${encodeURIComponent(deviceId)}`}>{label}</Link>
            )}
          </strong>
          <span>{about.join(', ')}</span>
          {address !== label && (
            <span>
              {said.address} {address}
            </span>
          )}
        </p>
      </div>
      <p>
        {found.isGone && <strong>{said.gone} · </strong>}
        {lastType !== null && (
          <>
            <span className="label">{said.lastType}</span> {eventWord(lastType, language)} ·{' '}
          </>
        )}
        {found.messages === 0 ? said.unheard : <TimeAgo at={lastSeenAt} />}
      </p>
      <FoundReadings found={found} />
      {mayPlace && deviceId === null && (
        <Link
          className="device-back"
          aria-label={said.placeOf(label)}
          to={placePath(found, homeId)}
        >
          {said.place}
        </Link>
      )}
    </li>
  );
}

/** Into an installation of it; where the hub itself is in no home, one is asked for first. */
function placePath({ hubId: hub, address }: FoundView, home: string | null): string {
  const query = new URLSearchParams({ ...(home !== null && { home }), hub, address });
  return `/install?${query.toString()}`;
}

function FoundReadings({ found }: { found: FoundView }) {
  const words = useWords();
  const { batteryPercent, lqi, rssiDbm, messages, notUnderstood } = found;
  return (
    <p className="readings">
      {messages > 0 && <span>{words.hub.messages(messages)}</span>}
      {batteryPercent !== null && (
        <span>
          <span className="label">{words.device.battery}</span>{' '}
          {words.device.percent(batteryPercent)}
        </span>
      )}
      {(lqi !== null || rssiDbm !== null) && (
        <span>
          <span className="label">{words.device.signal}</span> <LinkWords device={found} />
        </span>
      )}
      {notUnderstood.length > 0 && (
        <span>
          <span className="label">{words.hub.puzzles}</span>{' '}
          {notUnderstood.map(({ what, count }) => `${what} (${count})`).join(', ')}
        </span>
      )}
    </p>
  );
}
