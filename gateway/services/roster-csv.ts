import { pipeline } from 'node:stream/promises';

import { CsvError, parse } from 'csv-parse';

import { error } from '../domain/duty/finding.ts';
import type { Finding } from '../protocol/duty/plan.ts';
import type { Roster } from '../protocol/duty/roster.ts';
import { takeBreaths } from './breath.ts';
import { plain, readDate, readTime, readWeekdays } from './roster-cell.ts';
import type { PersonFinder } from './roster-person.ts';

export interface ReadingOptions {
  people: PersonFinder;
  timeZone: string;
  /** The instant of the import; what comes back does so from then on. */
  at: number;
  newId: () => string;
}

export interface RosterRead {
  weekly: Roster['weekly'];
  single: Roster['single'];
  findings: Finding[];
}

/** More than a roster may hold; the rest is not read, since others wait meanwhile. */
const rowsAtMost = 6_000;
/** More characters than a shift has: a quotation mark is left open, or it is no table. */
const rowAtMost = 20_000;
const cellsAtMost = 200;
const pieceBytes = 8_192;

const columns = ['person', 'date', 'days', 'from', 'to', 'weeks', 'first', 'last'] as const;
type Column = (typeof columns)[number];

/** Headings in Swedish and English, also as they look when their marks were lost. */
const headings: Readonly<Record<Column, string>> = {
  person:
    'person namn name epost email mail epostadress mejl vem who medarbetare personal anstalld anstlld employee staff carer',
  date: 'datum date',
  days: 'veckodag veckodagar weekday weekdays dag dagar day days',
  from: 'fran frn from start borjar brjar starttid begins starttime',
  to: 'till to slut slutar sluttid end ends endtime until',
  weeks:
    'veckor vecka weeks everyweeks everynweeks varnteveckor varnvecka varnevecka intervall interval',
  first: 'forstadag frstadag first firstday fromdatum startdatum startdate',
  last: 'sistadag last lastday tilldatum slutdatum enddate',
};

interface Line {
  number: number;
  cell: (column: Column) => string;
}

/** Reads a table of shifts, one a line. Total: what cannot be read is a finding with the number of its line. */
export async function readRosterCsv(text: string, options: ReadingOptions): Promise<RosterRead> {
  const breathe = takeBreaths();
  const { findings, rows } = await rowsOf(text, breathe);
  const read: RosterRead = { weekly: [], single: [], findings };
  const [header, ...body] = rows;
  if (header === undefined) {
    if (findings.length === 0) findings.push(noRows());
    return read;
  }
  const places = placesOf(header.cells);
  const missing = requiredMissing(places);
  if (missing !== null) return { ...read, findings: [...findings, missing] };
  for (const { cells, number } of body.slice(0, rowsAtMost)) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    const cell = (column: Column) => cells[places.get(column) ?? -1]?.trim() ?? '';
    readLine({ number, cell }, read, options);
    await breathe();
  }
  const rest = body[rowsAtMost];
  if (rest !== undefined) read.findings.unshift(restUnread(rest.number));
  return read;
}

interface Row {
  cells: readonly string[];
  number: number;
}

async function rowsOf(
  text: string,
  breathe: () => Promise<void>,
): Promise<{ rows: Row[]; findings: Finding[] }> {
  // Old spreadsheets end lines with a carriage return alone; two signs within a cell would count as two lines.
  const marked = text.replace(/^\uFEFF/u, '').replaceAll(/\r\n?/gu, '\n');
  // Spreadsheets may say their separator in a line of its own.
  const said = /^"?sep=(.)"?\n/iu.exec(marked);
  const delimiter = said?.[1] ?? guessDelimiter(marked);
  const body = said === null ? marked : marked.slice(said[0].length);
  const skipped = said === null ? 0 : 1;
  const rows: Row[] = [];
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: rowAtMost,
  });
  const isEnough = () => rows.length > rowsAtMost + 1;
  try {
    await pipeline(
      piecesOf(body, isEnough, breathe),
      parser,
      async (records: AsyncIterable<CsvRecord>) => {
        for await (const record of records) {
          rows.push(rowOf(record, skipped));
          await breathe();
        }
      },
    );
    return { rows, findings: [] };
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown;
    // What is read no further may well end within quotation marks.
    if (isEnough()) return { rows, findings: [] };
    const line = typeof thrown['lines'] === 'number' ? thrown['lines'] : 1;
    return { rows: [], findings: [unreadable(line)] };
  }
}

async function* piecesOf(
  text: string,
  isEnough: () => boolean,
  breathe: () => Promise<void>,
): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length && !isEnough(); at += pieceBytes) {
    yield bytes.subarray(at, at + pieceBytes);
    await breathe();
  }
}

interface CsvRecord {
  record: string[];
  info: { lines: number };
}

/** A cell may hold line breaks; the line that is named is the one on which the record begins. */
function rowOf({ record, info }: CsvRecord, skipped: number): Row {
  const cells = record.slice(0, cellsAtMost);
  const breaks = cells.reduce((sum, cell) => sum + (cell.match(/\n/gu)?.length ?? 0), 0);
  return { cells, number: Math.max(1, info.lines - breaks) + skipped };
}

function guessDelimiter(text: string): string {
  const [first = ''] = text.split('\n', 1);
  const counted = [';', '\t', ','].map((sign) => ({ sign, count: first.split(sign).length }));
  return counted.reduce((best, one) => (one.count > best.count ? one : best)).sign;
}

function placesOf(header: readonly string[]): ReadonlyMap<Column, number> {
  const names = header.map(plain);
  return new Map(
    columns.flatMap((column) => {
      const place = names.findIndex((name) => headings[column].split(' ').includes(name));
      return place === -1 ? [] : [[column, place] as const];
    }),
  );
}

function requiredMissing(places: ReadonlyMap<Column, number>): Finding | null {
  const hasDay = places.has('date') || places.has('days');
  if (hasDay && places.has('person') && places.has('from') && places.has('to')) return null;
  return error(
    ['line', 1],
    'Rad 1: skriv rubriker, så som ”person;datum;från;till” eller ”person;veckodagar;från;till;veckor”.',
    'Line 1: write headings, such as “person,date,from,to” or “person,weekdays,from,to,weeks”.',
  );
}

function readLine(line: Line, read: RosterRead, options: ReadingOptions): void {
  const problem = (sv: string, en: string) => {
    const { number } = line;
    read.findings.push(error(['line', number], `Rad ${number}: ${sv}`, `Line ${number}: ${en}`));
  };
  const person = options.people.find(line.cell('person'), ['line', line.number]);
  if (!person.ok) return problem(person.finding.text.sv, person.finding.text.en);
  const from = readTime(line.cell('from'));
  const to = readTime(line.cell('to'));
  if (from === null || to === null) {
    const shown = line.cell(from === null ? 'from' : 'to').slice(0, 40);
    return problem(
      `”${shown}” är ingen tid: skriv som 21:00.`,
      `“${shown}” is no time of day: write it as 21:00.`,
    );
  }
  const hours = { from, to };
  const dated = line.cell('date') !== '';
  return dated
    ? addSingle({ line, personId: person.id, hours, problem }, read, options)
    : addWeekly({ line, personId: person.id, hours, problem }, read, options);
}

interface ReadLine {
  line: Line;
  personId: string;
  hours: { from: string; to: string };
  problem: (sv: string, en: string) => void;
}

function addSingle(
  { line, personId, hours, problem }: ReadLine,
  read: RosterRead,
  { newId }: ReadingOptions,
): void {
  const date = readDate(line.cell('date'));
  if (date === null) return problem(...noDate(line.cell('date')));
  const lastDate = hours.to <= hours.from ? nextDay(date) : date;
  const times = { from: `${date}T${hours.from}`, to: `${lastDate}T${hours.to}` };
  read.single.push({ id: newId(), personId, ...times });
  return undefined;
}

function addWeekly(given: ReadLine, read: RosterRead, options: ReadingOptions): void {
  const { line, personId, hours, problem } = given;
  const days = readWeekdays(line.cell('days'));
  const weeks = /^(?:[1-9]|1[0-2])?$/u.exec(line.cell('weeks'))?.[0];
  if (days === null) return problem(...noDay(line.cell('days')));
  if (hours.from === hours.to) return problem(...noLength);
  if (weeks === undefined) return problem(...noWeeks);
  const dates = datesOf(line, options);
  if (typeof dates === 'string') return problem(...noDate(dates));
  const [one = 'mon', ...more] = days;
  read.weekly.push({
    id: options.newId(),
    personId,
    hours: days.length === 7 ? hours : { ...hours, days: [one, ...more] },
    ...dates,
    everyWeeks: Number(weeks || 1),
  });
  return undefined;
}

/** From and until when a shift comes back, or the cell that is no date. */
function datesOf(
  { cell }: Line,
  { at, timeZone }: ReadingOptions,
): { first: string; last?: string } | string {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  const first = readDate(cell('first') || today.toPlainDate().toString());
  if (first === null) return cell('first');
  if (cell('last') === '') return { first };
  const last = readDate(cell('last'));
  return last === null ? cell('last') : { first, last };
}

const noLength = [
  'Passet börjar och slutar samtidigt: dela ett helt dygn i två rader.',
  'The shift begins and ends at the same time: write a whole day and night as two lines.',
] as const;
const noWeeks = [
  'Antalet veckor är ett tal från 1 till 12: 2 är varannan vecka.',
  'The number of weeks is from 1 to 12: 2 is every other week.',
] as const;

function noDay(cell: string): [string, string] {
  const shown = cell.slice(0, 40);
  return [
    `”${shown}” är varken datum eller veckodag: skriv som 2026-10-24 eller mån-fre.`,
    `“${shown}” is neither a date nor a weekday: write it as 2026-10-24 or mon-fri.`,
  ];
}

function nextDay(date: string): string {
  return Temporal.PlainDate.from(date).add({ days: 1 }).toString();
}

function noDate(cell: string): [string, string] {
  const shown = cell.slice(0, 40);
  return [
    `”${shown}” är inget datum som går att läsa på ett enda sätt: skriv som 2026-10-24.`,
    `“${shown}” is no date that can be read in one way only: write it as 2026-10-24.`,
  ];
}

function noRows(): Finding {
  return error(['line', 1], 'Filen är tom.', 'The file is empty.');
}

function restUnread(line: number): Finding {
  return error(
    ['line', line],
    `Rad ${line}: härifrån är filen inte läst. Importera färre pass åt gången.`,
    `Line ${line}: from here on the file was not read. Import fewer shifts at a time.`,
  );
}

function unreadable(line: number): Finding {
  return error(
    ['line', line],
    `Rad ${line}: ett citattecken är öppet. Spara filen som CSV en gång till.`,
    `Line ${line}: a quotation mark is left open. Save the file as CSV once more.`,
  );
}
