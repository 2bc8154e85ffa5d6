import { type Matchers, SilenceInput } from '../../gateway/protocol/duty/hold.ts';
import { addDays, instantOf, isTime, wallOf } from '../clock/zoned.ts';

/** What is to be silenced, as it is chosen; nothing chosen means any. */
export interface SilenceDraft {
  severities: NonNullable<Matchers['severities']>;
  ruleIds: string[];
  homeIds: string[];
  unitIds: string[];
  /** Hours from now, or a time of day. */
  length: { hours: number } | { clock: string };
}

export const emptySilence: SilenceDraft = {
  severities: [],
  ruleIds: [],
  homeIds: [],
  unitIds: [],
  length: { hours: 1 },
};

/** The longest there is, in hours. */
export const longestHours = 24;
const hourMs = 3_600_000;

/** When it would end: a time of day is the next one that comes, and within a day. Null for what is no time. */
export function endOf(
  length: SilenceDraft['length'],
  now: number,
  timeZone: string,
): number | null {
  if ('hours' in length) return now + length.hours * hourMs;
  if (!isTime(length.clock)) return null;
  const { date } = wallOf(now, timeZone);
  const ends = [date, addDays(date, 1)].map((day) => instantOf(day, length.clock, timeZone, 'to'));
  const end = ends.find((at) => at > now);
  return end === undefined ? null : Math.min(end, now + longestHours * hourMs);
}

/** Those that say something; null when none does. */
export function matchersOf(draft: SilenceDraft): Matchers | null {
  const { severities, ruleIds, homeIds, unitIds } = draft;
  const given = Object.entries({ severities, ruleIds, homeIds, unitIds }).filter(
    ([, those]) => those.length > 0,
  );
  const read = SilenceInput.shape.matchers.safeParse(Object.fromEntries(given));
  return read.success ? read.data : null;
}
