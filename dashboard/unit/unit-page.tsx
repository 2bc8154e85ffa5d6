import { Button } from '@midas-ds/components/button';
import { useState } from 'react';

import type { UnitList, UnitView } from '../../gateway/protocol/duty/unit.ts';
import { fetchEndpoints, fetchNextWeeks, fetchUnits } from '../api/plan-api.ts';
import { useFetched } from '../api/use-fetched.ts';
import { Page } from '../frame/page.tsx';
import { Problem } from '../frame/problem.tsx';
import { mayArrange } from '../plan/permission.ts';
import { StaffNav } from '../plan/staff-nav.tsx';
import { useMe } from '../session/session-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { UnitDialog } from './unit-dialog.tsx';
import { UnitRow } from './unit-row.tsx';

import './unit.css';

const refreshMs = 15_000;
const slowMs = 300_000;

/** The units of the municipality and those that work for it: who is on duty, and what is planned. */
export function UnitPage() {
  const words = useWords();
  const { data, problem, again } = useFetched(fetchUnits, 0, refreshMs);
  return (
    <Page
      title={words.plan.nav.units}
      aside={data === null ? null : <Summary units={data.items} />}
      className="staff-page"
    >
      <StaffNav />
      {data === null ? (
        <Problem problem={problem} onRetry={again} />
      ) : (
        <Units list={data} onChanged={again} />
      )}
    </Page>
  );
}

function Summary({ units }: { units: readonly UnitView[] }) {
  const { unit } = useWords().plan;
  const own = units.filter(({ isOwn }) => isOwn).length;
  return <p className="page-summary">{unit.summary(own, units.length - own)}</p>;
}

function Units({ list, onChanged }: { list: UnitList; onChanged: () => void }) {
  const words = useWords().plan;
  const said = words.unit;
  const coverage = useFetched(fetchNextWeeks, 0, slowMs);
  const endpoints = useFetched(fetchEndpoints, 0, slowMs).data ?? [];
  const mayChange = mayArrange(useMe().role);
  const [asked, setAsked] = useState<{ unit: UnitView | null } | null>(null);
  const [done, setDone] = useState('');
  const own = list.items.filter(({ isOwn }) => isOwn);
  const others = list.items.filter(({ isOwn }) => !isOwn);
  const gapsOf = (unitId: string) =>
    coverage.data?.gaps.filter((gap) => gap.unitId === unitId).length ?? null;
  const rowsOf = (units: readonly UnitView[]) => (
    <ul className="rows">
      {units.map((unit) => (
        <UnitRow
          key={unit.id}
          unit={unit}
          gaps={gapsOf(unit.id)}
          endpoints={endpoints}
          municipalities={list.municipalities}
          onChange={mayChange && unit.isOwn ? () => setAsked({ unit }) : null}
        />
      ))}
    </ul>
  );
  return (
    <>
      {!mayChange && <p className="field-note">{words.readOnly}</p>}
      <output>{done}</output>
      <section aria-labelledby="own-units">
        <div className="section-top">
          <h2 id="own-units">{said.own}</h2>
          {mayChange && <Button onPress={() => setAsked({ unit: null })}>{said.add}</Button>}
        </div>
        {own.length === 0 ? <p>{said.none}</p> : rowsOf(own)}
      </section>
      {others.length > 0 && (
        <section aria-labelledby="other-units">
          <h2 id="other-units">{said.others}</h2>
          {rowsOf(others)}
        </section>
      )}
      {asked !== null && (
        <UnitDialog
          unit={asked.unit}
          endpoints={endpoints}
          municipalities={list.municipalities}
          onClose={() => setAsked(null)}
          onDone={({ name }) => {
            setDone(asked.unit === null ? said.added(name) : said.changed(name));
            onChanged();
          }}
        />
      )}
    </>
  );
}
