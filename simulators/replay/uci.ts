import { parseLines, parseLocal, type ParsedLog } from './reading.ts';

const headingPattern = /^(Start time|-{3,})/i;

/**
 * Reads intervals as the UCI "ADLs using binary sensors" logs write them: start, end, location, type and place, between
 * tabs. Each gives a reading `start` and a reading `end`.
 */
export function parseUci(text: string): ParsedLog {
  return parseLines(text, (content, line) => {
    if (content === '' || headingPattern.test(content)) return [];
    const [from, to, location, type, place] = content.split(/[ ]*\t+[ ]*/);
    if (from === undefined || to === undefined || location === undefined || location === '') {
      return 'It is not a start, an end and a location between tabs.';
    }
    const start = parseLocal(from);
    const end = parseLocal(to);
    if (start === null || end === null) return 'Its start or end is not a date and a time.';
    if (!isInterval(start, end)) return 'It ends before it starts.';
    const names = namesOf(location, type, place);
    return [
      { line, local: start, names, value: 'start', isEnd: false },
      { line, local: end, names, value: 'end', isEnd: true },
    ];
  });
}

/** When summer time ends, an interval may end up to an hour before it starts, by the clock on the wall. */
function isInterval(start: Temporal.PlainDateTime, end: Temporal.PlainDateTime): boolean {
  return end.until(start).total('minutes') < 60;
}

function namesOf(location: string, type?: string, place?: string): string[] {
  if (place === undefined) return [location];
  return [`${location}/${type}/${place}`, `${location}/${place}`, location];
}
