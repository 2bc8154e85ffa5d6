import { Checkbox } from '@midas-ds/components/checkbox';

import { useWords } from '../text/language-context.tsx';
import { useDraftForm, useField } from './draft-context.tsx';
import { CheckPart, DurationPart, ListPart, TextPart, useEventTypes } from './field.tsx';

/** What must be heard, and how long it may be missing. */
export function SilenceParts() {
  const { form } = useWords().rule;
  const types = useEventTypes();
  const { fill } = useDraftForm();
  const of = useField(['absence', 'of']);
  const allowed = useField(['absence', 'for']);
  const isAny = of.text === 'any';
  const isSupervised = allowed.text === 'supervision';
  return (
    <>
      <Checkbox
        isSelected={isAny}
        isDisabled={of.isDisabled}
        onChange={(isChecked) => of.set(isChecked ? 'any' : ['motion.detected'])}
      >
        {form.any}
      </Checkbox>
      {!isAny && <ListPart path={['absence', 'of']} label={form.of} options={types} />}
      <TextPart path={['where']} label={form.where} description={form.whereAbout} isOptional />
      <Checkbox
        isSelected={isSupervised}
        isDisabled={allowed.isDisabled}
        onChange={(isChecked) =>
          isChecked
            ? fill([['absence', 'for'], 'supervision'], [['per'], 'device'])
            : allowed.set('12h')
        }
      >
        {form.supervision}
      </Checkbox>
      {!isSupervised && <DurationPart path={['absence', 'for']} label={form.silentFor} />}
      {isSupervised && allowed.isInvalid && <p className="problem">{allowed.errorMessage}</p>}
      <CheckPart path={['absence', 'pausedWhenEmpty']} label={form.paused} />
    </>
  );
}
