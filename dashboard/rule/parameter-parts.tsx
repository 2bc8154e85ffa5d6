import { useSpeech } from '../text/language-context.tsx';
import { useDraftForm } from './draft-context.tsx';
import { fieldAt, textAt } from './draft.ts';
import { NumberPart } from './field.tsx';

/** The numbers that the rule's condition uses; which there are, and their bounds, is for the text. */
export function ParameterParts() {
  const { words, language } = useSpeech();
  const { form } = words.rule;
  const { draft } = useDraftForm();
  const parameters = fieldAt(draft.fields, ['parameters']);
  if (typeof parameters !== 'object' || parameters === null) return null;
  return (
    <fieldset>
      <legend>{form.parameters}</legend>
      {Object.keys(parameters).map((name) => {
        const at = (key: string) => textAt(draft.fields, ['parameters', name, key]);
        const title = textAt(draft.fields, ['parameters', name, 'title', language]);
        const unit = at('unit') === '' ? '' : ` ${at('unit')}`;
        return (
          <NumberPart
            key={name}
            path={['parameters', name, 'value']}
            label={title === '' ? name : title}
            description={form.between(`${at('min')}${unit}`, `${at('max')}${unit}`)}
          />
        );
      })}
    </fieldset>
  );
}
