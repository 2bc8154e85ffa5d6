import { type SingleShift, WeeklyShift } from '../../gateway/protocol/duty/roster.ts';
import { instantOf, isDate, isTime, wallOf } from '../clock/zoned.ts';

/** A shift that comes back, as it is typed. */
export interface WeeklyDraft extends Omit<WeeklyShift, 'everyWeeks' | 'last'> {
  last: string;
  everyWeeks: string;
}

export function weeklyDraft(shift: WeeklyShift): WeeklyDraft {
  return { ...shift, last: shift.last ?? '', everyWeeks: String(shift.everyWeeks) };
}

/** The shift, or which fields will not do. */
export function readWeekly(draft: WeeklyDraft): WeeklyShift | ReadonlySet<string> {
  const { last, everyWeeks, ...rest } = draft;
  const read = WeeklyShift.safeParse({
    ...rest,
    everyWeeks: everyWeeks.trim() === '' ? Number.NaN : Number(everyWeeks),
    ...(last.trim() !== '' && { last: last.trim() }),
  });
  const wrong = new Set(
    read.success ? [] : read.error.issues.map(({ path }) => String(path[0] ?? '')),
  );
  if (draft.personId === '') wrong.add('personId');
  if (isDate(last) && last < draft.first) wrong.add('order');
  return read.success && wrong.size === 0 ? read.data : wrong;
}

/** A single shift, as it is typed; `exact` where the wall clock cannot say when it is. */
export interface SingleDraft {
  id: string;
  personId: string;
  from: string;
  to: string;
  exact: { fromAt: number; toAt: number } | null;
}

interface Period {
  from: number;
  to: number;
}

/** A shift over exactly this time, in wall-clock time wherever that says the same. */
export function singleDraft(
  { id, personId, from, to }: Period & { id: string; personId: string },
  timeZone: string,
): SingleDraft {
  const begins = wallOf(from, timeZone);
  const ends = wallOf(to, timeZone);
  const [wallFrom, wallTo] = [`${begins.date}T${begins.time}`, `${ends.date}T${ends.time}`];
  const isSame =
    wallFrom < wallTo &&
    instantOf(begins.date, begins.time, timeZone, 'from') === from &&
    instantOf(ends.date, ends.time, timeZone, 'to') === to;
  return {
    id,
    personId,
    from: wallFrom,
    to: wallTo,
    exact: isSame ? null : { fromAt: from, toAt: to },
  };
}

/** When a single shift is, in instants. */
export function periodOf(shift: SingleShift, timeZone: string): Period {
  if ('fromAt' in shift) return { from: shift.fromAt, to: shift.toAt };
  const [from, to] = [shift.from, shift.to].map((wall) => wall.split('T'));
  return {
    from: instantOf(from?.[0] ?? '', from?.[1] ?? '', timeZone, 'from'),
    to: instantOf(to?.[0] ?? '', to?.[1] ?? '', timeZone, 'to'),
  };
}

/** The shift, or which fields will not do. */
export function readSingle(draft: SingleDraft): SingleShift | ReadonlySet<string> {
  const { id, personId, from, to, exact } = draft;
  const wrong = new Set<string>();
  if (personId === '') wrong.add('personId');
  if (exact !== null) return wrong.size > 0 ? wrong : { id, personId, ...exact };
  for (const [edge, wall] of [
    ['from', from],
    ['to', to],
  ] as const) {
    const [date = '', time = ''] = wall.split('T');
    if (!isDate(date) || !isTime(time)) wrong.add(edge);
  }
  if (wrong.size === 0 && from >= to) wrong.add('period');
  return wrong.size > 0 ? wrong : { id, personId, from, to };
}

/** Nobody else's, without asking anybody. */
export function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
