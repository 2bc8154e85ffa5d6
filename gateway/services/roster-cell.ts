import { type Weekday, weekdays } from '../protocol/rule/during.ts';

/** What a cell of a table says; null where that cannot be told. */
type Read<T> = T | null;

const dayMs = 24 * 3_600_000;
/** Day 0 of the calendar that spreadsheets count in. */
const sheetEpoch = Temporal.PlainDate.from('1899-12-30');

/** Letters alone, without marks over them; what a file in the wrong encoding made of å, ä and ö is left out. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/gu, '');
}

function dateOf(year: number, month: number, day: number): Read<string> {
  // Another year is a slip, and the day after the last of four digits cannot be written.
  if (year < 1900 || year > 2999) return null;
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}

/** A date as `2026-10-24`, as spreadsheets write it, or as the number that they keep. */
export function readDate(cell: string): Read<string> {
  const text = cell.trim().replace(/[ T]00:00(:00)?$/u, '');
  const iso = /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})$/u.exec(text);
  if (iso !== null) return dateOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const serial = /^\d{5}$/u.exec(text);
  if (serial !== null) return sheetEpoch.add({ days: Number(text) }).toString();
  const parts = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/u.exec(text);
  if (parts === null) return null;
  const [first, second, year] = [Number(parts[1]), Number(parts[3]), Number(parts[4])];
  const isDayFirst = parts[2] === '.' || first > 12 || first === second;
  if (isDayFirst) return dateOf(year, second, first);
  // With slashes the third of April and the fourth of March look the same.
  return second > 12 ? dateOf(year, first, second) : null;
}

/** A time of day as `HH:MM`; midnight at the end of a day is `00:00`. */
export function readTime(cell: string): Read<string> {
  const text = cell
    .trim()
    .toLowerCase()
    .replace(/^(kl\.?|klockan)\s*/u, '');
  const fraction = /^0[.,]\d{3,}$/u.exec(text);
  if (fraction !== null)
    return clock(0, Math.round((Number(text.replace(',', '.')) * dayMs) / 60_000));
  const parts = /^(\d{1,2})(?:[:.](\d{2}))?(?:[:.]00)?\s*(am|pm)?$/u.exec(text);
  const digits = parts ?? /^(\d{2})(\d{2})$/u.exec(text);
  if (digits === null) return null;
  const [, hour = '', minute = '0', half] = digits;
  if (half === undefined) return clock(Number(hour), Number(minute));
  if (Number(hour) < 1 || Number(hour) > 12) return null;
  return clock((Number(hour) % 12) + (half === 'pm' ? 12 : 0), Number(minute));
}

function clock(hours: number, minutes: number): Read<string> {
  const total = hours * 60 + minutes;
  if ((hours > 0 && minutes > 59) || total > 24 * 60) return null;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(total / 60) % 24)}:${two(total % 60)}`;
}

/** How a weekday begins in Swedish and English, and in Swedish when its marks were lost. */
const beginnings: Readonly<Record<string, Weekday>> = {
  man: 'mon',
  mnd: 'mon',
  mn: 'mon',
  tis: 'tue',
  ons: 'wed',
  tor: 'thu',
  fre: 'fri',
  lor: 'sat',
  lrd: 'sat',
  lr: 'sat',
  son: 'sun',
  snd: 'sun',
  sn: 'sun',
  mon: 'mon',
  tue: 'tue',
  wed: 'wed',
  thu: 'thu',
  fri: 'fri',
  sat: 'sat',
  sun: 'sun',
};

const groups: Readonly<Record<string, readonly Weekday[]>> = {
  alladagar: weekdays,
  alla: weekdays,
  varjedag: weekdays,
  dagligen: weekdays,
  everyday: weekdays,
  daily: weekdays,
  vardagar: weekdays.slice(0, 5),
  vardag: weekdays.slice(0, 5),
  weekdays: weekdays.slice(0, 5),
  helg: weekdays.slice(5),
  helger: weekdays.slice(5),
  weekend: weekdays.slice(5),
  weekends: weekdays.slice(5),
};

function readWeekday(word: string): Weekday | undefined {
  const letters = plain(word);
  return /^[a-z]{2,10}$/u.test(letters)
    ? (beginnings[letters.slice(0, 3)] ?? beginnings[letters.slice(0, 2)])
    : undefined;
}

/** Weekdays as `mån–fre`, `lör, sön` or `Monday`; in the order of the week. */
export function readWeekdays(cell: string): Read<readonly Weekday[]> {
  const group = groups[plain(cell)];
  if (group !== undefined) return group;
  const found = new Set<Weekday>();
  const words = cell.replaceAll(/\s*([-–—])\s*/gu, '$1').split(/[\s,;/+&]+|\b(?:och|and)\b/u);
  for (const word of words.filter((one) => one !== '')) {
    const days = readRange(word);
    if (days === null) return null;
    for (const day of days) found.add(day);
  }
  return found.size === 0 ? null : weekdays.filter((day) => found.has(day));
}

function readRange(word: string): Read<readonly Weekday[]> {
  const [first = '', last, ...more] = word.split(/[-–—]/u);
  const from = readWeekday(first);
  if (from === undefined || more.length > 0) return null;
  if (last === undefined) return [from];
  const to = readWeekday(last);
  if (to === undefined) return null;
  const start = weekdays.indexOf(from);
  const length = (weekdays.indexOf(to) - start + 7) % 7;
  return [...weekdays, ...weekdays].slice(start, start + length + 1);
}
