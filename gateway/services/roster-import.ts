import type { z } from 'zod';

import { warning } from '../domain/duty/finding.ts';
import { Roster, type RosterImport, type RosterImported } from '../protocol/duty/roster.ts';
import { type ReadingOptions, readRosterCsv } from './roster-csv.ts';
import { readRosterCalendar } from './roster-icalendar.ts';

/** More would not be read by anybody. */
const findingsShown = 200;
const weeklyAtMost = 1_000;
const singleAtMost = 5_000;

/** What a file would make of a roster. Total on any text; nothing is kept. */
export async function readRosterFile(
  { format, text }: z.infer<typeof RosterImport>,
  options: ReadingOptions,
): Promise<z.infer<typeof RosterImported>> {
  const read = await (format === 'csv' ? readRosterCsv : readRosterCalendar)(text, options);
  const findings = read.findings.slice(0, findingsShown);
  const left = read.findings.length - findings.length;
  if (left > 0)
    findings.push(
      warning([], `Och ${left} rader till med fel.`, `And ${left} more lines with mistakes.`),
    );
  const weekly = read.weekly.slice(0, weeklyAtMost);
  const single = read.single.slice(0, singleAtMost);
  const more = read.weekly.length + read.single.length - weekly.length - single.length;
  if (more > 0)
    findings.push(
      warning(
        [],
        `${more} pass får inte plats: importera färre åt gången.`,
        `${more} shifts do not fit: import fewer at a time.`,
      ),
    );
  return { roster: Roster.parse({ weekly, single, changes: [] }), findings };
}
