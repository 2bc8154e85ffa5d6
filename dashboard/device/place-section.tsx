import { Link } from 'react-router';

import type { DeviceDetail } from '../../gateway/protocol/device/fleet.ts';
import { placementWord } from '../alert/where.ts';
import { useDay } from '../fleet/use-day.ts';
import { useSpeech } from '../text/language-context.tsx';

/** Where it has been, as far as the reader may know. */
export function PlaceSection({ bindings }: Pick<DeviceDetail, 'bindings'>) {
  const { words, language } = useSpeech();
  const said = words.fleet.device;
  const day = useDay();
  return (
    <section aria-labelledby="places">
      <h2 id="places">{said.places}</h2>
      {bindings.length === 0 ? (
        <p>{said.noPlaces}</p>
      ) : (
        <ul className="rows">
          {bindings.map(({ homeId, homeLabel, placement, from, until }) => (
            <li key={`${homeId} ${from}`} className="device-line">
              <p>
                <Link to={`/homes/${encodeURIComponent(homeId)}`}>{homeLabel}</Link>,{' '}
                {placementWord(placement, language)}
              </p>
              <p className="label">
                {until === null ? said.placeNow(day(from)) : said.placeThen(day(from), day(until))}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
