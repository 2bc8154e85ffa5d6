import { parseLines, parseLocal, type ParsedLog } from './reading.ts';

const linePattern = /^(\S+[ \t]+\S+)[ \t]+(\S+)[ \t]+(\S+)/;

/**
 * Reads a log as the CASAS smart homes write it: date, time, sensor, value, and perhaps the name of an activity, which
 * is left out.
 */
export function parseCasas(text: string): ParsedLog {
  return parseLines(text, (content, line) => {
    if (content === '') return [];
    const [, time, sensor, value] = linePattern.exec(content) ?? [];
    if (time === undefined || sensor === undefined || value === undefined) {
      return 'It is not a date, a time, a sensor and a value.';
    }
    const local = parseLocal(time);
    if (local === null) return `${clip(time)} is not a date and a time.`;
    return [{ line, local, names: [sensor], value, isEnd: false }];
  });
}

function clip(text: string): string {
  return text.slice(0, 40);
}
