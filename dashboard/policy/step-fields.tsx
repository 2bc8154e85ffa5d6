import { Button } from '@midas-ds/components/button';
import { Checkbox, CheckboxGroup } from '@midas-ds/components/checkbox';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';

import { channelsOfPeople, type Step } from '../../gateway/protocol/duty/policy.ts';
import { OneOf } from '../plan/choice.tsx';
import type { Names } from '../plan/names.ts';
import { useWords } from '../text/language-context.tsx';
import { isWrongAt, joinWait, splitWait, type WaitUnit } from './policy-draft.ts';
import { TargetFields } from './target-fields.tsx';

interface StepFieldsProps {
  step: Step;
  number: number;
  names: Names;
  wrong: ReadonlySet<string>;
  /** Where it stands in the document. */
  place: string;
  onChange: (step: Step) => void;
  /** Null where it may not. */
  onRemove: (() => void) | null;
  onUp: (() => void) | null;
}

/** One step: who, through what, and how long they have. */
export function StepFields(props: StepFieldsProps) {
  const { step, number, names, wrong, place, onChange, onRemove, onUp } = props;
  const words = useWords().plan;
  const { policy } = words;
  const title = policy.step(number);
  return (
    <fieldset className="step-form" aria-label={title}>
      <div className="section-top">
        <p className="field-label">{title}</p>
        <div className="activation-row">
          {onUp !== null && (
            <Button
              variant="secondary"
              size="medium"
              aria-label={words.moveUpOf(title)}
              onPress={onUp}
            >
              {words.moveUp}
            </Button>
          )}
          {onRemove !== null && (
            <Button
              variant="secondary"
              size="medium"
              aria-label={words.removeOf(title)}
              onPress={onRemove}
            >
              {words.remove}
            </Button>
          )}
        </div>
      </div>
      <TargetFields
        asks={step.asks}
        names={names}
        isWrong={(index) => isWrongAt(wrong, `${place}.asks.${index}`)}
        onChange={(asks) => onChange({ ...step, asks })}
      />
      <div className="day-choice">
        <CheckboxGroup
          label={policy.channelsLabel}
          value={step.channels}
          isInvalid={isWrongAt(wrong, `${place}.channels`)}
          errorMessage={policy.pickChannel}
          onChange={(chosen) =>
            onChange({
              ...step,
              channels: channelsOfPeople.filter((channel) => chosen.includes(channel)),
            })
          }
        >
          {channelsOfPeople.map((channel) => (
            <Checkbox key={channel} value={channel}>
              {policy.channelNames[channel]}
            </Checkbox>
          ))}
        </CheckboxGroup>
      </div>
      <WaitField
        seconds={step.waitSeconds}
        isInvalid={isWrongAt(wrong, `${place}.waitSeconds`)}
        onChange={(waitSeconds) => onChange({ ...step, waitSeconds })}
      />
    </fieldset>
  );
}

interface WaitFieldProps {
  seconds: number;
  isInvalid: boolean;
  onChange: (seconds: number) => void;
}

function WaitField({ seconds, isInvalid, onChange }: WaitFieldProps) {
  const { policy } = useWords().plan;
  // What is typed stays as it is typed: 60 must not become a minute before the second 0.
  const [{ count, unit }, setTyped] = useState(() => splitWait(seconds));
  const set = (typed: { count: string; unit: WaitUnit }) => {
    setTyped(typed);
    onChange(joinWait(typed.count, typed.unit));
  };
  const units = (['s', 'm', 'h'] as const).map((id) => ({ id, name: policy.waitUnits[id] }));
  return (
    <div className="duration-part">
      <TextField
        className="number-field"
        inputMode="numeric"
        autoComplete="off"
        label={policy.wait}
        value={count}
        isInvalid={isInvalid}
        errorMessage={policy.badWait}
        onChange={(typed) => set({ count: typed, unit })}
      />
      <OneOf
        label={policy.unit}
        options={units}
        value={unit}
        onChange={(id) => set({ count, unit: units.find((one) => one.id === id)?.id ?? 's' })}
      />
    </div>
  );
}
