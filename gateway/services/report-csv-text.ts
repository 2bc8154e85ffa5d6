import type { Severity } from '../protocol/alert.ts';
import type { Text } from '../protocol/text.ts';

export const severityTitles: Readonly<Record<Severity, Text>> = {
  emergency: { sv: 'Akut', en: 'Emergency' },
  high: { sv: 'Hög', en: 'High' },
  medium: { sv: 'Medel', en: 'Medium' },
  low: { sv: 'Låg', en: 'Low' },
  technical: { sv: 'Teknik', en: 'Technical' },
};

/** What stands in the file of a report. */
export const words = {
  title: { sv: 'Uppföljning', en: 'Follow-up' },
  municipality: { sv: 'Kommun', en: 'Municipality' },
  unit: { sv: 'Arbetslag', en: 'Unit' },
  wholeMunicipality: { sv: 'Hela kommunen', en: 'The whole municipality' },
  period: { sv: 'Från och till, med båda dagarna', en: 'From and to, both days included' },
  madeAt: { sv: 'Framtagen', en: 'Made' },
  timeZone: { sv: 'Tidszon för alla klockslag', en: 'Time zone of all times' },
  homes: { sv: 'Hem', en: 'Homes' },
  residents: { sv: 'Brukare', en: 'Residents' },
  residentDays: { sv: 'Brukardygn', en: 'Resident-days' },
  care: { sv: 'Vårdlarm', en: 'Care alerts' },
  technical: { sv: 'Tekniska larm', en: 'Technical alerts' },
  test: { sv: 'Provlarm', en: 'Test alerts' },
  carePerResidentDay: { sv: 'Vårdlarm per brukardygn', en: 'Care alerts per resident-day' },
  tooSmall: {
    sv: 'Färre än fem hem, eller hem som skulle kunna räknas fram ur andra rapporter. Därför visas inget mer.',
    en: 'Fewer than five homes, or homes that could be told from other reports. So nothing more is shown.',
  },
  smallGroups: {
    sv: 'Grupper med färre än fem hem är sammanslagna eller utelämnade. Tomt betyder att uppgift saknas eller inte visas.',
    en: 'Groups of fewer than five homes are gathered or left out. Empty means that nothing is known, or not shown.',
  },
  caution: {
    sv: 'Perioden är inte hela, avslutade kalendermånader. Lämna inte ut rapporten tillsammans med en annan vars period överlappar: skillnaden mellan dem kan visa vad som hände i ett fåtal hem.',
    en: 'The period is not whole calendar months that are over. Do not hand this report on together with another whose period overlaps it: the difference between them may show what happened in a few homes.',
  },
  responses: {
    sv: 'Svarstider i sekunder, för vårdlarm som skulle besvaras',
    en: 'Response times in seconds, of care alerts that asked somebody',
  },
  severity: { sv: 'Allvarlighetsgrad', en: 'Severity' },
  all: { sv: 'Alla', en: 'All' },
  alerts: { sv: 'Larm', en: 'Alerts' },
  step: { sv: 'Till', en: 'To' },
  screen: { sv: 'Skärm', en: 'Screen' },
  acceptance: { sv: 'Någon tog larmet', en: 'Acceptance' },
  arrival: { sv: 'Framme', en: 'Arrival' },
  resolution: { sv: 'Avslutat', en: 'Resolution' },
  count: { sv: 'Antal', en: 'Count' },
  longest: { sv: 'Längst', en: 'Longest' },
  targets: { sv: 'Tagna inom måltiden', en: 'Accepted within the targets' },
  neverAccepted: { sv: 'Ingen tog', en: 'Never accepted' },
  byRule: { sv: 'Falsklarm per regel', en: 'False alarms by rule' },
  byKind: { sv: 'Falsklarm per sorts utrustning', en: 'False alarms by kind of device' },
  rule: { sv: 'Regel', en: 'Rule' },
  kind: { sv: 'Sort', en: 'Kind' },
  resolved: { sv: 'Avslutade av någon', en: 'Resolved by somebody' },
  falseAlarms: { sv: 'Falsklarm', en: 'False alarms' },
  falseShare: { sv: 'Andel falsklarm, %', en: 'False alarms, %' },
  loads: {
    sv: 'Larmbelastning (ISA-18.2), per person i tjänst; bara larm från den här kommunen',
    en: 'Alarm load (ISA-18.2), for each on duty; only alerts of this municipality',
  },
  operators: { sv: 'Personer i tjänst, i snitt', en: 'People on duty, on average' },
  perTenMinutes: { sv: 'Per tio minuter', en: 'In ten minutes' },
  mostInTenMinutes: { sv: 'Mest på tio minuter', en: 'Most in ten minutes' },
  floodShare: { sv: 'Tid med larmflod, %', en: 'Time in flood, %' },
  chattering: { sv: 'Upprepade inom 60 s', en: 'Chattering' },
  stale: { sv: 'Öppna över ett dygn', en: 'Open for over a day' },
  topTen: { sv: 'Från de tio vanligaste källorna, %', en: 'From the ten most frequent sources, %' },
  floods: { sv: 'Larmfloder', en: 'Floods' },
  from: { sv: 'Från', en: 'From' },
  to: { sv: 'Till', en: 'To' },
  staffing: { sv: 'Bemanning i minuter', en: 'Staffing in minutes' },
  responsible: { sv: 'Ansvar', en: 'Answering' },
  uncovered: { sv: 'Utan någon i tjänst', en: 'With nobody on duty' },
  gaps: { sv: 'Längsta luckorna', en: 'The longest gaps' },
  minutes: { sv: 'Minuter', en: 'Minutes' },
  uptime: { sv: 'Utrustning som kunde höras', en: 'Devices that could be heard' },
  devices: { sv: 'Antal', en: 'Devices' },
  heard: { sv: 'Hördes, % av tiden', en: 'Heard, % of the time' },
  silentMinutes: { sv: 'Tysta minuter', en: 'Silent minutes' },
  weeks: { sv: 'Vecka för vecka', en: 'Week by week' },
  acceptanceP95: { sv: 'Av de tagna: 95 % inom, s', en: 'Of those accepted: 95 % within, s' },
} as const satisfies Record<string, Text>;

/** The row of those that are too few homes each. */
export function gatheredTitle(count: number): Text {
  return { sv: `Övriga (${count} små grupper)`, en: `Others (${count} small groups)` };
}
