import { useMemo } from 'react';

import { wallOf } from '../clock/zoned.ts';
import { clockWords, dateWords, periodWords } from '../plan/when.ts';
import { useSpeech } from '../text/language-context.tsx';
import type { reportSv } from '../text/report-sv.ts';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time in its two largest units: `1 min 20 s`, `2 h 5 min`; nought is `0 s`. */
export function lengthWords(seconds: number, words: typeof reportSv.lengths): string {
  const whole = Math.round(seconds);
  const [large, small] =
    whole < hour
      ? [{ of: minute, say: words.min } as const, { of: 1, say: words.s } as const]
      : whole < 2 * day
        ? [{ of: hour, say: words.h } as const, { of: minute, say: words.min } as const]
        : [{ of: day, say: words.d } as const, { of: hour, say: words.h } as const];
  const many = Math.floor(whole / large.of);
  const rest = Math.floor((whole % large.of) / small.of);
  if (many === 0) return small.say(rest);
  return rest === 0 ? large.say(many) : `${large.say(many)} ${small.say(rest)}`;
}

/** A share in per cent with one decimal: less than all is never written as all, nor more than none as none. */
export function shareWords(share: number, locale: string): string {
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  if (share > 0 && share < 0.001) return `< ${percent.format(0.001)}`;
  return percent.format(share < 1 ? Math.min(share, 0.999) : share);
}

export type Figures = ReturnType<typeof figuresOf>;

const nothing = '–';

function figuresOf({ words, language }: ReturnType<typeof useSpeech>, timeZone: string) {
  const { locale, report } = words;
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const written = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const told = { timeZone, locale, language, words: words.plan.hours };
  const date = (isoDay: string) => written.format(Date.parse(`${isoDay}T00:00:00Z`));
  const length = (seconds: number) => lengthWords(seconds, report.lengths);
  return {
    number: (value: number | null) => (value === null ? nothing : number.format(value)),
    length: (seconds: number | null) => (seconds === null ? nothing : length(seconds)),
    minutes: (minutes: number | null) => (minutes === null ? nothing : length(minutes * minute)),
    share: (share: number | null) => (share === null ? nothing : shareWords(share, locale)),
    /** The wall clock's day, written out. */
    date,
    shortDate: (isoDay: string) => dateWords(isoDay, locale),
    dayOf: (at: number) => wallOf(at, timeZone).date,
    clock: (at: number) => clockWords(at, told),
    span: (span: { from: number; to: number }) => periodWords(span, told),
    /** The days of a report, whose end is the midnight after the last. */
    period: ({ from, to }: { from: number; to: number }) =>
      report.days(date(wallOf(from, timeZone).date), date(wallOf(to - 1, timeZone).date)),
  };
}

/** How the figures of a report are written in the reader's language, by the clock of the municipality. */
export function useFigures(timeZone: string): Figures {
  const speech = useSpeech();
  return useMemo(() => figuresOf(speech, timeZone), [speech, timeZone]);
}
