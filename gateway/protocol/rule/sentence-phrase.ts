import type { Severity } from '../alert.ts';
import type { Language } from '../text.ts';
import { type Hours, type Weekday, weekdays } from './during.ts';

/** What a rule's sentence is put together from, in one language. */
export interface Phrases {
  /** The window, at the head of the sentence. */
  window: (hours: string, days: string | null, isNight: boolean) => string;
  hours: (during: Hours) => string;
  days: (days: readonly Weekday[]) => string;
  condition: (what: string) => string;
  raise: Record<Severity, string>;
  raiseAfter: (raise: string, wait: string) => string;
  andNot: (what: string, wait: string) => string;
  times: (times: number, within: string) => string;
  and: string;
  holds: (cel: string) => string;
  exceptAt: (places: string) => string;
  silence: (what: string, length: string) => string;
  /** The same of many things, which are told as if they happened. */
  noneOf: (place: string, length: string, what: string) => string;
  silentDevice: string;
  silentHome: string;
  silentResident: string;
  longerThanAllowed: string;
  pausedWhenEmpty: string;
  soFar: string;
  notSoFar: string;
  worsen: (what: string, wait: string, severity: Severity) => string;
  cleared: (what: string) => string;
  heardAgain: string;
  leaves: string;
  stays: string;
  latched: string;
  per: Record<'device' | 'home' | 'resident', string>;
  cooldown: (length: string) => string;
  inhibits: (rules: string) => string;
  appliesTo: (parts: string) => string;
  flags: (flags: string) => string;
  placements: (placements: string) => string;
  profiles: (profiles: string) => string;
  ownValues: (parts: string) => string;
  range: (name: string, min: string, max: string) => string;
  action: (text: string) => string;
  quote: (text: string) => string;
}

const dayNames: Record<Language, Record<Weekday, string>> = {
  sv: {
    mon: 'måndag',
    tue: 'tisdag',
    wed: 'onsdag',
    thu: 'torsdag',
    fri: 'fredag',
    sat: 'lördag',
    sun: 'söndag',
  },
  en: {
    mon: 'Monday',
    tue: 'Tuesday',
    wed: 'Wednesday',
    thu: 'Thursday',
    fri: 'Friday',
    sat: 'Saturday',
    sun: 'Sunday',
  },
};

export function dayName(day: Weekday, language: Language): string {
  return dayNames[language][day];
}

/** Days as a list, three and more in a row as "Monday–Friday". */
export function dayList(days: readonly Weekday[], language: Language): string[] {
  const runs: Weekday[][] = [];
  for (const day of weekdays) {
    if (!days.includes(day)) continue;
    const last = runs.at(-1);
    const before = weekdays[weekdays.indexOf(day) - 1];
    if (last !== undefined && last.at(-1) === before) last.push(day);
    else runs.push([day]);
  }
  return runs.flatMap((run) => {
    const names = run.map((day) => dayNames[language][day]);
    return names.length < 3 ? names : [`${names[0]}–${names.at(-1)}`];
  });
}
