import type { AlertView, Outcome, Severity } from '../../gateway/protocol/alert.ts';
import type { Role } from '../../gateway/protocol/api.ts';
import type { Span } from '../clock/span.ts';
import { askingSv, span } from './asking-sv.ts';
import { backtestSv } from './backtest-sv.ts';
import { benefitSv } from './benefit-sv.ts';
import { costsSv } from './costs-sv.ts';
import { dutySv } from './duty-sv.ts';
import { fleetSv } from './fleet-sv.ts';
import { fromGatewaySv } from './from-gateway-sv.ts';
import { historySv } from './history-sv.ts';
import { holdSv } from './hold-sv.ts';
import { hubSv } from './hub-sv.ts';
import { installSv } from './install-sv.ts';
import { planSv } from './plan-sv.ts';
import { pushSv } from './push-sv.ts';
import { reportSv } from './report-sv.ts';
import { ruleSv } from './rule-sv.ts';
import { telemetrySv } from './telemetry-sv.ts';

type Activity = 'motion' | 'door' | 'bed' | 'presence';

function homes(count: number): string {
  return `${count} hem`;
}

const roles: Record<Role, string> = {
  carer: 'vårdpersonal',
  technician: 'tekniker',
  coordinator: 'samordnare',
  administrator: 'administratör',
};

const severities = {
  emergency: 'akut',
  high: 'hög',
  medium: 'medel',
  low: 'låg',
  technical: 'tekniskt',
} satisfies Record<Severity, string>;

/** Swedish, the language of the field; `en.ts` has the same keys. */
export const sv = {
  locale: 'sv-SE',
  vaka: 'Vaka',
  skip: 'Hoppa till innehållet',
  loading: 'Hämtar …',
  close: 'Stäng',
  cancel: 'Avbryt',
  retry: 'Försök igen',
  wayOn: (page: string) => `Gå till sidan ${page}`,
  notFound: 'Sidan finns inte.',
  gone: 'Det du söker finns inte, eller är inte för dig att se.',
  forbidden: 'Din roll får inte göra det.',
  crashed:
    'Något gick fel på den här skärmen, och den visar inga larm. Den laddas om av sig själv om några sekunder.',
  failed: 'Det gick inte att hämta.',
  fromGateway: fromGatewaySv,
  networkProblem: 'Vaka svarade inte. Kontrollera nätet och försök igen.',
  unreadable: 'Svaret gick inte att läsa. Ladda om sidan.',
  span,
  ago: (time: Span) => `för ${span(time)} sedan`,
  /** Of what still goes on. */
  since: (time: Span) => `sedan ${span(time)}`,
  justNow: 'nyss',
  never: 'aldrig',
  unknown: 'okänt',
  exactly: (words: string) => `Visa exakt tid: ${words}`,
  menu: {
    open: 'Meny',
    pages: 'Sidor',
    language: 'Språk',
    scheme: 'Färgschema',
    system: 'Följ systemet',
    light: 'Ljust',
    dark: 'Mörkt',
    signOut: 'Logga ut',
    signedInAs: (name: string, role: Role) => `${name}, ${roles[role]}`,
  },
  page: {
    board: 'Larm',
    technical: 'Teknisk kö',
    homes: 'Hem',
    devices: 'Utrustning',
    install: 'Installera',
    rules: 'Regler',
    staffing: 'Bemanning',
    holds: 'Tystat och pausat',
    reports: 'Uppföljning',
    rule: 'Regel',
    alert: 'Larm',
    home: 'Hem',
    duty: 'Tjänst',
    test: 'Testkö',
    push: 'Notiser',
    signIn: 'Logga in',
  },
  session: {
    title: 'Logga in i Vaka',
    email: 'E-post',
    password: 'Lösenord',
    submit: 'Logga in',
    aboutLinks:
      'Har du fått en engångslänk? Öppna den på den här enheten, så loggas du in utan lösenord. En länk gäller en gång.',
    withLink: 'Loggar in med din länk …',
    linkFailed:
      'Länken gäller inte längre. Be din samordnare om en ny, eller logga in med lösenord.',
    wrong: 'E-post eller lösenord stämmer inte. Kontrollera båda, eller be om en engångslänk.',
    tooMany: 'För många försök. Vänta en minut och försök igen.',
    incomplete: 'Fyll i både e-post och lösenord.',
    ended: 'Du har loggats ut. Logga in igen för att se larm.',
  },
  sound: {
    on: 'Ljud på',
    off: 'Ljud av',
    locked: 'Ljud väntar',
    turnOn: 'Slå på ljud',
    turnOff: 'Stäng av ljud',
    unlock: 'Tryck för att slå på ljud',
    unlockWhy: 'Webbläsaren spelar inga larmljud förrän du har tryckt.',
    offWarning: 'Ljudet är av. Larm hörs inte på den här skärmen.',
  },
  stale: {
    silent: (time: Span) => `Ingen kontakt med Vaka sedan ${span(time)}.`,
    advice: 'Bilden är gammal och nya larm syns inte här. Följ reservrutinen, eller ladda om.',
    since: (clock: string) => `Ingen kontakt med Vaka sedan klockan ${clock}.`,
    reload: 'Ladda om',
    back: 'Kontakten med Vaka är tillbaka.',
  },
  board: {
    unanswered: 'Väntar på svar',
    taken: 'Har någon',
    technical: 'Tekniska',
    none: 'Inga larm.',
    allTaken: 'Alla larm har någon.',
    noTechnical: 'Inga tekniska larm.',
    answering: (answering: number, all: number) =>
      answering === all ? `${homes(all)} svarar.` : `${answering} av ${homes(all)} svarar.`,
    lastEvent: (time: Span | null) =>
      time === null ? 'Senaste händelse nyss.' : `Senaste händelse för ${span(time)} sedan.`,
    noEvent: 'Ingen händelse har kommit än.',
    summary: (alerts: number, onTheWay: number, answering: number) =>
      `${alerts} larm · ${onTheWay} på väg · ${homes(answering)} svarar`,
    announce: (severity: Severity, title: string, where: string) =>
      `Nytt larm, ${severities[severity]}: ${title}. ${where}`,
    announceReturned: (title: string, where: string) => `Larm utan svar igen: ${title}. ${where}`,
  },
  alert: {
    accept: 'Jag tar det',
    arrive: 'Framme',
    resolve: 'Avsluta',
    sending: 'Skickar …',
    more: (title: string) => `Mer om ${title}`,
    acceptIn: 'Jag tar det, framme om',
    minutes: (count: number) => `${count} min`,
    comment: 'Kommentera',
    timeline: 'Visa förlopp',
    home: 'Öppna hemmet',
    has: (name: string) => `${name} har det`,
    mine: 'Du har det',
    arrived: (name: string) => `${name} är framme`,
    arrivedMe: 'Du är framme',
    eta: (time: Span) => `framme om ${span(time)}`,
    etaPassed: (time: Span) => `skulle ha varit framme för ${span(time)} sedan`,
    late: (time: Span) => `larmade ${span(time)} sent`,
    repeated: (count: number) => `upprepat ${count} ${count === 1 ? 'gång' : 'gånger'}`,
    clearedAgo: (time: Span) => `upphörde för ${span(time)} sedan`,
    alreadyHas: (name: string) => `${name} har det redan.`,
    alreadyResolved: 'Larmet är redan avslutat.',
    outcome: 'Hur gick det?',
    resolveTitle: (title: string) => `Avsluta: ${title}`,
    outcomes: {
      helped: 'Hjälp gavs',
      'false-alarm': 'Falsklarm',
      test: 'Test',
      technical: 'Tekniskt fel',
      'no-action': 'Ingen åtgärd behövdes',
    } satisfies Record<Outcome, string>,
    note: 'Anteckning (frivillig)',
    pickOutcome: 'Välj hur det gick.',
    commentTitle: 'Kommentar',
    commentSend: 'Skicka kommentar',
    commentEmpty: 'Skriv något först.',
    commentSaved: 'Kommentaren är sparad.',
    facts: 'Uppgifter',
    severity: 'Allvar',
    where: 'Var',
    device: 'Utrustning',
    happened: 'Hände',
    raised: 'Larmade',
    who: 'Har det',
    nobody: 'Ingen än',
    result: 'Utfall',
    rule: 'Regel',
    ruleVersion: (id: string, version: number) => `${id}, version ${version}`,
    history: 'Förlopp',
    toBoard: 'Till larmen',
    resolvedAgo: (time: Span) => `avslutat för ${span(time)} sedan`,
  },
  severity: severities,
  state: {
    firing: 'Väntar på svar',
    accepted: 'Någon har det',
    'on-site': 'På plats',
    resolved: 'Avslutat',
  } satisfies Record<AlertView['state'], string>,
  inhibition: {
    section: 'Väntar på ett annat larm',
    waitsFor: (title: string) => `Väntar på: ${title}`,
    waitsForAnother: 'Väntar på ett annat larm i hemmet',
    action: 'Gör så här',
  },
  step: (step: number) => `steg ${step}`,
  home: {
    residents: 'Bor här',
    noResident: 'Namn visas inte för din roll.',
    devices: 'Utrustning',
    noDevices: 'Ingen utrustning är placerad här.',
    activity: 'Senaste dygnet',
    noActivity: 'Aktivitet visas inte för din roll.',
    asTable: 'Visa som tabell',
    asPicture: 'Visa som bild',
    lanes: { motion: 'Rörelse', door: 'Dörr', bed: 'Säng', presence: 'Närvaro' } satisfies Record<
      Activity,
      string
    >,
    hour: 'Timme',
    alertsColumn: 'Larm',
    describe: (total: number, alerts: number) =>
      `Aktivitet det senaste dygnet: ${total} händelser och ${alerts} larm. Samma uppgifter finns i tabellen.`,
    alerts: 'Larm de senaste sju dygnen',
    noAlerts: 'Inga larm de senaste sju dygnen.',
    unit: 'Arbetslag',
    liveAlerts: (count: number) => `${count} larm nu`,
    deviceCount: (count: number) => `${count} ${count === 1 ? 'utrustning' : 'utrustningar'}`,
    lastEvent: 'Senaste händelse',
    none: 'Inga hem.',
    search: 'Sök hem',
    noMatch: 'Inget hem passar sökningen.',
    address: 'Adress',
  },
  device: {
    silent: 'Tyst',
    silentSince: (time: Span) => `skulle ha hörts för ${span(time)} sedan`,
    soonSilent: (time: Span) => `tyst om ${span(time)} om den inte hörs`,
    lowBattery: 'Lågt batteri',
    disconnected: 'Frånkopplad',
    ok: 'Svarar',
    unsupervised: 'Övervakas inte',
    lastSeen: 'Hördes',
    battery: 'Batteri',
    percent: (value: number) => `${Math.round(value)} %`,
    signal: 'Signal',
    dbm: (value: number) => `${value} dBm`,
    notPlaced: 'Inte placerad',
    none: 'Ingen utrustning.',
    search: 'Sök utrustning',
    noMatch: 'Ingen utrustning passar sökningen.',
    trouble: (silent: number, low: number) => `${silent} tysta · ${low} med lågt batteri`,
    name: 'Utrustning',
    state: 'Läge',
  },
  ...askingSv,
  benefit: benefitSv,
  costs: costsSv,
  duty: dutySv,
  fleet: fleetSv,
  history: historySv,
  hold: holdSv,
  hub: hubSv,
  install: installSv,
  push: pushSv,
  plan: planSv,
  report: reportSv,
  rule: ruleSv,
  telemetry: telemetrySv,
  backtest: backtestSv,
};

export type Dictionary = typeof sv;
