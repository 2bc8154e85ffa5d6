import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';

import {
  benefitBounds,
  benefitFields,
  benefitGroups,
  type BenefitKey,
  benefitKeys,
  type BenefitParameters,
} from '../../gateway/protocol/report/benefit-field.ts';
import { useWords } from '../text/language-context.tsx';
import { isWithin } from './address.ts';
import { readNumber, writeNumber } from './number-text.ts';

interface BenefitFormProps {
  parameters: BenefitParameters;
  onChange: (key: BenefitKey, value: number) => void;
}

/** Every number of the calculation, with its unit and whose figure it is. */
export function BenefitForm({ parameters, onChange }: BenefitFormProps) {
  const { benefit: said } = useWords();
  return (
    <form
      className="benefit-form"
      aria-label={said.form}
      onSubmit={(event) => event.preventDefault()}
    >
      {benefitGroups.map((group) => (
        <fieldset key={group}>
          <legend>{said.groups[group]}</legend>
          {benefitKeys
            .filter((key) => benefitFields[key].group === group)
            .map((key) => (
              <BenefitNumber
                key={key}
                field={key}
                value={parameters[key]}
                onChange={(value) => onChange(key, value)}
              />
            ))}
        </fieldset>
      ))}
    </form>
  );
}

interface BenefitNumberProps {
  field: BenefitKey;
  value: number;
  onChange: (value: number) => void;
}

/** Keeps what is typed; while that is no number it can use, the last one counts, and it says so. */
function BenefitNumber({ field, value, onChange }: BenefitNumberProps) {
  const { benefit: said, locale } = useWords();
  const [text, setText] = useState(() => writeNumber(value, locale));
  const { unit, source, initial } = benefitFields[field];
  const { min, max } = benefitBounds(field);
  const write = (number: number) => writeNumber(number, locale);
  const isFine = (number: number | null) => number !== null && isWithin(field, number);
  const isInvalid = !isFine(readNumber(text, locale));
  return (
    <TextField
      className="number-field"
      inputMode="decimal"
      autoComplete="off"
      label={`${said.fields[field]} (${said.units[unit]})`}
      description={
        value === initial
          ? said.sources[source]
          : said.own(write(initial), said.sourceNames[source])
      }
      value={text}
      isInvalid={isInvalid}
      errorMessage={said.wrong(write(min), write(max), write(value))}
      onChange={(typed) => {
        setText(typed);
        const number = readNumber(typed, locale);
        if (number !== null && isFine(number)) onChange(number);
      }}
      onBlur={() => {
        if (!isInvalid) setText(write(value));
      }}
    />
  );
}
