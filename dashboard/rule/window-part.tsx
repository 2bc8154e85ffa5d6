import { Checkbox, CheckboxGroup } from '@midas-ds/components/checkbox';

import { weekdays } from '../../gateway/protocol/rule/during.ts';
import { dayName } from '../../gateway/protocol/rule/sentence-phrase.ts';
import { useSpeech } from '../text/language-context.tsx';
import { useField } from './draft-context.tsx';
import { OptionalPart, TextPart } from './field.tsx';

/** The hours of the home's wall clock in which the rule holds. */
export function WindowPart() {
  const { words, language } = useSpeech();
  const { form } = words.rule;
  const from = useField(['during', 'from']);
  const to = useField(['during', 'to']);
  const days = useField(['during', 'days']);
  const begunBefore = useField(['during', 'begunBefore']);
  const clearedBy = useField(['clearedBy']);
  const crosses = to.text <= from.text;
  return (
    <OptionalPart path={['during']} label={form.during} initial={{ from: '22:00', to: '06:00' }}>
      <div className="field-pair">
        <TextPart path={['during', 'from']} label={form.from} isTime />
        <TextPart path={['during', 'to']} label={form.to} isTime />
      </div>
      {clearedBy.isThere && (
        <Checkbox
          isSelected={begunBefore.text !== 'ignored'}
          isDisabled={begunBefore.isDisabled}
          onChange={(counts) => begunBefore.set(counts ? undefined : 'ignored')}
        >
          {form.begunBefore}
        </Checkbox>
      )}
      {crosses && <p className="field-note">{form.crosses}</p>}
      <div className="day-choice">
        <CheckboxGroup
          label={form.days}
          description={form.everyDay}
          value={days.list}
          isDisabled={days.isDisabled}
          isInvalid={days.isInvalid}
          errorMessage={days.errorMessage}
          onChange={(chosen) => {
            const inOrder = weekdays.filter((day) => chosen.includes(day));
            days.set(inOrder.length === 0 ? undefined : inOrder);
          }}
        >
          {weekdays.map((day) => (
            <Checkbox key={day} value={day}>
              {dayName(day, language)}
            </Checkbox>
          ))}
        </CheckboxGroup>
      </div>
    </OptionalPart>
  );
}
