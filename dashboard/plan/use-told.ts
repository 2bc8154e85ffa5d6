import { useMemo } from 'react';

import { useMe } from '../session/session-context.tsx';
import { useSpeech } from '../text/language-context.tsx';
import type { Told } from './when.ts';

/** Times are told by the clock of the municipality, wherever the reader is. */
export function useTold(): Told {
  const { words, language } = useSpeech();
  const { timeZone } = useMe().municipality;
  return useMemo(
    () => ({ timeZone, locale: words.locale, language, words: words.plan.hours }),
    [timeZone, words, language],
  );
}
