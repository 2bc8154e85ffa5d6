import { useState } from 'react';

import { useMe } from '../session/session-context.tsx';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { exactTime } from './exact.ts';
import { spanOf } from './span.ts';

interface TimeAgoProps {
  at: number;
  /** What began then still goes on. */
  isGoing?: boolean;
  timeZone?: string;
}

/** An instant told as its age; exact when hovered over. */
export function TimeAgo({ at, isGoing = false, timeZone }: TimeAgoProps) {
  const words = useWords();
  const now = useNow();
  const me = useMe();
  const exact = exactTime(at, words.locale, timeZone ?? me.municipality.timeZone);
  return (
    <time dateTime={new Date(at).toISOString()} title={exact}>
      {ageWords(words, now - at, isGoing)}
    </time>
  );
}

/** The same where there is room to press it, for those who cannot hover. */
export function PressableTimeAgo({ at, isGoing = false }: Omit<TimeAgoProps, 'timeZone'>) {
  const words = useWords();
  const now = useNow();
  const me = useMe();
  const [isExact, setExact] = useState(false);
  const exact = exactTime(at, words.locale, me.municipality.timeZone);
  return (
    <button
      type="button"
      className="time-button"
      title={exact}
      aria-expanded={isExact}
      onClick={() => setExact(!isExact)}
    >
      <time dateTime={new Date(at).toISOString()}>
        {isExact ? exact : ageWords(words, now - at, isGoing)}
      </time>
    </button>
  );
}

function ageWords(words: ReturnType<typeof useWords>, ageMs: number, isGoing: boolean): string {
  if (ageMs < 1_000) return words.justNow;
  return isGoing ? words.since(spanOf(ageMs)) : words.ago(spanOf(ageMs));
}
