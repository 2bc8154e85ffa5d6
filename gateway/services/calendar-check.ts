import { error } from '../domain/duty/finding.ts';
import type { Finding } from '../protocol/duty/plan.ts';
import { type Block, parameterOf, type Property } from './calendar-text.ts';

/** What shifts need; the rest of RFC 5545, 3.3.10 is left out, since it may ask for work without end. */
const parts: Readonly<Record<string, RegExp>> = {
  FREQ: /^(?:DAILY|WEEKLY|MONTHLY)$/u,
  INTERVAL: /^0*[1-9]\d{0,2}$/u,
  COUNT: /^\d{1,4}$/u,
  UNTIL: /^\d{8}(?:T\d{6}Z?)?$/u,
  BYDAY: /^(?:[+-]?\d?(?:MO|TU|WE|TH|FR|SA|SU),?){1,14}$/u,
  BYMONTHDAY: /^(?:-?\d{1,2},?){1,31}$/u,
  WKST: /^(?:MO|TU|WE|TH|FR|SA|SU)$/u,
};
const once = ['DTSTART', 'DTEND', 'DURATION', 'RRULE', 'RECURRENCE-ID'];
/** More exceptions than a shift has days. */
const timesAtMost = 1_000;
const time = /^\d{8}T\d{6}Z?$/u;
const duration = /^\+?P(?:\d{1,3}W|(?:\d{1,3}D)?(?:T(?:\d{1,4}H)?(?:\d{1,5}M)?(?:\d{1,6}S)?)?)$/u;

/** Why an event cannot be read as a shift; null if it can. */
export function checkEvent({ properties, line }: Block, zones: readonly Block[]): Finding | null {
  const start = properties.find(({ name }) => name === 'DTSTART');
  if (start === undefined)
    return problem(line, 'händelsen har ingen början.', 'the event has no beginning.');
  const twice = once.find((name) => properties.filter((one) => one.name === name).length > 1);
  if (twice !== undefined)
    return problem(line, `${twice} står två gånger.`, `${twice} is said twice.`);
  return (
    properties.map((property) => checkProperty(property, zones)).find((one) => one !== null) ?? null
  );
}

function checkProperty(property: Property, zones: readonly Block[]): Finding | null {
  switch (property.name) {
    case 'DTSTART':
    case 'DTEND':
    case 'RECURRENCE-ID':
    case 'EXDATE':
      return checkTime(property, zones);
    case 'DURATION':
      return duration.test(property.value.trim()) && /\d/u.test(property.value)
        ? null
        : problem(property.line, 'längden går inte att läsa.', 'the length cannot be read.');
    case 'RRULE':
      return checkRule(property);
    case 'RDATE':
      return problem(
        property.line,
        'extra datum (RDATE) läses inte: gör dem till egna händelser.',
        'extra dates (RDATE) are not read: make them events of their own.',
      );
    default:
      return null;
  }
}

function checkTime(property: Property, zones: readonly Block[]): Finding | null {
  const { name, value, line } = property;
  const zone = parameterOf(property, 'TZID');
  const isZone =
    zone === null ||
    isKnown(zone) ||
    zones.some(({ properties }) =>
      properties.some((one) => one.name === 'TZID' && one.value === zone),
    );
  if (!isZone)
    return problem(
      line,
      `tidszonen ”${zone.slice(0, 40)}” är okänd: skriv Europe/Stockholm.`,
      `the time zone “${zone.slice(0, 40)}” is unknown: write Europe/Stockholm.`,
    );
  const isDay = parameterOf(property, 'VALUE')?.toUpperCase() === 'DATE' || /^\d{8}$/u.test(value);
  if (isDay && name !== 'EXDATE')
    return problem(
      line,
      'händelsen gäller hela dagen: ge passet en början och ett slut.',
      'the event is for the whole day: give the shift a beginning and an end.',
    );
  const times = value.split(',', timesAtMost + 1);
  const isRight = (one: string) => (isDay ? isDate(one.trim()) : isTime(one.trim()));
  return times.length <= timesAtMost && times.every(isRight)
    ? null
    : problem(line, 'tiden går inte att läsa.', 'the time cannot be read.');
}

/** The calendar library makes a time of anything, such as the last of December of the thirteenth month. */
function isTime(value: string): boolean {
  if (!time.test(value)) return false;
  try {
    return Temporal.PlainDateTime.from(value.slice(0, 15)).year > 0;
  } catch {
    return false;
  }
}

function isDate(value: string): boolean {
  return /^\d{8}$/u.test(value) && isTime(`${value}T000000`);
}

function isKnown(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

function checkRule({ value, line }: Property): Finding | null {
  const given = value.trim().toUpperCase().split(';');
  const isFine = given.every((part) => {
    const [name = '', said = ''] = part.split('=');
    return parts[name]?.test(said) ?? false;
  });
  if (isFine && given.some((part) => part.startsWith('FREQ='))) return null;
  return problem(
    line,
    'återkomsten går inte att läsa: låt passet komma tillbaka varje dag, vecka eller månad.',
    'how it comes back cannot be read: let the shift come back every day, week or month.',
  );
}

function problem(line: number, sv: string, en: string): Finding {
  return error(['line', line], `Rad ${line}: ${sv}`, `Line ${line}: ${en}`);
}
