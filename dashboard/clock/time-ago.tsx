import { useState } from 'react';

import { useMe } from '../session/session-context.tsx';
import { useNow } from '../stream/live-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { exactTime } from './exact.ts';
import { spanOf } from './span.ts';

/** An instant told as its age; exact when hovered over. */
export function TimeAgo({ at, timeZone }: { at: number; timeZone?: string }) {
  const words = useWords();
  const now = useNow();
  const me = useMe();
  const exact = exactTime(at, words.locale, timeZone ?? me.municipality.timeZone);
  return (
    <time dateTime={new Date(at).toISOString()} title={exact}>
      {ageWords(words, at, now)}
    </time>
  );
}

/** The same where there is room to press it, for those who cannot hover. */
export function PressableTimeAgo({ at }: { at: number }) {
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
        {isExact ? exact : ageWords(words, at, now)}
      </time>
    </button>
  );
}

function ageWords(words: ReturnType<typeof useWords>, at: number, now: number): string {
  return now - at < 1_000 ? words.justNow : words.ago(spanOf(now - at));
}
