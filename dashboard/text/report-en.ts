import type { reportSv } from './report-sv.ts';

function homes(count: number): string {
  return `${count} ${count === 1 ? 'home' : 'homes'}`;
}

function alerts(count: number): string {
  return `${count} ${count === 1 ? 'alert' : 'alerts'}`;
}

/** English of following up. */
export const reportEn: typeof reportSv = {
  title: 'Follow-up',
  nav: {
    label: 'Pages of follow-up',
    followUp: 'Follow-up',
    benefit: 'Benefit',
    costs: 'Costs',
    telemetry: 'Telemetry',
  },
  about:
    'How alerts were answered, how many there were and whether the equipment was heard. The figures are of many homes together; no single person can be recognised.',
  period: 'Period',
  periods: {
    'last-week': 'Last week',
    'last-month': 'Last month',
    'last-quarter': 'Last quarter',
    'last-year': 'Last year',
    own: 'Own dates',
  },
  unit: 'Unit',
  everyUnit: 'All units',
  from: 'From and including',
  to: 'Up to and including',
  dateHint: 'Year-month-day, such as 2026-10-01',
  showDates: 'Show the period',
  dateProblems: {
    'no-date': 'Write dates as 2026-10-01.',
    backwards: 'The period ends before it begins.',
    'too-long': 'Choose a year (366 days) at the most.',
  },
  working: 'Working the report out … A long period may take a minute.',
  file: 'Download as a file (CSV)',
  print: 'Print',
  days: (from, to) => (from === to ? from : `${from} – ${to}`),
  paper: {
    heading: (municipality) => `Follow-up of alerts, ${municipality}`,
    period: 'Period',
    unit: 'Unit',
    made: 'Made',
    basis: 'Of',
  },
  basis: (count, residents) =>
    `${homes(count)}, ${residents} ${residents === 1 ? 'resident' : 'residents'}`,
  caution:
    'The period is not whole calendar months that are over. Do not hand this report on together with another whose period overlaps it: the difference between them may show what happened in a few homes.',
  tooSmall: {
    title: 'Too few homes for a report',
    about: (count) =>
      `There are ${homes(count)} in the choice. With fewer than five, figures could tell how a single person is, so they are not shown.`,
    aboutOthers:
      'Outside of the choice there are so few homes that their figures could be told by comparing reports. So these are not shown.',
    mend: 'Choose all units instead.',
    mendWhole:
      'The report is shown once the municipality has more homes with supervision in the period.',
  },
  summary: {
    title: 'In brief',
    none: (period, count) => `${period}: no care alerts. The report is of ${homes(count)}.`,
    counts: (period, count, of) =>
      `${period}: ${count} care ${count === 1 ? 'alert' : 'alerts'}. The report is of ${homes(of)}.`,
    within: (half, minute, three) =>
      `Of those that had to be answered, ${half} were within 30 seconds, ${minute} within a minute and ${three} within three minutes.`,
    allHeld: 'None of them had to be answered: they were held back until they were over.',
    never: (count) =>
      count === 0
        ? 'Somebody took each of them.'
        : `Nobody took ${alerts(count)}: over by ${count === 1 ? 'itself' : 'themselves'}, resolved directly or still waiting.`,
    uncovered: (time) =>
      time === ''
        ? 'Somebody was on duty all the time.'
        : `For ${time} in all nobody was on duty in units that were responsible.`,
  },
  volume: {
    title: 'Alerts in the period',
    care: 'Care alerts',
    technical: 'Technical alerts',
    test: 'Test alerts',
    perDay: 'Care alerts per resident and day',
    residentDays: 'Resident-days',
    about: (period) =>
      `Alerts raised ${period}. Technical alerts and tests are counted apart, and are not in anything else of the report unless it says so. Resident-days: days of supervision, summed over all residents. Paused time, as when in hospital, is not counted.`,
    measure: 'Measure',
    value: 'Value',
  },
  responses: {
    title: 'Response times',
    about:
      'Counted from when the alert was raised. Screen: until a screen of the staff showed it. Answer: until somebody took it. Arrival: until somebody was there. End: until it was resolved. Only alerts that came so far are counted, and the table says how many. Tests are left out.',
    percentiles:
      'To read the table: "9 of 10 within" 40 s means that nine alerts of ten took 40 seconds at the most. Each time is one that really occurred.',
    timesTable: 'Times, all care alerts',
    step: 'To',
    steps: {
      screen: 'screen',
      acceptance: 'answer',
      arrival: 'arrival',
      resolution: 'end',
    },
    count: 'Number',
    p50: 'Half within',
    p90: '9 of 10 within',
    p95: '95 of 100 within',
    p99: '99 of 100 within',
    max: 'Longest',
    withinTable: 'Answered within the targets',
    withinAbout:
      'Share of all alerts that had to be answered. Those that nobody took count as late, but not those that left by themselves before the time had passed. The bar shows the share of a hundred.',
    severity: 'Severity',
    all: 'All',
    alerts: 'Alerts',
    within: { 30: 'Within 30 s', 60: 'Within 1 min', 180: 'Within 3 min' },
    withinOther: (time) => `Within ${time}`,
    never: 'Nobody took',
    arrivalTable: 'Time to arrival, by severity',
    arrivalAbout: 'Only alerts for which somebody has said that they are there.',
  },
  weeks: {
    title: 'Week by week',
    about:
      'Care alerts each week, Monday to Sunday. The first and the last week may be part of a week.',
    picture: 'Care alerts a week',
    week: 'Week',
    name: (week, from) => `w. ${week}, from ${from}`,
    tick: (week) => `w. ${week}`,
    alerts: 'Alerts',
    p95: 'Of those answered: 95 of 100 within',
    falseShare: 'False',
  },
  table: 'Show as a table',
  noTable: 'Hide the table',
  falseAlarms: {
    title: 'False alarms',
    about: (smallest) =>
      `Share of the resolved alerts that the staff resolved as false. Alerts that still go on are not in the share. Rules and kinds with alerts from fewer than ${smallest} homes are gathered in one row.`,
    byRule: 'By rule',
    byKind: 'By kind of equipment',
    rule: 'Rule',
    kind: 'Kind',
    alerts: 'Alerts',
    resolved: 'Resolved',
    falseAlarms: 'False',
    share: 'Share false',
    gatheredRules: (count) =>
      count === 1 ? '1 rule of few homes' : `${count} rules of few homes, together`,
    gatheredKinds: (count) =>
      count === 1 ? '1 kind of few homes' : `${count} kinds of few homes, together`,
    tooFew: 'too few to be shown',
    noneResolved: 'none resolved yet',
    none: 'No care alerts in the period.',
  },
  load: {
    title: 'Alarm load',
    about:
      'Alerts for each person on duty, judged by ISA-18.2 and EEMUA 191: one in ten minutes is acceptable, two is the most that can be managed. More than ten in ten minutes is a flood, and such times should be under 1 % of the time. Only alerts of this municipality are counted: a unit that answers for others, too, has more than that.',
    grades: {
      good: 'Within the limits',
      acceptable: 'Acceptable, but more than one in ten minutes or at times a lot',
      'too-much': 'Over the limits: alerts risk being missed',
    },
    none: 'No unit got alerts in the period.',
    hidden: (smallest) =>
      `Units that answered for fewer than ${smallest} homes are not shown, nor those from which their figures could be told.`,
    table: (unit) => `Load, ${unit}`,
    measure: 'Measure',
    value: 'Here',
    limit: 'Limit',
    judged: 'Judged',
    within: 'within',
    over: 'over',
    alerts: 'Alerts in the period',
    operators: 'People on duty at a time, on average',
    noDuty: 'not known, duty is not kept',
    nobody: 'nobody was checked in',
    perTen: 'Alerts in ten minutes, for each person on average',
    perTenLimit: 'acceptable 1, at most 2',
    most: 'Most alerts in ten minutes, for each person',
    mostLimit: 'at most 10',
    flood: 'Share of the time in flood',
    floodLimit: 'under 1 %',
    chattering: 'Alerts that were at least the third of the same within a minute',
    chatteringLimit: '0',
    stale: 'Alerts that went on for more than a day',
    staleLimit: 'fewer than 5',
    topTen: 'Share from the ten homes and rules with the most alerts',
    noLimit: 'none',
    bySeverity: 'By severity',
    floods: (unit) => `Times of flood, ${unit}`,
    floodAlerts: 'Alerts',
    floodTime: 'Time',
    noFloods: 'No flood in the period.',
  },
  staffing: {
    title: 'Time with nobody on duty',
    about:
      'Minutes in which a unit was responsible for homes while nobody was checked in. Alerts then go on to the next step, but they take longer.',
    table: 'With nobody on duty, by unit',
    unit: 'Unit',
    responsible: 'Responsible',
    uncovered: 'Nobody on duty',
    share: 'Share',
    gaps: (unit) => `The longest gaps, ${unit}`,
    gap: 'Time',
    length: 'Length',
    none: 'No unit was responsible in the period.',
    noTime: 'none',
    notKept: 'duty is not kept',
  },
  uptime: {
    title: 'Equipment that was heard',
    about: (smallest) =>
      `Share of the time in a home in which the equipment could be heard. Silent time is the sum of all of the kind. Kinds in fewer than ${smallest} homes are gathered in one row.`,
    table: 'By kind of equipment',
    kind: 'Kind',
    devices: 'Number',
    share: 'Heard',
    silent: 'Silent time',
    none: 'No equipment was supervised in the period.',
  },
  noisy: {
    title: 'Equipment that is false more often than right',
    about:
      'Only for you who may know who lives where. This list is neither printed nor in the file. Look at where it sits, how it is set or its rule.',
    table: 'Equipment with more false alarms than right ones',
    device: 'Equipment',
    home: 'Home',
    falseAlarms: 'False',
    alerts: 'Alerts',
  },
  lengths: {
    s: (value) => `${value}\u00a0s`,
    min: (value) => `${value}\u00a0min`,
    h: (value) => `${value}\u00a0h`,
    d: (value) => `${value}\u00a0d`,
  },
};
