import { Checkbox } from '@midas-ds/components/checkbox';
import { ListBoxItem } from '@midas-ds/components/list-box';
import { Select } from '@midas-ds/components/select';
import { TextArea, TextField } from '@midas-ds/components/textfield';
import type { ReactNode } from 'react';

import { catalogue } from '../../gateway/protocol/catalogue.ts';
import { useSpeech, useWords } from '../text/language-context.tsx';
import { useField } from './draft-context.tsx';
import { durationUnits, splitDuration } from './draft.ts';
import type { FieldPath } from './rule-yaml.ts';

interface FieldProps {
  path: FieldPath;
  label: string;
  description?: string;
}

interface TextPartProps extends FieldProps {
  isLong?: boolean;
  /** Emptied, it is taken out of the rule. */
  isOptional?: boolean;
  /** A time of day, on the clock of 24 hours whatever the browser speaks. */
  isTime?: boolean;
}

export function TextPart({ path, label, isLong, isOptional, isTime, ...rest }: TextPartProps) {
  const { text, set, isDisabled, isInvalid, errorMessage } = useField(path);
  const props = {
    ...(!isDisabled && rest),
    label,
    value: text,
    isDisabled,
    isInvalid,
    errorMessage,
    onChange: (value: string) => set(isOptional === true && value === '' ? undefined : value),
  };
  return isLong === true ? (
    <TextArea {...props} />
  ) : (
    <TextField {...(isTime === true && timeInput)} {...props} />
  );
}

/** Native fields for times follow the browser's language, which may count to twelve. */
export const timeInput = {
  inputMode: 'numeric',
  placeholder: '00:00',
  maxLength: 5,
  autoComplete: 'off',
} as const;

interface NumberPartProps extends FieldProps {
  isWhole?: boolean;
}

/** A number; while it is none, it is kept as the text that was typed, and told to be wrong. */
export function NumberPart({ path, label, isWhole, ...rest }: NumberPartProps) {
  const { text, set, isDisabled, isInvalid, errorMessage } = useField(path);
  return (
    <TextField
      {...(!isDisabled && rest)}
      className="number-field"
      inputMode={isWhole === true ? 'numeric' : 'decimal'}
      autoComplete="off"
      label={label}
      value={text}
      isDisabled={isDisabled}
      isInvalid={isInvalid}
      errorMessage={errorMessage}
      onChange={(value) => set(numberOr(value))}
    />
  );
}

function numberOr(text: string): number | string {
  const plain = text.trim().replace(',', '.');
  // "1." is on its way to 1.5, and must not lose its point.
  return /^-?\d+(\.\d*[1-9])?$/.test(plain) ? Number(plain) : text;
}

export function DurationPart({ path, label }: FieldProps) {
  const words = useWords();
  const { text, set, isDisabled, isInvalid, errorMessage } = useField(path);
  const { count, unit } = splitDuration(text);
  return (
    <div className="duration-part">
      <TextField
        className="number-field"
        inputMode="numeric"
        autoComplete="off"
        label={label}
        value={count}
        isDisabled={isDisabled}
        isInvalid={isInvalid}
        errorMessage={errorMessage}
        onChange={(value) => set(`${value.trim()}${unit}`)}
      />
      <Select
        aria-label={`${label}: ${words.rule.form.unit}`}
        value={unit}
        isDisabled={isDisabled}
        onChange={(chosen) => set(`${count}${String(chosen)}`)}
      >
        {durationUnits.map((one) => (
          <ListBoxItem key={one} id={one}>
            {words.rule.form.units[one]}
          </ListBoxItem>
        ))}
      </Select>
    </div>
  );
}

export interface Option {
  id: string;
  name: string;
}

interface ListPartProps extends FieldProps {
  options: readonly Option[];
  /** Taken out of the rule when none is chosen. */
  isOptional?: boolean;
}

/** Several of many; what the rule has and nobody knows here is kept among them. */
export function ListPart({ path, label, description, options, isOptional }: ListPartProps) {
  const words = useWords();
  const { list, set, isDisabled, isInvalid, errorMessage } = useField(path);
  const known = new Set(options.map(({ id }) => id));
  const strangers = list.filter((id) => !known.has(id)).map((id) => ({ id, name: id }));
  const described = description === undefined || isDisabled ? {} : { description };
  return (
    <Select
      {...described}
      selectionMode="multiple"
      showTags={list.length > 1}
      label={label}
      placeholder={words.rule.form.choose}
      value={list}
      isDisabled={isDisabled}
      isInvalid={isInvalid}
      errorMessage={errorMessage}
      onChange={(chosen) => {
        const ids = chosen.map(String);
        const [only, ...more] = ids;
        if (only === undefined) set(isOptional === true ? undefined : []);
        else set(more.length === 0 && isSingleAllowed(path) ? only : ids);
      }}
    >
      {[...options, ...strangers].map(({ id, name }) => (
        <ListBoxItem key={id} id={id}>
          {name}
        </ListBoxItem>
      ))}
    </Select>
  );
}

/** Types may stand alone, without a list. */
function isSingleAllowed(path: FieldPath): boolean {
  return ['on', 'unless', 'clearedBy', 'of', 'no'].includes(path.at(-1) ?? '');
}

export function CheckPart({ path, label }: FieldProps) {
  const { isOn, set, isDisabled, isInvalid, errorMessage } = useField(path);
  return (
    <Checkbox
      isSelected={isOn}
      isDisabled={isDisabled}
      isInvalid={isInvalid}
      errorMessage={errorMessage}
      onChange={(isChecked) => set(isChecked ? true : undefined)}
    >
      {label}
    </Checkbox>
  );
}

interface OptionalPartProps extends FieldProps {
  /** What it has when it is switched on. */
  initial: unknown;
  children: ReactNode;
}

/** A part that a rule may have or not. */
export function OptionalPart({ path, label, initial, children }: OptionalPartProps) {
  const { isThere, set, isDisabled } = useField(path);
  return (
    <div className="optional-part">
      <Checkbox
        isSelected={isThere}
        isDisabled={isDisabled}
        onChange={(isChecked) => set(isChecked ? initial : undefined)}
      >
        {label}
      </Checkbox>
      {isThere && <div className="optional-body">{children}</div>}
    </div>
  );
}

export function useOptions(texts: Readonly<Record<string, { sv: string; en: string }>>): Option[] {
  const { say, language } = useSpeech();
  return Object.entries(texts)
    .map(([id, text]) => ({ id, name: say(text) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, language));
}

export function useEventTypes() {
  const { say, language } = useSpeech();
  return Object.entries(catalogue)
    .map(([id, { title }]) => ({ id, name: say(title) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, language));
}
