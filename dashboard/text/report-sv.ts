import type { Grade } from '../rule/load.ts';

function homes(count: number): string {
  return `${count} hem`;
}

function alerts(count: number): string {
  return `${count} larm`;
}

/** Swedish of following up: how alerts were answered, for coordinators and their managers. */
export const reportSv = {
  title: 'Uppföljning',
  nav: {
    label: 'Uppföljningens sidor',
    followUp: 'Uppföljning',
    benefit: 'Nytta',
    costs: 'Kostnader',
    telemetry: 'Telemetri',
  },
  about:
    'Hur larmen har besvarats, hur många de var och om utrustningen hördes. Siffrorna gäller många hem tillsammans; ingen enskild person går att känna igen.',
  period: 'Period',
  periods: {
    'last-week': 'Förra veckan',
    'last-month': 'Förra månaden',
    'last-quarter': 'Förra kvartalet',
    'last-year': 'Förra året',
    own: 'Egna datum',
  },
  unit: 'Arbetslag',
  everyUnit: 'Alla arbetslag',
  from: 'Från och med',
  to: 'Till och med',
  dateHint: 'År-månad-dag, till exempel 2026-10-01',
  showDates: 'Visa perioden',
  dateProblems: {
    'no-date': 'Skriv datum som 2026-10-01.',
    backwards: 'Perioden slutar innan den börjar.',
    'too-long': 'Välj högst ett år (366 dagar).',
  },
  working: 'Räknar fram rapporten … En lång period kan ta någon minut.',
  file: 'Hämta som fil (CSV)',
  print: 'Skriv ut',
  days: (from: string, to: string) => (from === to ? from : `${from} – ${to}`),
  paper: {
    heading: (municipality: string) => `Uppföljning av trygghetslarm, ${municipality}`,
    period: 'Period',
    unit: 'Arbetslag',
    made: 'Framtagen',
    basis: 'Underlag',
  },
  basis: (count: number, residents: number) => `${homes(count)}, ${residents} brukare`,
  caution:
    'Perioden är inte hela, avslutade kalendermånader. Lämna inte ut rapporten tillsammans med en annan vars period överlappar: skillnaden mellan dem kan visa vad som hände i ett fåtal hem.',
  tooSmall: {
    title: 'För få hem för en rapport',
    about: (count: number) =>
      `Urvalet har ${homes(count)}. Med färre än fem hem skulle siffrorna kunna avslöja hur det går för en enskild person, så de visas inte.`,
    aboutOthers:
      'Utanför urvalet är det så få hem att siffrorna kunde räknas ut genom att jämföra rapporter. Därför visas de inte.',
    mend: 'Välj alla arbetslag i stället.',
    mendWhole: 'Rapporten visas när kommunen har fler hem med övervakning under perioden.',
  },
  summary: {
    title: 'I korthet',
    none: (period: string, count: number) =>
      `${period}: inga vårdlarm. Rapporten omfattar ${homes(count)}.`,
    counts: (period: string, count: number, of: number) =>
      `${period}: ${count} vårdlarm. Rapporten omfattar ${homes(of)}.`,
    within: (half: string, minute: string, three: string) =>
      `Av dem som skulle besvaras besvarades ${half} inom 30 sekunder, ${minute} inom en minut och ${three} inom tre minuter.`,
    allHeld: 'Inget av dem behövde besvaras: de hölls tillbaka tills de var över.',
    never: (count: number) =>
      count === 0
        ? 'Alla blev tagna av någon.'
        : `${alerts(count)} tog ingen: ${count === 1 ? 'det upphörde av sig självt' : 'de upphörde av sig själva'}, avslutades direkt eller väntar fortfarande.`,
    uncovered: (time: string) =>
      time === ''
        ? 'Någon var i tjänst hela tiden.'
        : `Sammanlagt ${time} var ingen i tjänst för arbetslag som hade ansvar.`,
  },
  volume: {
    title: 'Larm i perioden',
    care: 'Vårdlarm',
    technical: 'Tekniska larm',
    test: 'Provlarm',
    perDay: 'Vårdlarm per brukare och dygn',
    residentDays: 'Brukardygn',
    about: (period: string) =>
      `Larm som gick ${period}. Tekniska larm och prov räknas för sig och ingår inte i något annat i rapporten, om det inte sägs. Brukardygn: dygn med övervakning, sammanlagt för alla brukare. Pausad tid, till exempel på sjukhus, räknas inte.`,
    measure: 'Mått',
    value: 'Värde',
  },
  responses: {
    title: 'Svarstider',
    about:
      'Räknat från att larmet gick. Skärm: tills en skärm hos personalen visade det. Svar: tills någon tog det. Framme: tills någon var på plats. Avslut: tills det var avslutat. Bara larm som kom så långt ingår, och antalet står i tabellen. Prov är inte med.',
    percentiles:
      'Så läses tabellen: "9 av 10 inom" 40 s betyder att nio larm av tio tog högst 40 sekunder. Varje tid är en som verkligen inträffade.',
    timesTable: 'Tider, alla vårdlarm',
    step: 'Till',
    steps: {
      screen: 'skärm',
      acceptance: 'svar',
      arrival: 'framme',
      resolution: 'avslut',
    },
    count: 'Antal',
    p50: 'Hälften inom',
    p90: '9 av 10 inom',
    p95: '95 av 100 inom',
    p99: '99 av 100 inom',
    max: 'Längst',
    withinTable: 'Besvarade inom målen',
    withinAbout:
      'Andel av alla larm som skulle besvaras. Larm som ingen tog räknas som för sent besvarade, men inte de som upphörde av sig själva innan tiden hade gått. Stapeln visar andelen av hundra.',
    severity: 'Allvarlighetsgrad',
    all: 'Alla',
    alerts: 'Larm',
    within: { 30: 'Inom 30 s', 60: 'Inom 1 min', 180: 'Inom 3 min' } as Record<number, string>,
    withinOther: (time: string) => `Inom ${time}`,
    never: 'Ingen tog',
    arrivalTable: 'Tid till framme, efter allvarlighetsgrad',
    arrivalAbout: 'Bara larm där någon har sagt att de är framme.',
  },
  weeks: {
    title: 'Vecka för vecka',
    about:
      'Vårdlarm varje vecka, måndag till söndag. Den första och den sista veckan kan vara del av en vecka.',
    picture: 'Vårdlarm per vecka',
    week: 'Vecka',
    name: (week: number, from: string) => `v. ${week}, från ${from}`,
    tick: (week: number) => `v. ${week}`,
    alerts: 'Larm',
    p95: 'Av de besvarade: 95 av 100 inom',
    falseShare: 'Falska',
  },
  table: 'Visa som tabell',
  noTable: 'Göm tabellen',
  falseAlarms: {
    title: 'Falska larm',
    about: (smallest: number) =>
      `Andel av de avslutade larmen som personalen avslutade som falska. Larm som ännu pågår räknas inte i andelen. Regler och sorter med larm från färre än ${smallest} hem samlas i en rad.`,
    byRule: 'Efter regel',
    byKind: 'Efter sort av utrustning',
    rule: 'Regel',
    kind: 'Sort',
    alerts: 'Larm',
    resolved: 'Avslutade',
    falseAlarms: 'Falska',
    share: 'Andel falska',
    gatheredRules: (count: number) =>
      count === 1 ? '1 regel med få hem' : `${count} regler med få hem, tillsammans`,
    gatheredKinds: (count: number) =>
      count === 1 ? '1 sort med få hem' : `${count} sorter med få hem, tillsammans`,
    tooFew: 'för få för att visas',
    noneResolved: 'inget avslutat än',
    none: 'Inga vårdlarm i perioden.',
  },
  load: {
    title: 'Larmbelastning',
    about:
      'Larm per person i tjänst, bedömt efter ISA-18.2 och EEMUA 191: ett larm på tio minuter är godtagbart, två är det mesta som går att hantera. Fler än tio på tio minuter är en flod, och sådana tider ska vara under 1 % av tiden. Bara den här kommunens larm räknas: ett arbetslag som svarar också för andra kommuner har mer än så.',
    grades: {
      good: 'Inom gränserna',
      acceptable: 'Godtagbart, men mer än ett på tio minuter eller tillfälligt mycket',
      'too-much': 'Över gränserna: larm riskerar att missas',
    } satisfies Record<Grade, string>,
    none: 'Inget arbetslag fick larm i perioden.',
    hidden: (smallest: number) =>
      `Arbetslag som svarade för färre än ${smallest} hem visas inte, och inte heller de som deras siffror kunde räknas ut från.`,
    table: (unit: string) => `Belastning, ${unit}`,
    measure: 'Mått',
    value: 'Här',
    limit: 'Gräns',
    judged: 'Bedömning',
    within: 'inom',
    over: 'över',
    alerts: 'Larm i perioden',
    operators: 'Personer i tjänst samtidigt, i snitt',
    noDuty: 'vet inte, tjänst registreras inte',
    nobody: 'ingen var incheckad',
    perTen: 'Larm på tio minuter, per person i snitt',
    perTenLimit: 'godtagbart 1, högst 2',
    most: 'Flest larm på tio minuter, per person',
    mostLimit: 'högst 10',
    flood: 'Andel av tiden med flod',
    floodLimit: 'under 1 %',
    chattering: 'Larm som var minst det tredje om samma sak inom en minut',
    chatteringLimit: '0',
    stale: 'Larm som pågick mer än ett dygn',
    staleLimit: 'färre än 5',
    topTen: 'Andel från de tio hem och regler som larmade mest',
    noLimit: 'ingen',
    bySeverity: 'Efter allvarlighetsgrad',
    floods: (unit: string) => `Tider med flod, ${unit}`,
    floodAlerts: 'Larm',
    floodTime: 'Tid',
    noFloods: 'Ingen flod i perioden.',
  },
  staffing: {
    title: 'Tid utan någon i tjänst',
    about:
      'Minuter då ett arbetslag hade ansvar för hem men ingen var incheckad. Larm går då vidare i eskaleringskedjan, men de tar längre tid.',
    table: 'Utan någon i tjänst, efter arbetslag',
    unit: 'Arbetslag',
    responsible: 'Ansvarstid',
    uncovered: 'Utan någon i tjänst',
    share: 'Andel',
    gaps: (unit: string) => `Längsta luckorna, ${unit}`,
    gap: 'Tid',
    length: 'Längd',
    none: 'Inget arbetslag hade ansvar i perioden.',
    noTime: 'ingen',
    notKept: 'tjänst registreras inte',
  },
  uptime: {
    title: 'Utrustning som hördes',
    about: (smallest: number) =>
      `Andel av tiden i ett hem som utrustningen gick att höra. Tyst tid är summan för alla av sorten. Sorter i färre än ${smallest} hem samlas i en rad.`,
    table: 'Efter sort av utrustning',
    kind: 'Sort',
    devices: 'Antal',
    share: 'Hördes',
    silent: 'Tyst tid',
    none: 'Ingen utrustning övervakades i perioden.',
  },
  noisy: {
    title: 'Utrustning som oftare larmar falskt än rätt',
    about:
      'Bara för dig som får veta vem som bor var. Den här listan kommer inte med på papper eller i filen. Se över placering, inställning eller regel.',
    table: 'Utrustning med fler falska larm än rätta',
    device: 'Utrustning',
    home: 'Hem',
    falseAlarms: 'Falska',
    alerts: 'Larm',
  },
  lengths: {
    s: (value: number) => `${value}\u00a0s`,
    min: (value: number) => `${value}\u00a0min`,
    h: (value: number) => `${value}\u00a0tim`,
    d: (value: number) => `${value}\u00a0dygn`,
  },
};
