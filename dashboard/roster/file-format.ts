export type FileFormat = 'csv' | 'icalendar';

/** What a file holds, by its own first line; a name may be anything. */
export function formatOf(text: string): FileFormat {
  return /^\uFEFF?\s*BEGIN:VCALENDAR/iu.test(text) ? 'icalendar' : 'csv';
}
