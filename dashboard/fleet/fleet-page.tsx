import { SearchField } from '@midas-ds/components/search-field';
import { useEffect, useMemo, useState } from 'react';
import { Link, useSearchParams } from 'react-router';

import type { FleetPage as Page_ } from '../../gateway/protocol/device/fleet.ts';
import { fleetFile, type FleetWish, queryOf } from '../api/fleet-api.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { kindWord } from '../install/proposal.ts';
import { OneOf } from '../plan/choice.tsx';
import { reportPaths, seesReports } from '../report/permission.ts';
import { useMe } from '../session/session-context.tsx';
import { useSpeech, useWords } from '../text/language-context.tsx';
import { FaultFilter } from './fault-filter.tsx';
import { FleetTable } from './fleet-table.tsx';
import { useFleet } from './use-fleet.ts';
import { addressOf, isNarrow, type Sort, sortKeys, wishOf } from './wish.ts';

import './fleet.css';

const typingMs = 200;

/** All equipment in use by its health, the worst first, narrowed down as one likes. */
export function FleetPage() {
  const words = useWords();
  const { language } = useSpeech();
  const said = words.fleet;
  const { role } = useMe();
  const [address, setAddress] = useSearchParams();
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim());
  const wish = useMemo(() => ({ ...wishOf(address), search }), [address, search]);
  const query = queryOf(wish);
  const view = useFleet(query);
  const { latest } = view;
  const change = (some: Partial<FleetWish>) =>
    setAddress(addressOf({ ...wish, ...some }), { replace: true });
  if (latest === null) {
    return (
      <Page title={words.page.devices}>
        <Problem problem={view.problem} onRetry={view.again} />
      </Page>
    );
  }
  return (
    <Page
      title={words.page.devices}
      className="fleet-page"
      aside={<p className="page-summary">{said.summary(latest.all - latest.sound, latest.all)}</p>}
    >
      <nav className="fleet-links" aria-label={words.page.devices}>
        <Link to="/visits">{said.visits}</Link>
        <Link to="/hubs">{said.hubs}</Link>
        {!seesReports(role) && <Link to={reportPaths.telemetry}>{words.telemetry.title}</Link>}
        <a href={fleetFile(query, language)} download>
          {said.file}
        </a>
      </nav>
      <FaultFilter page={latest} chosen={wish.fault} onChoose={(fault) => change({ fault })} />
      <div className="fleet-fields">
        <SearchField
          showButton={false}
          className="search"
          aria-label={said.search}
          placeholder={said.search}
          value={typed}
          onChange={setTyped}
        />
        <Choices latest={latest} wish={wish} onChange={change} />
      </div>
      {view.problem !== null && <Problem problem={view.problem} onRetry={view.again} />}
      <output className="fleet-count">{said.matching(latest.total)}</output>
      {latest.total > 0 ? (
        <FleetTable key={query} view={view} total={latest.total} />
      ) : isNarrow(wish) ? (
        <div className="all-well">
          <p>{said.noMatch}</p>
          <button
            type="button"
            className="text-button"
            onClick={() => {
              setTyped('');
              setAddress({}, { replace: true });
            }}
          >
            {said.clear}
          </button>
        </div>
      ) : (
        <p className="all-well">{said.empty}</p>
      )}
    </Page>
  );
}

interface ChoicesProps {
  latest: Page_;
  wish: FleetWish;
  onChange: (some: Partial<FleetWish>) => void;
}

const every = 'every';

/** Unit, kind and order. */
function Choices({ latest, wish, onChange }: ChoicesProps) {
  const { words, language } = useSpeech();
  const said = words.fleet;
  const all = { id: every, name: said.every };
  const kinds = latest.profiles.map((id) => ({ id, name: kindWord(id, language) }));
  const some = (id: string) => (id === every ? undefined : id);
  return (
    <>
      {latest.units.length > 1 && (
        <OneOf
          label={said.unit}
          options={[all, ...latest.units]}
          value={wish.unitId ?? every}
          onChange={(id) => onChange({ unitId: some(id) })}
        />
      )}
      {kinds.length > 1 && (
        <OneOf
          label={said.kind}
          options={[all, ...kinds]}
          value={wish.profile ?? every}
          onChange={(id) => onChange({ profile: some(id) })}
        />
      )}
      <OneOf
        label={said.sort}
        options={sortKeys.map((id) => ({ id, name: said.sorts[id] }))}
        value={wish.sort}
        onChange={(id) =>
          onChange({ sort: sortKeys.find((key): key is Sort => key === id) ?? 'fault' })
        }
      />
    </>
  );
}

/** What it is once it has been so for a moment: nobody wants an answer to each letter. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), typingMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
