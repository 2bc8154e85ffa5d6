import { Console } from 'node:console';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { createLogHistory } from '../../gateway/cli/log-history.ts';
import { readMapping } from '../../gateway/cli/read-mapping.ts';
import type { Consent } from '../../gateway/domain/consent.ts';
import type { HomeHistory } from '../../gateway/domain/history.ts';
import type { LogEntry } from '../../gateway/domain/ledger.ts';
import { dayOfInstant, daysBetween } from '../../gateway/domain/rhythm/day-hours.ts';
import { homeDayOf } from '../../gateway/domain/rhythm/home-day.ts';
import type { PausedHome } from '../../gateway/domain/rhythm/rhythm-source.ts';
import type { KeptDay } from '../../gateway/domain/series/home-days.ts';
import { readLog } from '../../simulators/replay/read-log.ts';
import { type LabelledDay, labelledDays, readLabels } from './activity-label.ts';

/** Works out the days of a recorded log, and says how far they are from what whoever lived there wrote down. */
const { values } = parseArgs({
  options: {
    log: { type: 'string' },
    format: { type: 'string', default: 'uci' },
    mapping: { type: 'string' },
    /** Lines of start, end and activity: Sleeping, Toileting, Leaving. */
    labels: { type: 'string' },
    /** Leaves out the devices that are placed in bed, to see what is estimated without them. */
    'without-bed': { type: 'boolean', default: false },
  },
});
if (values.log === undefined || values.mapping === undefined) {
  throw new Error('Give --log FILE and --mapping FILE, and --format casas if it is not uci.');
}

const mapping = await readMapping(values.mapping);
const format = values.format === 'casas' ? 'casas' : 'uci';
const { events } = readLog(await readFile(values.log, 'utf8'), format, mapping);
const first = events[0];
const last = events.at(-1);
if (first === undefined || last === undefined) throw new Error('The log holds no event.');
const { timeZone } = mapping;
const history = createLogHistory(mapping, events);
const span = { from: first.at, to: last.at + 1 };
const scope = {
  userId: 'check',
  municipalityId: 'log',
  role: 'coordinator',
  units: 'all',
} as const;
const [known] = await history.homes(scope, null);
if (known === undefined) throw new Error('The log has no home.');
const home = followed(known, values['without-bed']);
const entries: LogEntry[] = [];
for await (const page of history.events(known, span)) entries.push(...page);
const labels =
  values.labels === undefined ? [] : readLabels(await readFile(values.labels, 'utf8'), timeZone);
const now = last.at + 86_400_000;
const days = daysBetween(dayOfInstant(first.at, timeZone), dayOfInstant(last.at, timeZone)).map(
  (day) => homeDayOf({ home, entries, day, now }),
);
const told = new Map(labelledDays(labels, timeZone).map((day) => [day.day, day]));

const rows = days.map((day) => rowOf(day, told.get(day.day) ?? null));
new Console(process.stdout).table(rows);
const off = (pairs: readonly (readonly [number | null, number | null])[]) => {
  const minutes = pairs
    .flatMap(([ours, theirs]) =>
      ours === null || theirs === null ? [] : [Math.abs(ours - theirs) / 60_000],
    )
    .sort((a, b) => a - b);
  const middle = minutes[Math.floor(minutes.length / 2)] ?? NaN;
  return `${minutes.length} of ${pairs.length} days, middle ${middle.toFixed(1)} min, most ${(minutes.at(-1) ?? NaN).toFixed(1)} min`;
};
const both = days.map((day) => [day, told.get(day.day)] as const);
process.stdout.write(
  [
    `rose: ${off(both.map(([ours, theirs]) => [ours.roseAt, theirs?.roseAt ?? null]))}`,
    `to bed: ${off(both.map(([ours, theirs]) => [ours.wentToBedAt, theirs?.wentToBedAt ?? null]))}`,
    `away, minutes: ${off(
      both.map(([ours, theirs]) => [
        ours.awayMinutes === null ? null : ours.awayMinutes * 60_000,
        theirs === undefined ? null : theirs.awayMinutes * 60_000,
      ]),
    )}`,
    '',
  ].join('\n'),
);

function followed(log: HomeHistory, isWithoutBed: boolean): PausedHome {
  const [consent] = log.consents;
  const statistics: Consent[] =
    consent === undefined ? [] : [{ ...consent, purpose: 'statistics', from: 0 }];
  const placed = log.placed.filter(({ placement }) => !isWithoutBed || placement !== 'bed');
  return { ...log, placed, consents: [...log.consents, ...statistics], pauses: [] };
}

function rowOf(day: KeptDay, label: LabelledDay | null) {
  return {
    day: day.day,
    'to bed': clock(day.wentToBedAt),
    label: clock(label?.wentToBedAt ?? null),
    rose: clock(day.roseAt),
    'label ': clock(label?.roseAt ?? null),
    up: day.nightsUp,
    'up, label': label?.nightsUp ?? null,
    away: day.awayMinutes,
    'away, label': label?.awayMinutes ?? null,
    rest: day.restMinutes,
    rooms: day.rooms,
    bathroom:
      day.bathroom === null
        ? null
        : `${day.bathroom.visits} × ${day.bathroom.minutes} min, ${day.bathroom.longestMinutes}`,
    'toilet, label': label?.toiletVisits ?? null,
    activity: day.activity,
  };
}

function clock(at: number | null): string {
  if (at === null) return '–';
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  return zoned.toPlainTime().toString({ smallestUnit: 'minute' });
}
