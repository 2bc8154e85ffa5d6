import type { Band, HomeDay, HomeDayDetail, HomeWeeks } from '../protocol/history/home-day.ts';
import { isKnown, shownBands } from '../protocol/history/known-day.ts';
import { isPlacement, placements } from '../protocol/placement.ts';
import type { Trend, TrendList } from '../protocol/series/series.ts';
import type { Language, Text } from '../protocol/text.ts';
import { type Column, csvOf, wallTime } from './csv.ts';

const measured: Readonly<Record<string, Text>> = {
  battery: { sv: 'Batteri', en: 'Battery' },
  link: { sv: 'Signal', en: 'Signal' },
  temperature: { sv: 'Temperatur', en: 'Temperature' },
  humidity: { sv: 'Luftfuktighet', en: 'Humidity' },
  illuminance: { sv: 'Ljusnivå', en: 'Illuminance' },
  power: { sv: 'Effekt', en: 'Power draw' },
};
const lanes: Readonly<Record<string, Text>> = {
  motion: { sv: 'rörelse', en: 'motion' },
  door: { sv: 'dörr', en: 'door' },
  bed: { sv: 'säng', en: 'bed' },
  presence: { sv: 'närvaro', en: 'presence' },
};
const yes: Text = { sv: 'ja', en: 'yes' };
const no: Text = { sv: 'nej', en: 'no' };

/** A row for each day, with the clock of the home. What is not known, or not told, is an empty cell and never a 0. */
export function csvOfWeeks(
  { home: { timeZone }, consentedSince, week, compared }: HomeWeeks,
  { language, now }: { language: Language; now: number },
): string {
  const days = [...(compared?.days ?? []), ...week.days];
  const asked = { timeZone, language, now, since: consentedSince ?? Infinity };
  return csvOf(dayColumns(asked), days, language);
}

interface Asked {
  timeZone: string;
  language: Language;
  now: number;
  /** Alerts of days before are not told. */
  since: number;
}

function dayColumns({ timeZone, language, now, since }: Asked): Column<HomeDay>[] {
  const yesOrNo = (is: boolean) => (is ? yes : no)[language];
  return [
    { head: { sv: 'Dag', en: 'Day' }, cell: ({ day }) => day },
    {
      head: { sv: 'Gick till sängs', en: 'Went to bed' },
      cell: ({ wentToBedAt }) => localTime(wentToBedAt, timeZone),
    },
    {
      head: { sv: 'Steg upp', en: 'Rose' },
      cell: ({ roseAt }) => localTime(roseAt, timeZone),
    },
    {
      head: { sv: 'Uppe på natten, gånger', en: 'Up at night, times' },
      cell: (one) => one.nightsUp,
    },
    {
      head: { sv: 'Uppe på natten, min', en: 'Up at night, min' },
      cell: (one) => one.upMinutes,
    },
    { head: { sv: 'I säng, min', en: 'In bed, min' }, cell: (one) => one.restMinutes },
    { head: { sv: 'Hemifrån, min', en: 'Away, min' }, cell: (one) => one.awayMinutes },
    { head: { sv: 'Rum', en: 'Rooms' }, cell: ({ rooms }) => rooms },
    {
      head: { sv: 'Badrumsbesök', en: 'Bathroom visits' },
      cell: ({ bathroom }) => bathroom?.visits ?? null,
    },
    {
      head: { sv: 'I badrummet, min', en: 'In the bathroom, min' },
      cell: ({ bathroom }) => bathroom?.minutes ?? null,
    },
    {
      head: { sv: 'Längsta badrumsbesöket, min', en: 'Longest bathroom visit, min' },
      cell: ({ bathroom }) => bathroom?.longestMinutes ?? null,
    },
    {
      head: { sv: 'Livstecken', en: 'Signs of life' },
      cell: (one) => (isKnown(one) ? one.activity : null),
    },
    {
      head: { sv: 'Inget känt, min', en: 'Nothing known, min' },
      cell: (one) => minutesOf(shownBands(one, now), 'unheard'),
    },
    {
      head: { sv: 'Pausat, min', en: 'Paused, min' },
      cell: (one) => (isKnown(one) ? minutesOf(one.bands, 'paused') : null),
    },
    {
      head: { sv: 'Delvis uppskattat', en: 'Partly estimated' },
      cell: (one) => (isKnown(one) ? yesOrNo(one.bands.some((band) => band.isEstimated)) : null),
    },
    {
      head: { sv: 'Larm', en: 'Alerts' },
      cell: ({ to, alerts }) => (to <= since ? null : alerts.length),
    },
    {
      head: { sv: 'Dygnet är slut', en: 'The day is over' },
      cell: (one) => (isKnown(one) ? yesOrNo(one.isComplete) : null),
    },
  ];
}

function minutesOf(bands: readonly Band[], kind: Band['kind']): number {
  const some = bands.filter((band) => band.kind === kind);
  return Math.round(some.reduce((sum, { from, to }) => sum + to - from, 0) / 60_000);
}

/** A row for each quarter of an hour in which something happened in a room. */
export function csvOfDay(
  { from, bucketMs, rows, home: { timeZone } }: HomeDayDetail,
  language: Language,
): string {
  const filled = rows.flatMap(({ room, lane, counts }) =>
    counts.flatMap((count, index) =>
      count === 0 ? [] : [{ at: from + index * bucketMs, room, lane, count }],
    ),
  );
  const columns: Column<(typeof filled)[number]>[] = [
    { head: { sv: 'Från', en: 'From' }, cell: ({ at }) => localTime(at, timeZone) },
    {
      head: { sv: 'Rum', en: 'Room' },
      cell: ({ room }) => placementOf(room, language),
    },
    { head: { sv: 'Slag', en: 'Kind' }, cell: ({ lane }) => lanes[lane]?.[language] ?? lane },
    { head: { sv: 'Antal', en: 'Count' }, cell: ({ count }) => count },
  ];
  return csvOf(
    columns,
    filled.sort((a, b) => a.at - b.at),
    language,
  );
}

/** A row for each step of each series. */
export function csvOfTrends({ trends, timeZone }: TrendList, language: Language): string {
  const rows = trends.flatMap((trend) => trend.points.map((point) => ({ trend, point })));
  const columns: Column<(typeof rows)[number]>[] = [
    { head: { sv: 'Tid', en: 'Time' }, cell: ({ point }) => localTime(point.at, timeZone) },
    { head: { sv: 'Utrustning', en: 'Device' }, cell: ({ trend }) => trend.device?.name ?? null },
    {
      head: { sv: 'Placering', en: 'Placement' },
      cell: ({ trend }) => placementOf(trend.device?.placement ?? null, language),
    },
    { head: { sv: 'Mått', en: 'Measure' }, cell: ({ trend }) => nameOf(trend, language) },
    { head: { sv: 'Enhet', en: 'Unit' }, cell: ({ trend }) => trend.unit },
    { head: { sv: 'Medel', en: 'Mean' }, cell: ({ point }) => rounded(point.mean) },
    { head: { sv: 'Lägst', en: 'Lowest' }, cell: ({ point }) => rounded(point.min) },
    { head: { sv: 'Högst', en: 'Highest' }, cell: ({ point }) => rounded(point.max) },
    { head: { sv: 'Mätvärden', en: 'Readings' }, cell: ({ point }) => point.count },
  ];
  return csvOf(columns, rows, language);
}

function nameOf({ measurement, field }: Trend, language: Language): string {
  const name = measured[measurement]?.[language] ?? measurement;
  return field === 'lqi' ? `${name}, LQI` : name;
}

function placementOf(placement: string | null, language: Language): string | null {
  return placement !== null && isPlacement(placement) ? placements[placement][language] : placement;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

function localTime(at: number | null, timeZone: string): string | null {
  return at === null ? null : wallTime(at, timeZone);
}
