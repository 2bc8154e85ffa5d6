import type { BacktestState, Occurrence } from '../../gateway/protocol/rule/backtest.ts';
import type { Grade } from '../rule/load.ts';

type Change = NonNullable<Occurrence['change']>;

function alerts(count: number): string {
  return `${count} larm`;
}

/** Swedish of trying a rule on what has happened. */
export const backtestSv = {
  title: 'Prova på det som har hänt',
  about:
    'Regeln prövas på lagrade händelser, tillsammans med kommunens övriga regler. Ingen larmas.',
  period: 'Period',
  days: (days: number) => `${days} dagar`,
  homes: 'Hem',
  allHomes: 'Alla hem',
  operators: 'Så många delar på larmen',
  operatorsWrong: 'Skriv ett heltal från 1 till 1000.',
  run: 'Prova regeln',
  again: 'Prova igen',
  cancel: 'Avbryt provet',
  notReady: 'Regeln kan provas när texten är rättad.',
  progress: 'Provet pågår',
  soFar: (events: number, found: number) => `${events} händelser lästa, ${alerts(found)} hittills`,
  states: {
    waiting: 'Väntar på sin tur',
    running: 'Pågår',
    done: 'Klart',
    cancelled: 'Avbrutet',
    failed: 'Misslyckades',
  } satisfies Record<BacktestState, string>,
  stale: 'Resultatet gäller regeln som den var när den provades. Den har ändrats sedan dess.',
  result: 'Resultat',
  headline: (count: number, days: number, now: number | null) =>
    `${alerts(count)} på ${days} dagar${now === null ? '' : ` (nu ${now})`}`,
  thisRule: 'Den här regeln',
  allRules: 'Alla regler tillsammans',
  measure: 'Mått',
  candidate: 'Som skriven',
  current: 'Som nu',
  perDay: 'Larm per dygn',
  perResidentWeek: 'Larm per brukare och vecka',
  night: 'Natt, 22–06',
  day: 'Dag, 06–22',
  outOf: (homes: number, residents: number, events: number) =>
    `${homes} hem, ${residents} brukare, ${events} händelser.`,
  withheld: (count: number) => `${count} händelser är inte med, för samtycke saknas.`,
  load: 'Larmbelastning per person',
  loads: {
    good: 'Bra: få larm, väl spridda',
    acceptable: 'Godtagbar, men inte mer än så',
    'too-much': 'För mycket: larm riskerar att missas',
  } satisfies Record<Grade, string>,
  loadDetail: (average: string, most: number) =>
    `I snitt ${average} larm på tio minuter, som mest ${most}.`,
  flood: (share: string) => `${share} av tiden kom fler än tio på tio minuter.`,
  chattering: (count: number) =>
    `${count} larm kom som minst det tredje om samma sak inom en minut.`,
  outcomes: 'Så gick det för dem som larmade på riktigt',
  outcomeNames: {
    helped: 'hjälp gavs',
    'false-alarm': 'falsklarm',
    test: 'test',
    technical: 'tekniskt fel',
    'no-action': 'ingen åtgärd behövdes',
    unanswered: 'ingen har avslutat',
    none: 'larmade aldrig på riktigt',
  },
  difference: 'Skillnad mot nu, alla regler',
  changes: {
    added: 'tillkommer',
    lost: 'försvinner',
    earlier: 'kommer tidigare',
    later: 'kommer senare',
    same: 'som nu',
  } satisfies Record<Change, string>,
  noDifference: 'Samma larm som nu.',
  chart: 'Larm per dygn',
  chartAbout:
    'Staplar: som skriven. Streckad linje med punkter: som nu. Samma tal finns i tabellen.',
  table: 'Visa som tabell',
  csv: 'Ladda ner som CSV',
  date: 'Datum',
  occurrences: 'Larmen, ett och ett',
  occurrencesOf: (shown: number, all: number) => `Visar ${shown} av ${all}.`,
  noOccurrences: 'Inga larm att visa.',
  tooMany: 'Det är för många larm för att visa alla. Korta perioden, eller välj ett hem.',
  filter: 'Visa',
  everything: 'Alla',
  more: 'Visa fler',
  happened: 'Hände',
  raised: 'Skulle ha larmat',
  cleared: 'Över',
  late: (span: string) => `${span} för sent`,
  shifted: (span: string, isEarlier: boolean) =>
    isEarlier ? `${span} tidigare` : `${span} senare`,
  device: 'Utrustning',
  home: 'Hem',
  change: 'Mot nu',
  real: 'Larmet på riktigt',
  openAlert: 'Öppna larmet',
  noAlert: 'Det larmade inte på riktigt.',
  open: 'pågår',
  tuning: 'Hitta var det lugnar sig',
  tuningAbout: 'Prova flera värden på en gång, och se hur många larm vart och ett hade gett.',
  parameter: 'Värde att pröva',
  tune: 'Prova värdena',
  noParameters: 'Regeln har inget värde att pröva.',
  curve: 'Larm per vecka för varje värde',
  curveAbout:
    'Linje med punkter: larm per vecka. Lodrät streckad linje: värdet nu. Tryck på en punkt för att använda värdet.',
  value: 'Värde',
  perWeek: 'Larm per vecka',
  now: 'nu',
  useColumn: 'Använd',
  use: (value: string) => `Använd ${value}`,
  used: (value: string) => `${value} är infört i regeln. Det gäller först när du aktiverar.`,
  bounds: (min: string, max: string) => `Gränser: från ${min} till ${max}.`,
};

export type BacktestWords = typeof backtestSv;
