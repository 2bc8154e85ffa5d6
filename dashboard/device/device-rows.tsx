import { Link } from 'react-router';

import type { DeviceView } from '../../gateway/protocol/api.ts';
import { isProfile, profiles } from '../../gateway/protocol/profile.ts';
import { placementWord } from '../alert/where.ts';
import { TimeAgo } from '../clock/time-ago.tsx';
import { useNow } from '../stream/live-context.tsx';
import { useSpeech, useWords } from '../text/language-context.tsx';
import { ConditionWords } from './condition-words.tsx';
import { conditionOf } from './condition.ts';

import './device.css';

interface DeviceRowsProps {
  devices: readonly DeviceView[];
  /** Whether to tell where each of them is. */
  withHomes?: boolean;
}

export function DeviceRows({ devices, withHomes = false }: DeviceRowsProps) {
  return (
    <ul className="rows">
      {devices.map((device) => (
        <DeviceRow key={device.id} device={device} withHome={withHomes} />
      ))}
    </ul>
  );
}

function DeviceRow({ device, withHome }: { device: DeviceView; withHome: boolean }) {
  const { words, say, language } = useSpeech();
  const now = useNow();
  const profile = isProfile(device.profile) ? say(profiles[device.profile].title) : device.profile;
  const placement = device.placement === null ? null : placementWord(device.placement, language);
  return (
    <li className="device-row" data-condition={conditionOf(device, now)}>
      <p className="row-name">
        <strong>
          <Link to={`/devices/${encodeURIComponent(device.id)}`}>{device.name}</Link>
        </strong>
        <span>{[profile, placement].filter((part) => part !== null).join(', ')}</span>
      </p>
      {withHome && (
        <p>
          {device.homeId === null ? (
            words.device.notPlaced
          ) : (
            <Link to={`/homes/${device.homeId}`}>{device.homeLabel}</Link>
          )}
        </p>
      )}
      <ConditionWords device={device} now={now} />
      <p>
        <span className="label">{words.device.lastSeen}</span>{' '}
        {device.lastSeenAt === null ? words.never : <TimeAgo at={device.lastSeenAt} />}
      </p>
      <Readings device={device} />
    </li>
  );
}

function Readings({ device }: { device: DeviceView }) {
  const words = useWords();
  const { batteryPercent, rssiDbm } = device;
  return (
    <p className="readings">
      {batteryPercent !== null && (
        <span>
          <span className="label">{words.device.battery}</span>{' '}
          {words.device.percent(batteryPercent)}
        </span>
      )}
      {rssiDbm !== null && (
        <span>
          <span className="label">{words.device.signal}</span> {words.device.dbm(rssiDbm)}
        </span>
      )}
    </p>
  );
}
