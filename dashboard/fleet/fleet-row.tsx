/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows lie out of the flow, where elements of a table lose what they mean. */
import { memo, type Ref } from 'react';
import { Link } from 'react-router';

import type { FleetDevice } from '../../gateway/protocol/device/fleet.ts';
import { placementWord } from '../alert/where.ts';
import { TimeAgo } from '../clock/time-ago.tsx';
import { kindWord } from '../install/proposal.ts';
import { useSpeech, useWords } from '../text/language-context.tsx';
import { FaultList } from './fault-list.tsx';
import { weights } from './fault-mark.tsx';
import { useDay } from './use-day.ts';

interface FleetRowProps {
  device: FleetDevice | null;
  /** Its place among all that match, from nought. */
  index: number;
  /** From the top of the table, in pixels. */
  offset: number;
  ref: Ref<HTMLDivElement>;
}

/** One device: a line where there is room, else a card. */
export const FleetRow = memo(function FleetRow({ device, index, offset, ref }: FleetRowProps) {
  const words = useWords();
  const [worst] = device?.faults ?? [];
  return (
    <div
      role="row"
      ref={ref}
      data-index={index}
      // The first row is the one with the names of the columns.
      aria-rowindex={index + 2}
      className="fleet-row"
      data-weight={worst === undefined ? undefined : weights[worst]}
      style={{ transform: `translateY(${offset}px)` }}
    >
      {device === null ? (
        <div role="cell" className="label">
          {words.fleet.loadingRow}
        </div>
      ) : (
        <Cells device={device} />
      )}
    </div>
  );
});

function Cells({ device }: { device: FleetDevice }) {
  const { words, language } = useSpeech();
  const said = words.fleet;
  const { columns } = said;
  const { placement, homeId, model } = device;
  const about = [
    kindWord(device.profile, language),
    ...(placement === null ? [] : [placementWord(placement, language)]),
    ...(model === null ? [] : [model]),
  ];
  return (
    <>
      <div role="rowheader">
        <Link to={`/devices/${encodeURIComponent(device.id)}`}>{device.name}</Link>
        <span className="label">{about.join(', ')}</span>
      </div>
      <div role="cell">
        {homeId === null ? (
          said.notPlaced
        ) : (
          <Link to={`/homes/${encodeURIComponent(homeId)}`}>{device.homeLabel}</Link>
        )}
      </div>
      <div role="cell">
        <FaultList faults={device.faults} />
      </div>
      <div role="cell" data-of={columns.heard}>
        {device.lastSeenAt === null ? words.never : <TimeAgo at={device.lastSeenAt} />}
      </div>
      <div role="cell" data-of={columns.battery}>
        <BatteryWords device={device} />
      </div>
      <div role="cell" data-of={columns.link}>
        <LinkWords device={device} />
      </div>
    </>
  );
}

function BatteryWords({
  device: { batteryPercent, batteryEndsAt },
}: {
  device: Pick<FleetDevice, 'batteryPercent' | 'batteryEndsAt'>;
}) {
  const words = useWords();
  const day = useDay();
  if (batteryPercent === null) return '–';
  return (
    <>
      {words.device.percent(batteryPercent)}
      {batteryEndsAt !== null && (
        <span className="label">{words.fleet.lasts(day(batteryEndsAt))}</span>
      )}
    </>
  );
}

/** How well it is heard, in what its kind of link is measured by. */
export function LinkWords({
  device: { lqi, rssiDbm },
}: {
  device: Pick<FleetDevice, 'lqi' | 'rssiDbm'>;
}) {
  const words = useWords();
  const known = [
    ...(lqi === null ? [] : [words.fleet.lqi(lqi)]),
    ...(rssiDbm === null ? [] : [words.device.dbm(rssiDbm)]),
  ];
  return known.length === 0 ? '–' : known.join(', ');
}
