import type { PlanWords } from './plan-sv.ts';

function minutes(count: number): string {
  const hours = Math.floor(count / 60);
  const rest = count % 60;
  if (hours < 2) return `${count} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

function shifts(count: number): string {
  return `${count} ${count === 1 ? 'shift' : 'shifts'}`;
}

/** English of who is planned to be at work. */
export const rosterEn: PlanWords['roster'] = {
  heading: (unit) => `Roster: ${unit}`,
  chooseUnit: 'Unit',
  noUnits: 'No units yet. Add the first one under Units.',
  gaps: 'Gaps in the next eight weeks',
  gap: (count, when) => `${minutes(count)} with nobody planned, ${when}`,
  gapOnDay: (count, when) => `${minutes(count)} with nobody planned ${when}`,
  noGaps: (until) =>
    `No gaps. Every hour in which the unit answers, until ${until}, has somebody planned.`,
  unchecked:
    'Nobody checks in to this unit: all who belong to it always count as on duty, so its roster has no gaps.',
  moreGaps: (count) => `Show ${count} more`,
  showWeek: 'Show in the roster',
  showWeekOf: (when) => `Show in the roster: ${when}`,
  fill: 'Add a shift',
  fillOf: (when) => `Add a shift: ${when}`,
  week: 'Week by week',
  free: 'No shifts.',
  shift: (name, from, to) => `${name}, ${from} to ${to}`,
  swap: 'swap',
  vacant: 'not in the unit',
  nobodyYet: 'No shifts are planned. Add one that comes back, or read a roster in.',
  weekly: 'Shifts that come back',
  noWeekly: 'No shifts that come back.',
  addWeekly: 'New shift that comes back',
  addSingle: 'New single shift',
  person: 'Who',
  pickPerson: 'Choose who.',
  noPeople: 'Nobody belongs to the unit yet.',
  first: 'From day',
  last: 'Until day, inclusive (optional)',
  everyWeeks: 'Every how many weeks',
  everyWeeksAbout: '1 is every week. Counted from the week of the first day.',
  badEvery: 'Write a number between 1 and 12.',
  badOrder: 'The last day must come after the first.',
  badPeriod: 'The shift must end after it begins.',
  weeklyLine: (name, when, first) => `${name}, ${when}, from ${first}`,
  until: (last) => `until ${last}`,
  every: (weeks) => (weeks === 2 ? 'every other week' : `every ${weeks} weeks`),
  changes: 'Exceptions',
  noChanges: 'No exceptions from the shifts that come back.',
  nobodyComes: (when, name) => `${when}: nobody comes instead of ${name}`,
  otherComes: (when, other, name) => `${when}: ${other} comes instead of ${name}`,
  singles: 'Single shifts',
  noSingles: 'No single shifts to come.',
  moreSingles: (count) => `and ${count} more`,
  what: 'What is to happen with the shift?',
  other: 'Somebody else comes',
  nobody: 'Nobody comes',
  swapWith: 'Swap with another shift',
  restore: 'As planned again',
  moveSingle: 'Change the time',
  dropSingle: 'Remove the shift',
  wholeSeries: 'Change the whole shift that comes back',
  whichShift: 'The shift to swap with',
  pickShift: 'Choose a shift.',
  noSwap: 'There is no other shift in the coming weeks to swap with.',
  done: 'The roster is changed.',
  overtaken: (name) =>
    `${name} changed the roster at the same time. Your change is not saved yet. See what has changed, and save again to put yours on top.`,
  import: 'Read a roster in',
  importAbout:
    'CSV or iCalendar (.ics). Drop a file here, choose one, or paste its content. Nothing is saved until you have seen what was read.',
  file: 'File',
  paste: 'Or paste here',
  read: 'Read',
  drop: 'Drop the file here',
  tooBig: 'The file is too large. Split it.',
  empty: 'Choose a file or paste something first.',
  found: (count) => `${shifts(count)} read`,
  foundNone: 'No shifts could be read.',
  already: (count) => `${count} already there, left out.`,
  line: (number) => `Line ${number}`,
  add: (count) => `Add ${shifts(count)}`,
  nothingNew: 'All shifts of the file are in the roster already.',
  cancelImport: 'Cancel',
  imported: (count) => `${shifts(count)} added.`,
};
