import { Checkbox, CheckboxGroup } from '@midas-ds/components/checkbox';
import { Radio, RadioGroup } from '@midas-ds/components/radio';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';

import { addSilence } from '../api/plan-api.ts';
import { SomeOf } from '../plan/choice.tsx';
import { useTold } from '../plan/use-told.ts';
import { momentWords } from '../plan/when.ts';
import { timeInput } from '../rule/field.tsx';
import { ReasonDialog } from '../rule/reason-dialog.tsx';
import { useAction } from '../rule/use-action.ts';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import type { MatchNames } from './hold-words.ts';
import { emptySilence, endOf, matchersOf } from './silence-draft.ts';

const choices = [1, 4, 8, 24];
const severities = ['high', 'medium', 'low', 'technical'] as const;

interface SilenceDialogProps {
  names: MatchNames;
  onClose: () => void;
  onDone: () => void;
}

/** Holds matching alerts back until a time, with a reason; never an emergency. */
export function SilenceDialog({ names, onClose, onDone }: SilenceDialogProps) {
  const words = useWords();
  const { silence, hours } = words.plan;
  const now = useNow();
  const told = useTold();
  const action = useAction();
  const [draft, setDraft] = useState(emptySilence);
  const [isTried, setTried] = useState(false);
  const { length } = draft;
  const matchers = matchersOf(draft);
  const until = endOf(length, now, told.timeZone);

  async function send(reason: string): Promise<boolean> {
    setTried(true);
    if (matchers === null || until === null) return false;
    return action.run(async () => {
      await addSilence({ matchers, until, reason });
      onDone();
    });
  }

  return (
    <ReasonDialog
      title={silence.add}
      submit={silence.submit}
      action={action}
      onSubmit={send}
      onClose={onClose}
    >
      <p>{silence.addAbout}</p>
      <CheckboxGroup
        label={silence.severities}
        description={silence.anyOf}
        value={draft.severities}
        onChange={(chosen) =>
          setDraft({ ...draft, severities: severities.filter((one) => chosen.includes(one)) })
        }
      >
        {severities.map((severity) => (
          <Checkbox key={severity} value={severity}>
            {words.severity[severity]}
          </Checkbox>
        ))}
      </CheckboxGroup>
      <SomeOf
        label={silence.rules}
        options={names.rules}
        value={draft.ruleIds}
        onChange={(ruleIds) => setDraft({ ...draft, ruleIds })}
      />
      <SomeOf
        label={silence.homes}
        options={names.homes}
        value={draft.homeIds}
        onChange={(homeIds) => setDraft({ ...draft, homeIds })}
      />
      <SomeOf
        label={silence.units}
        options={names.units}
        value={draft.unitIds}
        onChange={(unitIds) => setDraft({ ...draft, unitIds })}
      />
      <p role="alert" className="problem">
        {isTried && matchers === null ? silence.nothing : null}
      </p>
      <RadioGroup
        className="inline-choice"
        orientation="horizontal"
        label={silence.howLong}
        value={'hours' in length ? String(length.hours) : 'clock'}
        onChange={(value) =>
          setDraft({
            ...draft,
            length: value === 'clock' ? { clock: '07:00' } : { hours: Number(value) },
          })
        }
      >
        {choices.map((count) => (
          <Radio key={count} value={String(count)}>
            {silence.hours(count)}
          </Radio>
        ))}
        <Radio value="clock">{silence.toClock}</Radio>
      </RadioGroup>
      {'clock' in length && (
        <TextField
          {...timeInput}
          label={silence.clock}
          value={length.clock}
          isInvalid={until === null}
          errorMessage={hours.badTime}
          onChange={(clock) => setDraft({ ...draft, length: { clock } })}
        />
      )}
      {until !== null && <p className="field-note">{silence.ends(momentWords(until, told))}</p>}
    </ReasonDialog>
  );
}
