import { useCallback, useMemo } from 'react';

import { useMe } from '../session/session-context.tsx';
import { useWords } from '../text/language-context.tsx';

/** Tells which day an instant falls on in the municipality, as people write it. */
export function useDay(): (at: number) => string {
  const { locale } = useWords();
  const { timeZone } = useMe().municipality;
  const format = useMemo(
    () => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone }),
    [locale, timeZone],
  );
  return useCallback((at) => format.format(at), [format]);
}
