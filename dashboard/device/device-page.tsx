import { useCallback, useState } from 'react';
import { Link, useParams } from 'react-router';

import type { DeviceDetail } from '../../gateway/protocol/device/fleet.ts';
import { pictureOf } from '../../gateway/protocol/device/kind-picture.ts';
import { isGone } from '../api/api-error.ts';
import { fetchDevice } from '../api/fleet-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { FaultList } from '../fleet/fault-list.tsx';
import { useDay } from '../fleet/use-day.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { DevicePicture } from '../install/device-picture.tsx';
import { InstallSection } from '../install/install-section.tsx';
import { kindWord } from '../install/proposal.ts';
import { useSpeech, useWords } from '../text/language-context.tsx';
import { DeviceActions } from './device-actions.tsx';
import { DeviceFacts } from './device-facts.tsx';
import { PlaceSection } from './place-section.tsx';
import { PuzzleSection } from './puzzle-section.tsx';
import { QuarantineSection } from './quarantine-section.tsx';
import { TrendSection } from './trend-section.tsx';

import '../history/history.css';
import '../install/install.css';
import './device.css';

const refreshMs = 30_000;

/** One device: how it is, how it has been over time, where it has been, and what to do with it. */
export function DevicePage() {
  const { id = '' } = useParams();
  const words = useWords();
  const fetcher = useCallback((signal: AbortSignal) => fetchDevice(id, signal), [id]);
  const { data, problem, again } = useFetched(fetcher, 0, refreshMs);
  if (data === null || data.id !== id || isGone(problem)) {
    return (
      <Page title={words.page.devices}>
        <Problem problem={problem} onRetry={again} />
      </Page>
    );
  }
  return <DevicePageBody device={data} onChanged={again} />;
}

function DevicePageBody({ device, onChanged }: { device: DeviceDetail; onChanged: () => void }) {
  const { words, language } = useSpeech();
  const said = words.fleet.device;
  const day = useDay();
  const [told, setTold] = useState('');
  const { decommissionedAt, description } = device;
  // What is to be done then is to go on with it.
  const isUnfinished = device.faults.includes('unfinished');
  return (
    <Page title={words.page.devices} heading={device.name} className="device-page">
      <div className="device-top">
        <DevicePicture picture={description?.picture ?? pictureOf(device.profile)} />
        <div>
          <p>{kindWord(device.profile, language)}</p>
          {decommissionedAt === null ? (
            <FaultList faults={device.faults} />
          ) : (
            <p>
              <strong>{said.outOfUse(day(decommissionedAt))}</strong>
            </p>
          )}
        </div>
      </div>
      <output>{told}</output>
      {decommissionedAt === null && (
        <DeviceActions device={device} onChanged={onChanged} onTold={setTold} />
      )}
      {isUnfinished && <InstallSection deviceId={device.id} />}
      <DeviceFacts device={device} />
      <TrendSection device={device} />
      <PlaceSection bindings={device.bindings} />
      <QuarantineSection messages={device.quarantine} />
      <PuzzleSection puzzles={device.notUnderstood} />
      {!isUnfinished && <InstallSection deviceId={device.id} />}
      <p>
        <Link to="/devices" className="device-back">
          {words.fleet.visit.back}
        </Link>
      </p>
    </Page>
  );
}
