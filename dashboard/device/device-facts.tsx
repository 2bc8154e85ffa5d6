import { Fragment, type ReactNode } from 'react';
import { Link } from 'react-router';

import type { DeviceDetail } from '../../gateway/protocol/device/fleet.ts';
import { placementWord } from '../alert/where.ts';
import { TimeAgo } from '../clock/time-ago.tsx';
import { LinkWords } from '../fleet/fleet-row.tsx';
import { useDay } from '../fleet/use-day.ts';
import { useSpeech } from '../text/language-context.tsx';
import { skewOf } from './skew.ts';

type Fact = [name: string, value: ReactNode];

/** What is known of a device, a line each; what is not known has none. */
export function DeviceFacts({ device }: { device: DeviceDetail }) {
  const facts = [...useStanding(device), ...useBeing(device)];
  return (
    <dl className="device-facts">
      {facts.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

/** Where it is, and how it is heard. */
function useStanding(device: DeviceDetail): Fact[] {
  const { words, language } = useSpeech();
  const said = words.fleet.device;
  const { homeId, homeLabel, placement, hub, lastSeenAt, lqi, rssiDbm, skewMs } = device;
  const where = placement === null ? '' : `, ${placementWord(placement, language)}`;
  const home =
    homeId === null ? (
      words.fleet.notPlaced
    ) : (
      <>
        <Link to={`/homes/${encodeURIComponent(homeId)}`}>{homeLabel}</Link>
        {where}
      </>
    );
  return [
    [said.home, home],
    ...(hub === null
      ? []
      : some(
          said.hub,
          <>
            <Link to={`/hubs/${encodeURIComponent(hub.id)}`}>{hub.name}</Link> ({hub.address})
          </>,
        )),
    ...(device.profile === 'hub'
      ? some(
          said.speaksFor,
          <Link to={`/hubs/${encodeURIComponent(device.id)}`}>{said.hubPage}</Link>,
        )
      : []),
    ...some(said.heard, lastSeenAt === null ? words.never : <TimeAgo at={lastSeenAt} />),
    ...(lqi === null && rssiDbm === null ? [] : some(said.link, <LinkWords device={device} />)),
    ...(skewMs === null ? [] : some(said.clock, skewOf(skewMs, said))),
  ];
}

/** What it is. */
function useBeing(device: DeviceDetail): Fact[] {
  const { words } = useSpeech();
  const said = words.fleet.device;
  const day = useDay();
  const { model, serial, firmware, replaces, replacedBy } = device;
  const link = ({ id, name }: { id: string; name: string }) => (
    <Link to={`/devices/${encodeURIComponent(id)}`}>{name}</Link>
  );
  return [
    ...(model === null ? [] : some(said.model, model)),
    ...some(said.id, <code>{device.id}</code>),
    ...(serial === null ? [] : some(said.serial, <code>{serial}</code>)),
    ...(firmware === null ? [] : some(said.firmware, firmware)),
    [said.since, day(device.createdAt)],
    ...(replaces === null ? [] : some(said.replaces, link(replaces))),
    ...(replacedBy === null ? [] : some(said.replacedBy, link(replacedBy))),
  ];
}

function some(name: string, value: ReactNode): Fact[] {
  return [[name, value]];
}
