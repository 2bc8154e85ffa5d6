import { isProfile, profiles } from '../protocol/profile.ts';
import type { FollowUpReport, Percentiles } from '../protocol/report/follow-up.ts';
import type { Language, Text } from '../protocol/text.ts';
import { byteOrderMark, type Cell, csvLineOf, wallTime } from './csv.ts';
import { gatheredTitle, severityTitles, words } from './report-csv-text.ts';

type Rows = readonly (readonly Cell[])[];
type Word = keyof typeof words;

/** One file with a titled table after the other, an empty line between them; in Swedish with decimal commas. No device is named. */
export function csvOfReport(report: FollowUpReport, language: Language): string {
  const writer = writerOf(report, language);
  const { word, lines } = writer;
  const begins = byteOrderMark + lines([[word('title')], ...headOf(report, writer)]);
  if (report.isTooSmall) return begins + lines([[word('tooSmall')]]);
  const tables = tablesOf(report, writer).flatMap(({ title, head, rows }) => [
    [],
    [word(title)],
    head,
    ...rows,
  ]);
  const caution = report.isWholeMonths ? [] : [[word('caution')]];
  return begins + lines([[word('smallGroups')], ...caution, ...tables]);
}

interface Writer {
  word: (word: Word) => string;
  text: (text: Text) => string;
  /** To three decimals. */
  number: (value: number | null) => Cell;
  percent: (share: number | null) => Cell;
  /** On the municipality's wall clock, to the minute. */
  time: (at: number) => string;
  lines: (rows: Rows) => string;
}

function writerOf({ timeZone }: FollowUpReport, language: Language): Writer {
  const number = (value: number | null): Cell => {
    if (value === null || Number.isInteger(value)) return value;
    const text = String(Math.round(value * 1_000) / 1_000);
    return language === 'sv' ? text.replace('.', ',') : text;
  };
  return {
    word: (word) => words[word][language],
    text: (text) => text[language],
    number,
    percent: (share) => number(share === null ? null : Math.round(share * 1_000) / 10),
    time: (at) => wallTime(at, timeZone),
    lines: (rows) => rows.map((row) => csvLineOf(row, language)).join(''),
  };
}

function headOf(report: FollowUpReport, { word, number, time }: Writer): Rows {
  const { municipality, unit, from, to, madeAt, timeZone, alerts } = report;
  const day = (at: number) => time(at).slice(0, 10);
  const head: Rows = [
    [word('municipality'), municipality.name],
    [word('unit'), unit?.name ?? word('wholeMunicipality')],
    [word('period'), day(from), day(to - 1)],
    [word('madeAt'), time(madeAt)],
    [word('timeZone'), timeZone],
    [word('homes'), report.homes],
  ];
  if (report.isTooSmall) return head;
  return [
    ...head,
    [word('residents'), report.residents],
    [word('residentDays'), number(report.residentDays)],
    [word('care'), alerts.care],
    [word('technical'), alerts.technical],
    [word('test'), alerts.test],
    [word('carePerResidentDay'), number(alerts.carePerResidentDay)],
  ];
}

interface Table {
  title: Word;
  head: readonly Cell[];
  rows: Rows;
}

function tablesOf(report: FollowUpReport, writer: Writer): Table[] {
  return [
    ...answeringTables(report, writer),
    falseAlarmTable('byRule', 'rule', report, writer),
    falseAlarmTable('byKind', 'kind', report, writer),
    ...loadTables(report, writer),
    ...staffingTables(report, writer),
    uptimeTable(report, writer),
    weekTable(report, writer),
  ];
}

function answeringTables({ responses }: FollowUpReport, writer: Writer): Table[] {
  const { word, text, number, percent } = writer;
  const steps = ['screen', 'acceptance', 'arrival', 'resolution'] as const;
  const name = ({ severity }: FollowUpReport['responses'][number]) =>
    severity === null ? word('all') : text(severityTitles[severity]);
  const cells = ({ count, p50, p90, p95, p99, max }: Percentiles) => [
    count,
    ...[p50, p90, p95, p99, max].map(number),
  ];
  const seconds = responses[0]?.within.map((target) => target.seconds) ?? [];
  return [
    {
      title: 'responses',
      head: [
        word('severity'),
        word('step'),
        word('count'),
        'P50',
        'P90',
        'P95',
        'P99',
        word('longest'),
      ],
      rows: responses.flatMap((row) =>
        steps.map((step) => [name(row), word(step), ...cells(row[step])]),
      ),
    },
    {
      title: 'targets',
      head: [
        word('severity'),
        word('alerts'),
        ...seconds.map((target) => `${target} s, %`),
        word('neverAccepted'),
      ],
      rows: responses.map((row) => [
        name(row),
        row.alerts,
        ...row.within.map(({ share }) => percent(share)),
        row.neverAccepted,
      ]),
    },
  ];
}

function falseAlarmTable(
  title: 'byRule' | 'byKind',
  of: 'rule' | 'kind',
  report: FollowUpReport,
  { word, text, percent }: Writer,
): Table {
  return {
    title,
    head: [word(of), word('alerts'), word('resolved'), word('falseAlarms'), word('falseShare')],
    rows: report[title].map((row) => [
      row.key === null ? text(gatheredTitle(row.gathered)) : nameOf(row.key, row.title, text),
      row.alerts,
      row.resolved,
      row.falseAlarms,
      percent(row.share),
    ]),
  };
}

function nameOf(key: string, title: Text | null, text: Writer['text']): string {
  return title === null ? key : text(title);
}

function loadTables({ loads }: FollowUpReport, writer: Writer): Table[] {
  const { word, text, number, percent, time } = writer;
  const severities = loads.flatMap(({ unit, bySeverity }) =>
    bySeverity.map(({ severity, alerts }) => [unit.name, text(severityTitles[severity]), alerts]),
  );
  const columns = ['operators', 'perTenMinutes', 'mostInTenMinutes', 'floodShare'] as const;
  const counts = ['chattering', 'stale', 'topTen'] as const;
  return [
    {
      title: 'loads',
      head: [word('unit'), word('alerts'), ...columns.map(word), ...counts.map(word)],
      rows: loads.map((load) => [
        load.unit.name,
        load.alerts,
        number(load.operators),
        number(load.perTenMinutes),
        number(load.mostInTenMinutes),
        percent(load.floodShare),
        load.chattering,
        load.stale,
        percent(load.topTenShare),
      ]),
    },
    { title: 'severity', head: [word('unit'), word('severity'), word('alerts')], rows: severities },
    {
      title: 'floods',
      head: [word('unit'), word('from'), word('to'), word('alerts')],
      rows: loads.flatMap(({ unit, floods }) =>
        floods.map(({ from, to, alerts }) => [unit.name, time(from), time(to), alerts]),
      ),
    },
  ];
}

const minuteMs = 60_000;

function staffingTables({ staffing }: FollowUpReport, { word, time, number }: Writer): Table[] {
  return [
    {
      title: 'staffing',
      head: [word('unit'), word('responsible'), word('uncovered')],
      rows: staffing.map((row) => [row.unit.name, row.responsibleMinutes, row.uncoveredMinutes]),
    },
    {
      title: 'gaps',
      head: [word('unit'), word('from'), word('to'), word('minutes')],
      rows: staffing.flatMap(({ unit, gaps }) =>
        gaps.map(({ from, to }) => [
          unit.name,
          time(from),
          time(to),
          number((to - from) / minuteMs),
        ]),
      ),
    },
  ];
}

function uptimeTable({ uptime }: FollowUpReport, { word, text, percent }: Writer): Table {
  return {
    title: 'uptime',
    head: [word('kind'), word('devices'), word('heard'), word('silentMinutes')],
    rows: uptime.map(({ kind, gathered, devices, share, silentMinutes }) => [
      kind === null ? text(gatheredTitle(gathered)) : kindTitle(kind, text),
      devices,
      percent(share),
      silentMinutes,
    ]),
  };
}

function kindTitle(kind: string, text: Writer['text']): string {
  return isProfile(kind) ? text(profiles[kind].title) : kind;
}

function weekTable({ weeks }: FollowUpReport, { word, time, number, percent }: Writer): Table {
  return {
    title: 'weeks',
    head: [word('from'), word('alerts'), word('acceptanceP95'), word('falseShare')],
    rows: weeks.map(({ from, alerts, acceptanceP95, falseShare }) => [
      time(from).slice(0, 10),
      alerts,
      number(acceptanceP95),
      percent(falseShare),
    ]),
  };
}
