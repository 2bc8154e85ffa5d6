import { useCallback } from 'react';

import { catalogue, isEventType } from '../../gateway/protocol/catalogue.ts';
import type { FoundView } from '../../gateway/protocol/device/hub.ts';
import { fetchFound } from '../api/install-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { useNow } from '../stream/live-context.tsx';
import { useSpeech, useWords } from '../text/language-context.tsx';
import { DevicePicture } from './device-picture.tsx';
import { vendorAndModel } from './model-list.ts';
import { hasJustTold, orderFound } from './order-found.ts';

const refreshMs = 1_000;

interface FoundSectionProps {
  homeId: string;
  picked: FoundView | null;
  onPick: (found: FoundView) => void;
}

/** What the hubs of the home have found, the one just heard first. */
export function FoundSection({ homeId, picked, onPick }: FoundSectionProps) {
  const said = useWords().install.device;
  const now = useNow();
  const fetcher = useCallback((signal: AbortSignal) => fetchFound(homeId, signal), [homeId]);
  const { data } = useFetched(fetcher, 0, refreshMs);
  const found = orderFound(data ?? [], now);
  return (
    <section aria-labelledby="found">
      <h3 id="found">{said.found}</h3>
      <p className="label">{found.length === 0 ? said.foundNone : said.foundAbout}</p>
      {found.length > 0 && (
        <ul className="choices">
          {found.map((one) => (
            <li key={`${one.hubId} ${one.address}`}>
              <FoundButton
                found={one}
                isNew={hasJustTold(one, now)}
                isPicked={picked?.hubId === one.hubId && picked.address === one.address}
                onPick={() => onPick(one)}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface FoundButtonProps {
  found: FoundView;
  isNew: boolean;
  isPicked: boolean;
  onPick: () => void;
}

function FoundButton({ found, isNew, isPicked, onPick }: FoundButtonProps) {
  const { words, say } = useSpeech();
  const said = words.install.device;
  const { profile, vendor, model, lastType } = found;
  const called = vendorAndModel(profile ?? { vendor, model });
  const told = lastType !== null && isEventType(lastType) ? say(catalogue[lastType].title) : null;
  const signal = signalOf(found, words);
  return (
    <button
      type="button"
      className="choice"
      aria-pressed={isPicked}
      data-new={isNew || undefined}
      onClick={onPick}
    >
      <DevicePicture picture={profile?.picture ?? 'sensor'} />
      <span className="choice-words">
        <strong>{found.label}</strong>
        <span className="label">
          {[
            profile === null ? null : say(profile.title),
            called === '' ? said.notDescribed : called,
          ]
            .filter((part) => part !== null)
            .join(', ')}
        </span>
        {signal !== null && <span className="label">{signal}</span>}
        {isNew && told !== null && <span className="choice-new">{said.justTold(told)}</span>}
      </span>
    </button>
  );
}

/** Null while nothing is known of it. */
export function signalOf(
  { lqi, rssiDbm }: { lqi: number | null; rssiDbm: number | null },
  words: ReturnType<typeof useWords>,
): string | null {
  const said = words.install.message;
  if (rssiDbm !== null) return `${said.signal} ${words.device.dbm(rssiDbm)}`;
  return lqi === null ? null : `${said.signal} ${said.lqi(lqi)}`;
}
