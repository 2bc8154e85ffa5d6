import { useCallback } from 'react';

import { useMe } from '../session/session-context.tsx';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { clockTime } from './exact.ts';
import { wallOf } from './zoned.ts';

/** A time of day as the municipality's clock shows it, with the day when it is not today. */
export function clockWords(
  at: number,
  { now, locale, timeZone }: { now: number; locale: string; timeZone: string },
): string {
  const clock = clockTime(at, locale, timeZone);
  if (wallOf(at, timeZone).date === wallOf(now, timeZone).date) return clock;
  const day = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone,
  });
  // Within half a day the night needs no name: "until 07:15" is this one.
  return at > now && at - now < 12 * 3_600_000 ? clock : `${day.format(at)} ${clock}`;
}

export function useClockWords(): (at: number) => string {
  const { locale } = useWords();
  const { timeZone } = useMe().municipality;
  const now = useNow();
  return useCallback((at) => clockWords(at, { now, locale, timeZone }), [now, locale, timeZone]);
}
