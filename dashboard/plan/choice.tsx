import { ListBoxItem } from '@midas-ds/components/list-box';
import { Select } from '@midas-ds/components/select';

import { useWords } from '../text/language-context.tsx';
import type { Named } from './names.ts';

interface OneOfProps {
  label: string;
  options: readonly Named[];
  value: string | null;
  onChange: (id: string) => void;
  isInvalid?: boolean;
  errorMessage?: string;
  description?: string;
}

/** One of many by its name; one that nobody knows any more is kept among them. */
export function OneOf({ options, value, onChange, ...rest }: OneOfProps) {
  const words = useWords();
  const known = value === null || value === '' || options.some(({ id }) => id === value);
  const all = known ? options : [...options, { id: value, name: value }];
  return (
    <Select
      {...rest}
      placeholder={words.plan.choose}
      value={value === '' ? null : value}
      onChange={(id) => {
        if (id !== null) onChange(String(id));
      }}
    >
      {all.map(({ id, name }) => (
        <ListBoxItem key={id} id={id}>
          {name}
        </ListBoxItem>
      ))}
    </Select>
  );
}

interface SomeOfProps extends Omit<OneOfProps, 'value' | 'onChange'> {
  value: readonly string[];
  onChange: (ids: string[]) => void;
}

/** Several of many. */
export function SomeOf({ options, value, onChange, ...rest }: SomeOfProps) {
  const words = useWords();
  const known = new Set(options.map(({ id }) => id));
  const strangers = value.filter((id) => !known.has(id)).map((id) => ({ id, name: id }));
  return (
    <Select
      {...rest}
      selectionMode="multiple"
      showTags={value.length > 1}
      placeholder={words.plan.choose}
      value={[...value]}
      onChange={(chosen) => onChange(chosen.map(String))}
    >
      {[...options, ...strangers].map(({ id, name }) => (
        <ListBoxItem key={id} id={id}>
          {name}
        </ListBoxItem>
      ))}
    </Select>
  );
}
