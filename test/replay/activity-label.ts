import { addDays, dayHoursOf, dayOfInstant } from '../../gateway/domain/rhythm/day-hours.ts';

/** What somebody wrote down that they did, and when. */
export interface ActivityLabel {
  from: number;
  to: number;
  activity: string;
}

export interface LabelledDay {
  day: string;
  wentToBedAt: number | null;
  roseAt: number | null;
  nightsUp: number;
  awayMinutes: number;
  toiletVisits: number;
}

/** Lines of start, end and activity; a heading and lines that end before they begin are passed over. */
export function readLabels(text: string, timeZone: string): ActivityLabel[] {
  const instant = (local: string) =>
    Temporal.PlainDateTime.from(local.replace(' ', 'T')).toZonedDateTime(timeZone)
      .epochMilliseconds;
  return text.split('\n').flatMap((line) => {
    const found = /^(\d{4}-\S+ \S+)\s+(\d{4}-\S+ \S+)\s+(\S+)/.exec(line);
    const [, start, end, activity] = found ?? [];
    if (start === undefined || end === undefined || activity === undefined) return [];
    const label = { from: instant(start), to: instant(end), activity };
    return label.to > label.from ? [label] : [];
  });
}

/** The days on which a labelled night ended, with what was labelled then. */
export function labelledDays(labels: readonly ActivityLabel[], timeZone: string): LabelledDay[] {
  const days = [...new Set(labels.map(({ to }) => dayOfInstant(to, timeZone)))].sort();
  return days.map((day) => {
    const { from, to } = dayHoursOf(day, timeZone);
    const before = dayHoursOf(addDays(day, -1), timeZone).nights[1].widest.from;
    const sleeps = labels.filter(
      (label) =>
        label.activity === 'Sleeping' && label.from >= before && label.to > from && label.to <= to,
    );
    const minutesOf = (activity: string) =>
      labels
        .filter((label) => label.activity === activity)
        .reduce(
          (sum, label) => sum + Math.max(0, Math.min(label.to, to) - Math.max(label.from, from)),
          0,
        ) / 60_000;
    return {
      day,
      wentToBedAt: sleeps[0]?.from ?? null,
      roseAt: sleeps.at(-1)?.to ?? null,
      nightsUp: Math.max(0, sleeps.length - 1),
      awayMinutes: Math.round(minutesOf('Leaving')),
      toiletVisits: labels.filter(
        (label) => label.activity === 'Toileting' && label.from >= from && label.from < to,
      ).length,
    };
  });
}
