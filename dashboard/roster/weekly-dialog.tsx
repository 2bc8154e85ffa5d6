import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';

import type { WeeklyShift } from '../../gateway/protocol/duty/roster.ts';
import { OneOf } from '../plan/choice.tsx';
import { dateInput } from '../plan/entry-form.tsx';
import { HoursFields } from '../plan/hours-fields.tsx';
import { useWords } from '../text/language-context.tsx';
import { withWeekly } from './change.ts';
import { useRoster } from './roster-context.tsx';
import { RosterDialog } from './roster-dialog.tsx';
import { readWeekly, weeklyDraft } from './shift-draft.ts';

interface WeeklyDialogProps {
  shift: WeeklyShift;
  isNew: boolean;
  onClose: () => void;
}

const none: ReadonlySet<string> = new Set();

/** A shift that comes back: who, at which hours, on which days, from when and how often. */
export function WeeklyDialog({ shift, isNew, onClose }: WeeklyDialogProps) {
  const words = useWords().plan;
  const said = words.roster;
  const { people } = useRoster();
  const [draft, setDraft] = useState(() => weeklyDraft(shift));
  const [wrong, setWrong] = useState(none);
  const set = (change: Partial<typeof draft>) => {
    setDraft({ ...draft, ...change });
    setWrong(none);
  };

  function read() {
    const found = readWeekly(draft);
    const isWrong = 'has' in found;
    setWrong(isWrong ? found : none);
    return isWrong ? null : withWeekly(found);
  }

  return (
    <RosterDialog
      title={isNew ? said.addWeekly : said.wholeSeries}
      submit={words.save}
      read={read}
      onClose={onClose}
    >
      <OneOf
        label={said.person}
        options={people}
        value={draft.personId}
        isInvalid={wrong.has('personId')}
        errorMessage={said.pickPerson}
        onChange={(personId) => set({ personId })}
      />
      <HoursFields
        hours={draft.hours}
        isInvalid={wrong.has('hours')}
        onChange={(hours) => set({ hours })}
      />
      <div className="field-pair">
        <TextField
          {...dateInput}
          label={said.first}
          placeholder={words.hours.date}
          value={draft.first}
          isInvalid={wrong.has('first')}
          errorMessage={words.hours.badDate}
          onChange={(first) => set({ first })}
        />
        <TextField
          {...dateInput}
          label={said.last}
          placeholder={words.hours.date}
          value={draft.last}
          isInvalid={wrong.has('last') || wrong.has('order')}
          errorMessage={wrong.has('last') ? words.hours.badDate : said.badOrder}
          onChange={(last) => set({ last })}
        />
      </div>
      <TextField
        className="number-field"
        inputMode="numeric"
        autoComplete="off"
        label={said.everyWeeks}
        description={said.everyWeeksAbout}
        value={draft.everyWeeks}
        isInvalid={wrong.has('everyWeeks')}
        errorMessage={said.badEvery}
        onChange={(everyWeeks) => set({ everyWeeks })}
      />
    </RosterDialog>
  );
}
