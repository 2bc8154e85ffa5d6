import type { DeviceEvent } from '../device.ts';
import { parseCasas } from './casas.ts';
import { isNumberType, numberFields, type Mapping } from './mapping.ts';
import type { ParsedLog, Reading, Skipped } from './reading.ts';
import { parseUci } from './uci.ts';

/** An event out of a recorded log, and the line it comes from. */
export interface ReplayEvent extends DeviceEvent {
  deviceId: string;
  line: number;
}

export type LogFormat = 'casas' | 'uci';

/** Turns a recorded log into events in order of time; the same text and mapping always give the same events and ids. */
export function readLog(
  text: string,
  format: LogFormat,
  mapping: Mapping,
): { events: ReplayEvent[]; skipped: Skipped[] } {
  const { readings, skipped } = parse(text, format);
  const events: ReplayEvent[] = [];
  let before = -Infinity;
  for (const reading of readings) {
    const at = toInstant(reading, mapping.timeZone, before);
    if (!reading.isEnd) before = at;
    const event = toEvent(reading, at, mapping);
    if (typeof event === 'string') skipped.push({ line: reading.line, reason: event });
    else events.push(event);
  }
  events.sort((one, other) => one.at - other.at);
  skipped.sort((one, other) => one.line - other.line);
  return { events, skipped };
}

function parse(text: string, format: LogFormat): ParsedLog {
  switch (format) {
    case 'casas':
      return parseCasas(text);
    case 'uci':
      return parseUci(text);
  }
}

/**
 * The instant of a local time. In the hour that comes twice when summer time ends, a log that would otherwise go
 * backwards is in the second one; in the hour that is skipped, the clock was not yet set.
 */
function toInstant({ local }: Reading, timeZone: string, before: number): number {
  const first = local.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds;
  if (first >= before) return first;
  return local.toZonedDateTime(timeZone, { disambiguation: 'later' }).epochMilliseconds;
}

function toEvent(reading: Reading, at: number, mapping: Mapping): ReplayEvent | string {
  const name = reading.names.find((each) => Object.hasOwn(mapping.sensors, each));
  const sensor = name === undefined ? undefined : mapping.sensors[name];
  if (sensor === undefined) return `The mapping has no sensor ${reading.names.at(-1) ?? ''}.`;

  const isNumber = /^[+-]?\d+(\.\d+)?$/.test(reading.value);
  const word = Object.hasOwn(sensor.events, reading.value) || !isNumber ? reading.value : 'number';
  const type = Object.hasOwn(sensor.events, word) ? sensor.events[word] : undefined;
  if (type === undefined) return `The mapping has no event for ${reading.value.slice(0, 40)}.`;

  const id = `${sensor.device}-${reading.line}-${word}-${at.toString(36)}`;
  const event = { deviceId: sensor.device, line: reading.line, id, type, at };
  if (word !== 'number' || !isNumberType(type)) return event;
  return { ...event, data: { [numberFields[type]]: Number(reading.value) } };
}

/** Moves all times so that the last event is at `at`; moved events are other events and have other ids. */
export function endAt(events: readonly ReplayEvent[], at: number): ReplayEvent[] {
  const last = events.reduce((latest, event) => Math.max(latest, event.at), -Infinity);
  const shiftMs = at - last;
  return events.map((event) => ({
    ...event,
    id: `${event.id}+${shiftMs.toString(36)}`,
    at: event.at + shiftMs,
  }));
}
