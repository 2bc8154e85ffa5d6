import { Radio, RadioGroup } from '@midas-ds/components/radio';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';

import { useClockWords } from '../clock/clock-words.ts';
import { addDays, wallOf } from '../clock/zoned.ts';
import { useMe } from '../session/session-context.tsx';
import { useLive } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { nextTime, timeOn, type UntilChoice } from './until.ts';

const other = 'other';

export interface Until {
  chosen: string;
  typed: string;
  /** Null where only the next day and night can be chosen. */
  day: string | null;
}

/** The first is chosen until another is. */
export function firstOf([first]: readonly UntilChoice[], day: string | null = null): Until {
  return { chosen: first === undefined ? other : String(first.at), typed: '', day };
}

/** Answers the instant that is chosen; null while a time of one's own is none. `hasDay`: it may be of any day. */
export function useUntil(choices: readonly UntilChoice[], hasDay = false) {
  const { clock } = useLive();
  const { timeZone } = useMe().municipality;
  const [until, setUntil] = useState(() =>
    firstOf(choices, hasDay ? addDays(wallOf(clock.now(), timeZone).date, 1) : null),
  );
  const [isWrong, setWrong] = useState(false);

  function read(): number | null {
    const at = until.chosen === other ? ownTime(until) : Number(until.chosen);
    setWrong(at === null);
    return at;
  }

  function ownTime({ day, typed }: Until): number | null {
    if (day === null) return nextTime(typed, clock.now(), timeZone);
    return timeOn(day, typed, clock.now(), timeZone);
  }

  function change(to: Until) {
    setWrong(false);
    setUntil(to);
  }
  return { until, isWrong, read, change };
}

interface UntilFieldProps {
  label: string;
  choices: readonly UntilChoice[];
  field: ReturnType<typeof useUntil>;
  hasOther?: boolean;
}

/** When something ends: a press for the usual, and a time of one's own. */
export function UntilField({ label, choices, field, hasOther = true }: UntilFieldProps) {
  const words = useWords();
  const clock = useClockWords();
  const { until, isWrong, change } = field;
  const say = ({ at, hours }: UntilChoice) => {
    if (hours === null) return words.duty.planned(clock(at));
    if (hours % 24 === 0) return words.hold.forDays(clock(at), hours / 24);
    return words.duty.inHours(clock(at), hours);
  };
  return (
    <>
      <RadioGroup
        className="outcomes"
        label={label}
        value={until.chosen}
        onChange={(chosen) => change({ ...until, chosen })}
      >
        {choices.map((choice) => (
          <Radio key={choice.at} value={String(choice.at)}>
            {say(choice)}
          </Radio>
        ))}
        {hasOther && <Radio value={other}>{words.duty.otherTime}</Radio>}
      </RadioGroup>
      {until.chosen === other && until.day !== null && (
        <TextField
          label={words.hold.day}
          inputMode="numeric"
          autoComplete="off"
          maxLength={10}
          isInvalid={isWrong}
          value={until.day}
          onChange={(day) => change({ ...until, day })}
        />
      )}
      {until.chosen === other && (
        <TextField
          label={words.duty.otherTimeLabel}
          inputMode="numeric"
          autoComplete="off"
          maxLength={5}
          value={until.typed}
          isInvalid={isWrong}
          errorMessage={until.day === null ? words.duty.badTime : words.hold.badDay}
          onChange={(typed) => change({ ...until, typed })}
        />
      )}
    </>
  );
}
