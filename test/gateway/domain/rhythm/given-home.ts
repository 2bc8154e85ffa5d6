import type { LogEntry } from '../../../../gateway/domain/ledger.ts';
import { homeDayOf } from '../../../../gateway/domain/rhythm/home-day.ts';
import type { PausedHome } from '../../../../gateway/domain/rhythm/rhythm-source.ts';
import type { KeptDay } from '../../../../gateway/domain/series/home-days.ts';

export const timeZone = 'Europe/Stockholm';
/** A Wednesday without a change of clocks. */
export const day = '2026-11-18';

/** An instant of the day's wall clock; `-1` the day before. */
export function clock(time: string, days = 0, of = day): number {
  return Temporal.PlainDate.from(of)
    .add({ days })
    .toPlainDateTime(Temporal.PlainTime.from(time))
    .toZonedDateTime(timeZone).epochMilliseconds;
}

/** The time of the wall clock, for what a test expects. */
export function shown(at: number | null): string | null {
  if (at === null) return null;
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  return zoned.toPlainTime().toString({ smallestUnit: 'minute' });
}

const sensors = {
  bed: ['bed-sensor', 'bed'],
  hall: ['motion-sensor', 'hall'],
  kitchen: ['motion-sensor', 'kitchen'],
  bathroom: ['motion-sensor', 'bathroom'],
  living: ['presence-sensor', 'living-room'],
  bedroom: ['motion-sensor', 'bedroom'],
  door: ['door-contact', 'entrance'],
  'back-door': ['door-contact', 'entrance'],
  alarm: ['location-alarm', 'worn'],
} as const;
export type Sensor = keyof typeof sensors;

const always = { from: 0, until: null };
const purposes = ['help', 'activity', 'camera', 'statistics'] as const;

/** Somebody who lives alone, with these sensors, and has agreed to everything from the beginning. */
export function home(names: readonly Sensor[], more: Partial<PausedHome> = {}): PausedHome {
  const residents = more.residents ?? [{ id: 'elsa', isCohabitant: false }];
  return {
    id: 'home',
    municipalityId: 'norr',
    unitId: 'norr-1',
    label: 'Storgatan 1',
    timeZone,
    flags: [],
    residents,
    consents: residents.flatMap(({ id }) =>
      purposes.map((purpose) => ({ purpose, residentId: id, ...always })),
    ),
    placed: names.map((id) => {
      const [profile, placement] = sensors[id];
      return { id, name: id, profile, placement, ...always };
    }),
    pauses: [],
    ...more,
  };
}

/** `22:30 bed bed.entered` of the day, or of the day before with `-` in front, the day after with `+`. */
export function told(...lines: readonly string[]): LogEntry[] {
  return lines.map((line) => {
    const [time = '', deviceId = '', type = ''] = line.split(' ');
    const days = time.startsWith('-') ? -1 : time.startsWith('+') ? 1 : 0;
    const at = clock(time.replace(/^[-+]/, ''), days);
    return entry(at, deviceId, type as LogEntry['type'], line);
  });
}

export function entry(
  at: number,
  deviceId: string,
  type: LogEntry['type'],
  id = `${at} ${deviceId} ${type}`,
): LogEntry {
  const own = { municipalityId: 'norr', homeId: 'home' };
  return { ...own, deviceId, id, type, at, receivedAt: at, data: {} };
}

/** That the home could not be heard. */
export function outage(from: number, to: number | null, notedAt: number): LogEntry {
  const own = { municipalityId: 'norr', homeId: 'home', deviceId: null };
  const data = { from, to, wasDown: false };
  return {
    ...own,
    id: `${from} ${to}`,
    type: 'gateway.away',
    at: notedAt,
    receivedAt: notedAt,
    data,
  };
}

/** The day once it is over, unless `now` is given. */
export function dayOf(
  where: PausedHome,
  entries: readonly LogEntry[],
  { now = clock('13:00', 1), of = day }: { now?: number; of?: string } = {},
): KeptDay {
  return homeDayOf({ home: where, entries, day: of, now });
}

/** `rest 00:00-06:30`, with `?` in front of what is estimated. */
export function bandsOf({ bands, to }: KeptDay): string[] {
  return bands.map((band) => {
    const end = band.to === to ? '24:00' : shown(band.to);
    return `${band.isEstimated ? '?' : ''}${band.kind} ${shown(band.from)}-${end}`;
  });
}
