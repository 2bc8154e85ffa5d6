import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';

import { OneOf } from '../plan/choice.tsx';
import type { Named } from '../plan/names.ts';
import { useWords } from '../text/language-context.tsx';
import { daysOf, periodKinds, problemOf, type ReportChoice } from './period.ts';

interface PeriodFormProps {
  choice: ReportChoice;
  today: string;
  units: readonly Named[];
  onChoose: (choice: ReportChoice) => void;
}

const every = 'every';
const dateInput = { inputMode: 'numeric', maxLength: 10, autoComplete: 'off' } as const;

/** Which days, and whose. */
export function PeriodForm({ choice, today, units, onChoose }: PeriodFormProps) {
  const said = useWords().report;
  const options = [{ id: every, name: said.everyUnit }, ...units];
  return (
    <div className="report-form screen-only">
      <OneOf
        label={said.period}
        options={periodKinds.map((id) => ({ id, name: said.periods[id] }))}
        value={choice.kind}
        onChange={(id) => {
          const kind = periodKinds.find((one) => one === id) ?? 'last-month';
          // Dates of one's own begin as the ones that are shown.
          const days = kind === 'own' ? choice : daysOf(kind, today);
          onChoose({ kind, from: days.from, to: days.to, unitId: choice.unitId });
        }}
      />
      {(units.length > 1 || choice.unitId !== null) && (
        <OneOf
          label={said.unit}
          options={options}
          value={choice.unitId ?? every}
          onChange={(id) => onChoose({ ...choice, unitId: id === every ? null : id })}
        />
      )}
      {choice.kind === 'own' && <OwnDates choice={choice} onChoose={onChoose} />}
    </div>
  );
}

function OwnDates({ choice, onChoose }: Pick<PeriodFormProps, 'choice' | 'onChoose'>) {
  const said = useWords().report;
  const [days, setDays] = useState({ from: choice.from, to: choice.to });
  const [isTried, setTried] = useState(false);
  const problem = problemOf(days);
  const shown = isTried ? problem : null;
  return (
    <form
      className="own-dates"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (problem === null) onChoose({ ...choice, ...days });
      }}
    >
      <TextField
        {...dateInput}
        label={said.from}
        description={said.dateHint}
        value={days.from}
        isInvalid={shown !== null}
        onChange={(from) => setDays({ ...days, from: from.trim() })}
      />
      <TextField
        {...dateInput}
        label={said.to}
        description={said.dateHint}
        value={days.to}
        isInvalid={shown !== null}
        onChange={(to) => setDays({ ...days, to: to.trim() })}
      />
      <Button type="submit" variant="secondary">
        {said.showDates}
      </Button>
      <p role="alert" className="problem">
        {shown === null ? '' : said.dateProblems[shown]}
      </p>
    </form>
  );
}
