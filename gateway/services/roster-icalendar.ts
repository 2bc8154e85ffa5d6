import { randomUUID } from 'node:crypto';

import ical, { type EventInstance, type VEvent } from 'node-ical';

import { error, warning } from '../domain/duty/finding.ts';
import { wallInstant } from '../domain/home/wall-clock.ts';
import type { Finding } from '../protocol/duty/plan.ts';
import type { SingleShift } from '../protocol/duty/roster.ts';
import { takeBreaths } from './breath.ts';
import { checkEvent } from './calendar-check.ts';
import { type Block, type Property, splitCalendar, writeProperty } from './calendar-text.ts';
import type { ReadingOptions, RosterRead } from './roster-csv.ts';

const dayMs = 24 * 3_600_000;
/** How far ahead what comes back is written out. */
const weeksAhead = 12;
const daysAheadOfSingle = 400;
/** More series than a unit has shifts; each costs some milliseconds. */
const seriesAtMost = 500;
const eventsAtMost = 2_000;
const shiftsAtMost = 5_000;

interface Reader extends ReadingOptions {
  read: RosterRead;
  zones: readonly Block[];
}

/**
 * Reads the events of an iCalendar file (RFC 5545) as shifts, and writes out what comes back for the next twelve weeks. A
 * length is exact, as 3.8.5.3 has it, so that ten hours are ten hours on the night when the clocks change too. Total: what
 * cannot be read is a finding with the number of its line.
 */
export async function readRosterCalendar(
  text: string,
  options: ReadingOptions,
): Promise<RosterRead> {
  const read: RosterRead = { weekly: [], single: [], findings: [] };
  const { events, zones } = splitCalendar(text);
  const reader = { ...options, read, zones };
  if (events.length === 0) read.findings.push(noEvents());
  const breathe = takeBreaths();
  let series = 0;
  for (const group of groupsOf(events.slice(0, eventsAtMost))) {
    if (isSeries(group)) series += 1;
    if (series > seriesAtMost || read.single.length >= shiftsAtMost) {
      read.findings.unshift(tooMuch(group[0]?.line ?? 1));
      break;
    }
    readGroup(group, reader);
    await breathe();
  }
  if (events.length > eventsAtMost) read.findings.unshift(tooMuch(events[eventsAtMost]?.line ?? 1));
  read.single = read.single.slice(0, shiftsAtMost);
  return read;
}

/** An event with those that take the place of some of its occurrences. */
function groupsOf(events: readonly Block[]): Block[][] {
  const uidOf = ({ properties, line }: Block) =>
    properties.find(({ name }) => name === 'UID')?.value ?? `line ${line}`;
  return [...Map.groupBy(events, uidOf).values()];
}

function isSeries(group: readonly Block[]): boolean {
  return group.some(({ properties }) => properties.some(({ name }) => name === 'RRULE'));
}

function readGroup(group: readonly Block[], reader: Reader): void {
  const { read } = reader;
  const problem = group.map((block) => checkEvent(block, reader.zones)).find((one) => one !== null);
  if (problem !== undefined) {
    read.findings.push(problem);
    return;
  }
  const line = group[0]?.line ?? 1;
  const instances = occurrencesOf(group, reader);
  if (instances === null) read.findings.push(unreadable(line));
  else addShifts(instances, group, reader);
}

/** What the calendar library makes of it; null if it makes nothing of it. */
function occurrencesOf(group: readonly Block[], reader: Reader): EventInstance[] | null {
  const { at } = reader;
  const ahead = isSeries(group) ? weeksAhead * 7 : daysAheadOfSingle;
  const range = { from: new Date(at), to: new Date(at + ahead * dayMs), expandOngoing: true };
  try {
    const events = Object.values(ical.sync.parseICS(write(group, reader))).filter(
      (entry): entry is VEvent => entry?.type === 'VEVENT',
    );
    return events
      .flatMap((event) => ical.expandRecurringEvent(event, range))
      .filter(({ event, end }) => event.status !== 'CANCELLED' && end.getTime() > at);
  } catch {
    return null;
  }
}

const dated = ['DTSTART', 'DTEND', 'EXDATE', 'RECURRENCE-ID'];
const kept = [...dated, 'DURATION', 'RRULE', 'STATUS'];

/** The events alone, under a name of ours, where a time without a zone is the municipality's wall clock. */
function write(group: readonly Block[], { zones, timeZone }: Reader): string {
  const used = new Set(group.flatMap(({ properties }) => properties.flatMap(zoneOf)));
  const own = zones.filter(({ properties }) =>
    properties.some(({ name, value }) => name === 'TZID' && used.has(value)),
  );
  const uid = randomUUID();
  return [
    'BEGIN:VCALENDAR',
    ...own.flatMap((block) => ['BEGIN:VTIMEZONE', ...linesOf(block), 'END:VTIMEZONE']),
    ...group.flatMap(({ properties }) => [
      'BEGIN:VEVENT',
      `UID:${uid}`,
      ...properties
        .filter(({ name }) => kept.includes(name))
        .map((property) => writeProperty(placed(property, timeZone))),
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ].join('\r\n');
}

function linesOf({ properties }: Block): string[] {
  return properties.slice(0, 200).map(writeProperty);
}

function zoneOf({ parameters }: Property): string[] {
  const zone = /;TZID="?([^";]+)/iu.exec(parameters)?.[1];
  return zone === undefined ? [] : [zone];
}

function placed(property: Property, timeZone: string): Property {
  const isFloating = dated.includes(property.name) && /T\d{6}(?:,|$)/u.test(property.value);
  if (!isFloating || zoneOf(property).length > 0) return property;
  return { ...property, parameters: `${property.parameters};TZID=${timeZone}` };
}

function addShifts(
  instances: readonly EventInstance[],
  group: readonly Block[],
  reader: Reader,
): void {
  const { read, newId, timeZone } = reader;
  const people = peopleOf(group, reader);
  if (people.length === 0 || instances.length === 0) return;
  if (instances.some(({ start, end }) => end <= start)) {
    read.findings.push(noLength(group[0]?.line ?? 1));
    return;
  }
  const isExact = isSeries(group) || isExactly(group);
  for (const { start, end } of instances) {
    const [fromAt, toAt] = [start.getTime(), end.getTime()];
    for (const personId of people)
      read.single.push(shiftOf({ id: newId(), personId, fromAt, toAt }, isExact, timeZone));
  }
  const moved = movedBy(instances, timeZone);
  if (moved !== null) read.findings.push(clocksMove(group[0]?.line ?? 1, moved));
}

/** Whether it is told in Universal Time or by its length, not by what the clock on the wall shows. */
function isExactly(group: readonly Block[]): boolean {
  return group.some(({ properties }) =>
    properties.some(
      ({ name, value }) => name === 'DURATION' || (dated.includes(name) && /Z\s*$/iu.test(value)),
    ),
  );
}

/** By the wall clock where that says the same, which is easier to read and to change. */
function shiftOf(
  exact: Extract<SingleShift, { fromAt: number }>,
  isExact: boolean,
  timeZone: string,
): SingleShift {
  if (isExact) return exact;
  const { id, personId, fromAt, toAt } = exact;
  const [from, to] = [wallOf(fromAt, timeZone), wallOf(toAt, timeZone)];
  const isSame =
    from < to &&
    wallInstant(from, timeZone, 'from') === fromAt &&
    wallInstant(to, timeZone, 'to') === toAt;
  return isSame ? { id, personId, from, to } : exact;
}

function wallOf(at: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });
}

/** The first occurrence that the clocks move: it shows other times than the one before, which was as long. */
function movedBy(instances: readonly EventInstance[], timeZone: string): string | null {
  const shown = instances
    .filter(({ isOverride }) => !isOverride)
    .map(({ start, end }) => {
      const [from, to] = [wallOf(start.getTime(), timeZone), wallOf(end.getTime(), timeZone)];
      return { date: from.slice(0, 10), length: Number(end) - Number(start), times: [from, to] };
    });
  const timesOf = ({ times }: { times: readonly string[] }) =>
    times.map((time) => time.slice(11)).join('–');
  const found = shown.find((one, index) => {
    const before = shown[index - 1];
    return before?.length === one.length && timesOf(before) !== timesOf(one);
  });
  return found === undefined ? null : `${found.date} ${timesOf(found)}`;
}

/** Whoever is invited and known; otherwise whoever the title names. */
function peopleOf(group: readonly Block[], { people, read }: Reader): readonly string[] {
  const line = group[0]?.line ?? 1;
  const values = (wanted: string) =>
    group.flatMap(({ properties }) => properties.filter(({ name }) => name === wanted));
  const invited = values('ATTENDEE').flatMap(({ value }) => {
    const found = people.find(value.replace(/^mailto:/iu, ''), ['line', line]);
    return found.ok ? [found.id] : [];
  });
  if (invited.length > 0) return [...new Set(invited)];
  const title = (values('SUMMARY')[0]?.value ?? '').replaceAll(/\\([,;\\])/gu, '$1');
  const found = people.find(title, ['line', line]);
  if (found.ok) return [found.id];
  const named = people.namedIn(title);
  if (named.length === 1) return named;
  const { sv, en } = found.finding.text;
  read.findings.push(error(['line', line], `Rad ${line}: ${sv}`, `Line ${line}: ${en}`));
  return [];
}

function noEvents(): Finding {
  return error(
    ['line', 1],
    'Filen har inga händelser: exportera kalendern som iCalendar (.ics).',
    'The file has no events: export the calendar as iCalendar (.ics).',
  );
}

function tooMuch(line: number): Finding {
  return error(
    ['line', line],
    `Rad ${line}: resten är inte läst. Importera färre pass åt gången.`,
    `Line ${line}: the rest was not read. Import fewer shifts at a time.`,
  );
}

function unreadable(line: number): Finding {
  return error(
    ['line', line],
    `Rad ${line}: händelsen går inte att läsa. Skapa den på nytt i kalendern.`,
    `Line ${line}: the event cannot be read. Make it anew in the calendar.`,
  );
}

function noLength(line: number): Finding {
  return error(
    ['line', line],
    `Rad ${line}: passet slutar inte efter att det börjar. Ge det en sluttid.`,
    `Line ${line}: the shift does not end after it begins. Give it an end.`,
  );
}

function clocksMove(line: number, shown: string): Finding {
  return warning(
    ['line', line],
    `Rad ${line}: kalendern ger passet en fast längd eller tid i UTC, så när klockan ställs om blir det ${shown}.`,
    `Line ${line}: the calendar gives the shift a fixed length or a time in UTC, so when the clocks change it is ${shown}.`,
  );
}
