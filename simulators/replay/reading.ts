/** One thing that a log says of one sensor; the time is on the wall clock of the home. */
export interface Reading {
  line: number;
  local: Temporal.PlainDateTime;
  /** What a mapping may call the sensor, the most exact name first. */
  names: readonly string[];
  /** The sensor's own word: `ON`, `start`, `21.5`. */
  value: string;
  /** It ends an interval that began with the reading before it. */
  isEnd: boolean;
}

export interface Skipped {
  line: number;
  reason: string;
}

/** What a log holds; every line that is not blank or a heading is a reading or is skipped for a reason. */
export interface ParsedLog {
  readings: Reading[];
  skipped: Skipped[];
}

/** Reads line by line with a parser that gives readings, a reason why not, or nothing for a line without content. */
export function parseLines(
  text: string,
  parseLine: (text: string, line: number) => Reading[] | string,
): ParsedLog {
  const readings: Reading[] = [];
  const skipped: Skipped[] = [];
  for (const [index, content] of text.split(/\r?\n/).entries()) {
    const line = index + 1;
    const parsed = parseLine(content.replace(/^\uFEFF/, '').trim(), line);
    if (typeof parsed === 'string') skipped.push({ line, reason: parsed });
    else readings.push(...parsed);
  }
  return { readings, skipped };
}

const localPattern = /^\d{4}-\d{2}-\d{2}[ \t]+\d{2}:\d{2}:\d{2}(\.\d{1,9})?$/;

/** A local time such as `2010-11-04 00:03:50.209589`; null when it is none. */
export function parseLocal(text: string): Temporal.PlainDateTime | null {
  if (!localPattern.test(text)) return null;
  try {
    return Temporal.PlainDateTime.from(text.replace(/[ \t]+/, 'T'), { overflow: 'reject' });
  } catch {
    return null;
  }
}
