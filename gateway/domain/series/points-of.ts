import type { EventType } from '../../protocol/catalogue.ts';
import {
  type MeasurementName,
  measurements,
  type TagName,
} from '../../protocol/series/measurement.ts';
import type { Point } from './point.ts';
import type {
  AlertMilestones,
  LogPage,
  QuarterCount,
  SourcedEvent,
  SystemSample,
} from './source.ts';

type Fields = Readonly<Record<string, number>>;

interface Measured {
  measurement: MeasurementName;
  fields: (data: SourcedEvent['data']) => Fields;
}

/** What an event measures. A number that is none is told as it is: whoever is to write it sets the point aside. */
const measured: Readonly<Partial<Record<EventType, Measured>>> = {
  'battery.measured': of('battery', { percent: 'percent' }),
  'battery.low': of('battery', { percent: 'percent' }),
  'link.measured': of('link', { rssi_dbm: 'rssiDbm', lqi: 'lqi' }),
  'temperature.measured': of('temperature', { celsius: 'celsius' }),
  'humidity.measured': of('humidity', { percent: 'percent' }),
  'illuminance.measured': of('illuminance', { lux: 'lux' }),
  'power.measured': of('power', { watts: 'watts' }),
  'bed.entered': state('bed', { occupied: 1 }),
  'bed.left': state('bed', { occupied: 0 }),
  'door.opened': state('door', { open: 1 }),
  'door.closed': state('door', { open: 0 }),
};

function of(measurement: MeasurementName, names: Readonly<Record<string, string>>): Measured {
  return {
    measurement,
    fields: (data) => {
      const told = Object.entries(names).filter(([, name]) => data[name] !== undefined);
      return Object.fromEntries(told.map(([field, name]) => [field, numberIn(data[name])]));
    },
  };
}

function numberIn(value: unknown): number {
  return typeof value === 'number' ? value : NaN;
}

function state(measurement: MeasurementName, fields: Fields): Measured {
  return { measurement, fields: () => fields };
}

/** Whether an event gives a point of its own. */
export function isMeasured(type: EventType): boolean {
  return measured[type] !== undefined;
}

/** What a page of the logs gives to be written, without a name in it and without what nobody has consented to. */
export function pointsOf(
  page: Pick<LogPage, 'events' | 'quarters' | 'alerts' | 'samples'>,
): Point[] {
  return [
    ...page.events.flatMap(pointOfEvent),
    ...page.quarters.map(pointOfQuarter),
    ...page.alerts.flatMap(pointOfAlert),
    ...page.samples.map(pointOfSample),
  ];
}

function pointOfEvent(event: SourcedEvent): Point[] {
  const what = measured[event.type];
  if (what === undefined) return [];
  const { measurement } = what;
  const { municipalityId, homeId, deviceId, profile, room, at, seq, timeZone } = event;
  const isLife = measurements[measurement].about === 'life';
  if (isLife && !event.isConsented) return [];
  const fields = what.fields(event.data);
  if (Object.keys(fields).length === 0) return [];
  const own = { municipality: municipalityId, device: deviceId, kind: profile };
  const tags = isLife ? tagsOf({ ...own, home: homeId, room }) : own;
  return [{ measurement, tags, fields, at, seq, timeZone }];
}

function pointOfQuarter({
  municipalityId,
  homeId,
  room,
  lane,
  at,
  count,
  timeZone,
}: QuarterCount): Point {
  const tags = { municipality: municipalityId, home: homeId, room, lane };
  return { measurement: 'activity', tags, fields: { count }, at, seq: 0, timeZone };
}

function pointOfAlert(alert: AlertMilestones): Point[] {
  if (alert.isTest) return [];
  const { municipalityId, unitId, rule, severity, raisedAt, seq, timeZone } = alert;
  const since = (at: number | null) => (at === null ? null : (at - raisedAt) / 1_000);
  const fields = {
    raised: 1,
    screen_seconds: since(alert.screenAt),
    acceptance_seconds: since(alert.acceptedAt),
    arrival_seconds: since(alert.arrivedAt),
    resolution_seconds: since(alert.resolvedAt),
  };
  const known = Object.entries(fields).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  );
  return [
    {
      measurement: 'alert',
      tags: tagsOf({
        municipality: municipalityId,
        unit: unitId,
        rule,
        severity,
        queue: severity === 'technical' ? 'technical' : 'care',
      }),
      fields: Object.fromEntries(known),
      at: raisedAt,
      seq,
      timeZone,
    },
  ];
}

function pointOfSample({ at, seq, values }: SystemSample): Point {
  return { measurement: 'system', tags: {}, fields: values, at, seq, timeZone: 'UTC' };
}

function tagsOf(tags: Readonly<Partial<Record<TagName, string | null>>>): Point['tags'] {
  const told = Object.entries(tags).flatMap(([name, value]) =>
    value === null || value === '' ? [] : [[name, value] as const],
  );
  return Object.fromEntries(told);
}
