import { Button } from '@midas-ds/components/button';
import { type ReactNode, useState } from 'react';

import type { SingleShift, WeeklyShift } from '../../gateway/protocol/duty/roster.ts';
import { wallOf } from '../clock/zoned.ts';
import { useTold } from '../plan/use-told.ts';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { type Change, withoutChange, withoutSingle, withoutWeekly } from './change.ts';
import { useRoster } from './roster-context.tsx';
import { RosterDialog, useRosterTold } from './roster-dialog.tsx';
import { changeWords, singleWords, weeklyWords } from './roster-words.ts';
import { periodOf } from './shift-draft.ts';

const mostSingles = 20;

interface ShiftListsProps {
  onWeekly: (shift: WeeklyShift | null) => void;
  onSingle: (shift: SingleShift | null) => void;
}

interface Removal {
  said: string;
  change: Change;
}

/** What the roster is made of: what comes back, what differs from it, and what is planned once. */
export function ShiftLists({ onWeekly, onSingle }: ShiftListsProps) {
  const words = useWords().plan;
  const { view, mayChange, begin } = useRoster();
  const { weekly, single, changes } = view.document;
  const told = useTold();
  const rosterTold = useRosterTold();
  const now = useNow();
  const today = wallOf(now, told.timeZone).date;
  const [removal, setRemoval] = useState<Removal | null>(null);
  const ask = (asked: Removal) => {
    begin();
    setRemoval(asked);
  };
  const current = weekly.filter(({ last }) => last === undefined || last >= today);
  const differing = changes
    .filter(({ date }) => date >= today)
    .toSorted((a, b) => a.date.localeCompare(b.date));
  const coming = single
    .map((shift) => ({ shift, ...periodOf(shift, told.timeZone) }))
    .filter(({ to }) => to > now)
    .toSorted((a, b) => a.from - b.from);
  return (
    <>
      <ListSection
        id="weekly"
        title={words.roster.weekly}
        empty={words.roster.noWeekly}
        add={mayChange ? { label: words.roster.addWeekly, press: () => onWeekly(null) } : null}
      >
        {current.map((shift) => {
          const said = weeklyWords(shift, rosterTold);
          return (
            <ShiftRow
              key={shift.id}
              said={said}
              onChange={() => onWeekly(shift)}
              onRemove={() => ask({ said, change: withoutWeekly(shift.id) })}
            />
          );
        })}
      </ListSection>
      <ListSection
        id="changes"
        title={words.roster.changes}
        empty={words.roster.noChanges}
        add={null}
      >
        {differing.map((change) => {
          const said = changeWords(change, view.document, rosterTold);
          return (
            <ShiftRow
              key={`${change.date} ${change.shiftId}`}
              said={said}
              onChange={null}
              onRemove={() => ask({ said, change: withoutChange(change.shiftId, change.date) })}
            />
          );
        })}
      </ListSection>
      <ListSection
        id="singles"
        title={words.roster.singles}
        empty={words.roster.noSingles}
        add={mayChange ? { label: words.roster.addSingle, press: () => onSingle(null) } : null}
      >
        {coming.slice(0, mostSingles).map(({ shift }) => {
          const said = singleWords(shift, rosterTold);
          return (
            <ShiftRow
              key={shift.id}
              said={said}
              onChange={() => onSingle(shift)}
              onRemove={() => ask({ said, change: withoutSingle(shift.id) })}
            />
          );
        })}
        {coming.length > mostSingles && (
          <li className="label">{words.roster.moreSingles(coming.length - mostSingles)}</li>
        )}
      </ListSection>
      {removal !== null && (
        <RosterDialog
          title={words.removeOf(removal.said)}
          submit={words.remove}
          read={() => removal.change}
          onClose={() => setRemoval(null)}
        />
      )}
    </>
  );
}

interface ListSectionProps {
  id: string;
  title: string;
  empty: string;
  add: { label: string; press: () => void } | null;
  children: ReactNode;
}

function ListSection({ id, title, empty, add, children }: ListSectionProps) {
  const rows = [children].flat(2).filter((row) => row !== false && row !== null);
  return (
    <section aria-labelledby={id}>
      <div className="section-top">
        <h2 id={id}>{title}</h2>
        {add !== null && (
          <Button variant="secondary" onPress={add.press}>
            {add.label}
          </Button>
        )}
      </div>
      {rows.length === 0 ? <p>{empty}</p> : <ul className="rows">{children}</ul>}
    </section>
  );
}

interface ShiftRowProps {
  said: string;
  onChange: (() => void) | null;
  onRemove: () => void;
}

function ShiftRow({ said, onChange, onRemove }: ShiftRowProps) {
  const words = useWords().plan;
  const { mayChange } = useRoster();
  return (
    <li>
      <div className="entry-top">
        <p>{said}</p>
        {mayChange && (
          <div className="activation-row">
            {onChange !== null && (
              <Button
                variant="secondary"
                size="medium"
                aria-label={words.changeOf(said)}
                onPress={onChange}
              >
                {words.change}
              </Button>
            )}
            <Button
              variant="secondary"
              size="medium"
              aria-label={words.removeOf(said)}
              onPress={onRemove}
            >
              {words.remove}
            </Button>
          </div>
        )}
      </div>
    </li>
  );
}
