import { Button } from '@midas-ds/components/button';
import { Checkbox, CheckboxGroup } from '@midas-ds/components/checkbox';
import { Radio, RadioGroup } from '@midas-ds/components/radio';
import { TextField } from '@midas-ds/components/textfield';

import { severities } from '../../gateway/protocol/alert.ts';
import type { PolicyInput } from '../../gateway/protocol/duty/policy.ts';
import { OneOf, SomeOf } from '../plan/choice.tsx';
import type { Names } from '../plan/names.ts';
import { useWords } from '../text/language-context.tsx';
import { firstStep, inOrder, isWrongAt, numberOf } from './policy-draft.ts';
import { StepFields } from './step-fields.tsx';

interface PolicyFormProps {
  policy: PolicyInput;
  /** Where it stands in the document. */
  place: string;
  names: Names;
  wrong: ReadonlySet<string>;
  onChange: (policy: PolicyInput) => void;
}

/** A policy as fields: what it is about, and its steps. */
export function PolicyForm({ policy, place, names, wrong, onChange }: PolicyFormProps) {
  const words = useWords();
  const said = words.plan.policy;
  const set = (change: Partial<PolicyInput>) => onChange({ ...policy, ...change });
  const { steps } = policy;
  return (
    <div className="entry-form">
      <TextField
        label={said.title}
        value={policy.title}
        maxLength={80}
        isInvalid={isWrongAt(wrong, `${place}.title`)}
        errorMessage={said.titleMissing}
        onChange={(title) => set({ title })}
      />
      <div className="day-choice">
        <CheckboxGroup
          label={said.severities}
          value={policy.severities}
          isInvalid={isWrongAt(wrong, `${place}.severities`)}
          errorMessage={said.pickSeverity}
          onChange={(chosen) => set({ severities: inOrder(chosen) })}
        >
          {severities.map((severity) => (
            <Checkbox key={severity} value={severity}>
              {words.severity[severity]}
            </Checkbox>
          ))}
        </CheckboxGroup>
      </div>
      <ScopeFields policy={policy} place={place} names={names} wrong={wrong} onChange={onChange} />
      {steps.map((step, index) => (
        <StepFields
          // oxlint-disable-next-line react/no-array-index-key -- steps are told by their place.
          key={`${index} of ${steps.length}`}
          step={step}
          number={index + 1}
          names={names}
          wrong={wrong}
          place={`${place}.steps.${index}`}
          onChange={(next) => set({ steps: steps.with(index, next) })}
          onRemove={steps.length === 1 ? null : () => set({ steps: steps.toSpliced(index, 1) })}
          onUp={
            index === 0
              ? null
              : () => set({ steps: steps.toSpliced(index, 1).toSpliced(index - 1, 0, step) })
          }
        />
      ))}
      <Button
        variant="secondary"
        className="add-button"
        isDisabled={steps.length >= 12}
        onPress={() => set({ steps: [...steps, firstStep] })}
      >
        {said.addStep}
      </Button>
      <div className="field-pair">
        <MinuteField
          label={said.arrival}
          about={said.arrivalAbout}
          problem={said.badArrival}
          minutes={policy.arrivalMinutes}
          isInvalid={isWrongAt(wrong, `${place}.arrivalMinutes`)}
          onChange={(arrivalMinutes) => set({ arrivalMinutes })}
        />
        <MinuteField
          label={said.reminder}
          about={said.reminderAbout}
          problem={said.badReminder}
          minutes={policy.reminderMinutes}
          isInvalid={isWrongAt(wrong, `${place}.reminderMinutes`)}
          onChange={(reminderMinutes) => set({ reminderMinutes })}
        />
      </div>
    </div>
  );
}

function ScopeFields({ policy, place, names, wrong, onChange }: PolicyFormProps) {
  const { policy: said, plan } = useWords().plan;
  const { homeIds, unitId, ...rest } = policy;
  const scope = homeIds !== undefined ? 'homes' : unitId !== undefined ? 'unit' : 'all';
  function choose(chosen: string) {
    if (chosen === 'homes') onChange({ ...rest, homeIds: [] });
    else onChange(chosen === 'unit' ? { ...rest, unitId: '' } : rest);
  }
  return (
    <>
      <RadioGroup label={said.scope} value={scope} onChange={choose}>
        <Radio value="all">{said.scopes.all}</Radio>
        <Radio value="unit">{said.scopes.unit}</Radio>
        <Radio value="homes">{said.scopes.homes}</Radio>
      </RadioGroup>
      {unitId !== undefined && (
        <OneOf
          label={said.which.unit}
          options={names.units}
          value={unitId}
          isInvalid={isWrongAt(wrong, `${place}.unitId`)}
          errorMessage={said.pickUnit}
          onChange={(id) => onChange({ ...policy, unitId: id })}
        />
      )}
      {homeIds !== undefined && (
        <SomeOf
          label={plan.whichHomes}
          options={names.homes}
          value={homeIds}
          isInvalid={isWrongAt(wrong, `${place}.homeIds`)}
          errorMessage={plan.pickHomes}
          onChange={(ids) => onChange({ ...policy, homeIds: ids })}
        />
      )}
    </>
  );
}

interface MinuteFieldProps {
  label: string;
  about: string;
  problem: string;
  minutes: number;
  isInvalid: boolean;
  onChange: (minutes: number) => void;
}

function MinuteField({ label, about, problem, minutes, isInvalid, onChange }: MinuteFieldProps) {
  return (
    <TextField
      className="number-field"
      inputMode="numeric"
      autoComplete="off"
      label={label}
      description={about}
      value={Number.isNaN(minutes) ? '' : String(minutes)}
      isInvalid={isInvalid}
      errorMessage={problem}
      onChange={(typed) => onChange(numberOf(typed))}
    />
  );
}
