import { createContext, use } from 'react';

import { type Draft, type FieldChange, fieldAt, listAt, problemAt, textAt } from './draft.ts';
import type { FieldPath } from './rule-yaml.ts';

export interface DraftForm {
  draft: Draft;
  isDisabled: boolean;
  /** All that is wrong, the gateway's own findings too, in the reader's language. */
  problems: readonly { path: string; message: string }[];
  fill: (...changes: FieldChange[]) => void;
}

export const DraftContext = createContext<DraftForm | null>(null);

export function useDraftForm(): DraftForm {
  const form = use(DraftContext);
  if (form === null) throw new Error('There is no draft above.');
  return form;
}

/** One place of the draft, to show and to set. */
export function useField(path: FieldPath) {
  const { draft, isDisabled, problems, fill } = useDraftForm();
  const problem = problemAt(problems, path);
  return {
    text: textAt(draft.fields, path),
    list: listAt(draft.fields, path),
    isOn: fieldAt(draft.fields, path) === true,
    isThere: fieldAt(draft.fields, path) !== undefined,
    set: (value: unknown) => fill([path, value]),
    isDisabled,
    isInvalid: problem !== null,
    errorMessage: problem ?? '',
  };
}
