import { SearchField } from '@midas-ds/components/search-field';
import { useState } from 'react';

import { fetchDevices } from '../api/home-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { matches } from '../text/search.ts';
import { conditionOf, orderDevices } from './condition.ts';
import { DeviceRows } from './device-rows.tsx';

const refreshMs = 30_000;

/** All devices, those that need somebody first. */
export function DeviceListPage() {
  const words = useWords();
  const now = useNow();
  const [wanted, setWanted] = useState('');
  const { data, problem, again } = useFetched(fetchDevices, 0, refreshMs);
  if (data === null) {
    return (
      <Page title={words.page.devices}>
        <Problem problem={problem} onRetry={again} />
      </Page>
    );
  }
  const shown = data.filter(({ name, id, profile, homeLabel }) =>
    matches(wanted, [name, id, profile, homeLabel ?? '']),
  );
  const count = (condition: string) =>
    data.filter((device) => conditionOf(device, now) === condition).length;
  const summary = (
    <p className="page-summary">{words.device.trouble(count('silent'), count('low-battery'))}</p>
  );
  const empty = data.length === 0 ? words.device.none : words.device.noMatch;
  return (
    <Page title={words.page.devices} aside={summary}>
      <SearchField
        showButton={false}
        className="search"
        aria-label={words.device.search}
        placeholder={words.device.search}
        value={wanted}
        onChange={setWanted}
      />
      {shown.length === 0 ? (
        <output>{empty}</output>
      ) : (
        <DeviceRows devices={orderDevices(shown, now)} withHomes />
      )}
    </Page>
  );
}
