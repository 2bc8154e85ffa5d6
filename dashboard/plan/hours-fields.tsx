import { Checkbox, CheckboxGroup } from '@midas-ds/components/checkbox';
import { TextField } from '@midas-ds/components/textfield';

import { type Hours, weekdays } from '../../gateway/protocol/rule/during.ts';
import { dayName } from '../../gateway/protocol/rule/sentence-phrase.ts';
import { timeInput } from '../rule/field.tsx';
import { useSpeech } from '../text/language-context.tsx';
import { withDays } from './hours.ts';

interface HoursFieldsProps {
  hours: Hours;
  isInvalid: boolean;
  onChange: (hours: Hours) => void;
}

/** Hours of the wall clock that come back, and the weekdays they begin on. */
export function HoursFields({ hours, isInvalid, onChange }: HoursFieldsProps) {
  const { words, language } = useSpeech();
  const said = words.plan.hours;
  return (
    <>
      <div className="field-pair">
        <TextField
          {...timeInput}
          label={said.from}
          value={hours.from}
          isInvalid={isInvalid}
          errorMessage={said.bad}
          onChange={(from) => onChange({ ...hours, from })}
        />
        <TextField
          {...timeInput}
          label={said.to}
          value={hours.to}
          isInvalid={isInvalid}
          errorMessage={said.bad}
          onChange={(to) => onChange({ ...hours, to })}
        />
      </div>
      {!isInvalid && hours.to < hours.from && <p className="field-note">{said.crosses}</p>}
      <div className="day-choice">
        <CheckboxGroup
          label={said.days}
          description={said.noDays}
          value={hours.days ?? []}
          onChange={(chosen) => onChange(withDays(hours, chosen))}
        >
          {weekdays.map((day) => (
            <Checkbox key={day} value={day}>
              {dayName(day, language)}
            </Checkbox>
          ))}
        </CheckboxGroup>
      </div>
    </>
  );
}
