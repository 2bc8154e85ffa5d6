import type { Band, HabitComparison } from '../../gateway/protocol/history/home-day.ts';
import type { SeriesStep } from '../../gateway/protocol/series/series.ts';

export type BandKind = Band['kind'];
export type Habit = HabitComparison['habit'];

function times(count: number): string {
  return `${count} ${count === 1 ? 'gång' : 'gånger'}`;
}

/** Swedish of how days have been: weeks, days, habits, climate and the lines of devices. */
export const historySv = {
  link: 'Så har dagarna varit',
  title: 'Så har dagarna varit',
  dayTitle: 'En dag',
  toHome: 'Till hemmet',
  file: (what: string) => `Hämta ${what} som fil (CSV)`,
  table: 'Visa som tabell',
  unitOf: (value: string, unit: string) => (unit === '' ? value : `${value} ${unit}`),
  consent: {
    title: 'Inget följs över tid här',
    why: 'Hur någon lever följs över tid bara när alla som bor i hemmet har samtyckt till statistik. Det har de inte gjort här. Larmen fungerar som vanligt.',
    how: 'Samtycket registreras av den som sköter Vaka hos er, med kommandot',
    since: (day: string) => `Följs sedan ${day}; dagarna före är tomma.`,
  },
  length: (hours: number, minutes: number) => {
    if (hours === 0) return `${minutes}\u00a0min`;
    return minutes === 0 ? `${hours}\u00a0h` : `${hours}\u00a0h ${minutes}\u00a0min`;
  },
  week: {
    heading: (from: string, to: string) => `${from} – ${to}`,
    numbered: (week: number, dates: string) => `v. ${week}, ${dates}`,
    shown: 'Vecka för vecka',
    earlier: 'Veckan före',
    later: 'Veckan efter',
    latest: 'Senaste veckan',
    compare: 'Jämför med',
    noCompare: 'Ingen jämförelse',
    compareWith: (from: string, to: string, weeks: number) =>
      `${from} – ${to} (${weeks === 1 ? 'veckan före' : `${weeks} veckor före`})`,
    how: 'Tryck på en dag för att öppna den. Med tangentbord: piltangenterna går mellan dagarna och avsnitten, Enter öppnar.',
    days: 'Veckans dagar',
    today: 'i dag',
    incomplete: 'ofullständig: allt har kanske inte kommit in än',
    ongoing: 'pågår',
    nothing: 'Inget är känt om dagen.',
    hours: (hours: number) => `dygnet är ${hours} timmar, klockan ställdes om`,
    night: (from: string, to: string) => `i säng ${from}–${to}`,
    nightAbout: 'En natt räknas till den dag då den slutar.',
    toBed: (clock: string) => `i säng ${clock}`,
    rose: (clock: string) => `upp ${clock}`,
    up: (count: number, length: string) =>
      count === 0 ? 'inte uppe på natten' : `uppe ${times(count)} på natten, ${length}`,
    paused: (length: string) => `pausat ${length}`,
    alerts: (count: number) => `${count} larm`,
    legend: 'Bilden visar',
    band: {
      rest: 'Vila',
      up: 'Uppe på natten',
      away: 'Borta',
      unheard: 'Inget känt',
      paused: 'Pausat',
    } satisfies Record<BandKind, string>,
    short: {
      rest: 'vila',
      up: 'uppe',
      away: 'borta',
      unheard: 'inget känt',
      paused: 'pausat',
    } satisfies Record<BandKind, string>,
    bandAbout: {
      rest: 'i säng',
      up: 'ur säng mellan 23 och 06',
      away: 'ingen hemma',
      unheard: 'ingen kontakt med hemmet, eller följdes inte än',
      paused: 'hemmet var pausat, och inget räknas',
    } satisfies Record<BandKind, string>,
    estimated: 'uppskattat',
    estimatedAbout: 'Streckad kant: uppskattat ur rörelse och stillhet.',
    otherwise: 'Tomt: inga tecken på vila eller på att ingen är hemma',
    alert: (severity: string, title: string, clock: string) =>
      `Larm, ${severity}: ${title}, ${clock}`,
    columns: {
      day: 'Dag',
      toBed: 'I säng',
      rose: 'Upp',
      nightsUp: 'Uppe på natten',
      rest: 'Vila',
      away: 'Borta',
      paused: 'Pausat',
      rooms: 'Rum',
      bathroom: 'Badrum',
      alerts: 'Larm',
    },
    bathroom: (visits: number, length: string) => `${times(visits)}, längst ${length}`,
    notKnown: '–',
    notKnownWord: 'inte känt',
  },
  day: {
    back: 'Till veckan',
    earlier: 'Dagen före',
    later: 'Dagen efter',
    facts: 'Dagen i korthet',
    strip: 'Rum för rum',
    stripAbout: 'Hur ofta sensorerna har märkt av något, kvart för kvart.',
    noStrip: 'Inga sensorer i rummen har märkt av något den här dagen.',
    hour: 'Timme',
    alerts: 'Larm under dagen',
    noAlerts: 'Inga larm den här dagen.',
    activity: 'Livstecken',
    bands: 'Dygnet',
    from: 'Från',
    to: 'Till',
    what: 'Vad',
    length: 'Längd',
    describe: (rooms: number, alerts: number) =>
      `Aktivitet i ${rooms} rum och ${alerts} larm. Samma uppgifter finns i tabellen.`,
    lanes: { motion: 'rörelse', door: 'dörr', bed: 'säng', presence: 'närvaro' } as Record<
      string,
      string
    >,
  },
  habit: {
    title: 'Skiljer sig något från det vanliga?',
    none: 'Inget av det som går att jämföra skiljer sig från det vanliga de här sju dagarna.',
    tooFew: 'Det är för få dagar för att jämföra med det vanliga än.',
    about:
      'De sju dagarna jämförs med samma hem de åtta veckorna före. ”Vanligen” är det mittersta värdet; mellan talen inom parentes ligger tre dagar av fyra. Det är siffror, ingen bedömning av hur någon mår.',
    name: {
      'nights-up': 'Uppe på natten',
      rising: 'Stiger upp',
      rooms: 'Rum som används',
      bathroom: 'Längsta besöket i badrummet',
    } satisfies Record<Habit, string>,
    value: {
      'nights-up': (value: string) =>
        value === '1' ? '1 gång per natt' : `${value} gånger per natt`,
      rising: (clock: string) => `omkring ${clock}`,
      rooms: (value: string) => `${value} per dag`,
      bathroom: (value: string) => `${value} minuter`,
    } satisfies Record<Habit, (value: string) => string>,
    sentence: (name: string, now: string, when: string, usual: string, low: string, high: string) =>
      `${name}: ${now} ${when}, vanligen ${usual} (${low}–${high})`,
    thisWeek: 'den här veckan',
    thatWeek: 'den veckan',
    all: 'Visa alla jämförelser',
    comparisons: 'jämförelserna',
    caption: 'De sju dagarna och det vanliga',
    columns: {
      habit: 'Vana',
      now: 'Sju dagar',
      usual: 'Vanligen',
      range: 'Tre dagar av fyra',
      days: 'Dagar',
      differs: 'Skiljer sig',
    },
    days: (now: number, usual: number) => `${now} och ${usual}`,
    daysAbout: 'nu och före',
    more: {
      'nights-up': 'oftare',
      rising: 'senare',
      rooms: 'fler',
      bathroom: 'längre',
    } satisfies Record<Habit, string>,
    less: {
      'nights-up': 'mer sällan',
      rising: 'tidigare',
      rooms: 'färre',
      bathroom: 'kortare',
    } satisfies Record<Habit, string>,
    same: 'nej',
    notEnough: 'för få dagar',
  },
  climate: {
    title: 'Temperatur och luftfuktighet',
    none: 'Ingen sensor här har mätt temperatur eller luftfuktighet de här dagarna.',
    withheld: 'Temperatur och luftfuktighet följs bara med samtycke till statistik.',
  },
  chart: {
    how: 'Peka i bilden, eller gå med piltangenterna, för att läsa av.',
    value: (line: string, value: string) => `${line} ${value}`,
    between: (low: string, high: string) => `mellan ${low} och ${high}`,
    limit: (value: string) => `Gräns ${value}`,
    forecast: 'Streckat: prognosen.',
    lines: 'Linjer',
    when: 'När',
    /** In the hour that comes twice when summer time ends. */
    again: (clock: string) => `${clock} (andra gången)`,
    lowest: 'Lägst',
    highest: 'Högst',
    mean: 'Medel',
    alertsColumn: 'Larm',
    alert: (severity: string, title: string) => `Larm, ${severity}: ${title}`,
    steps: {
      raw: 'Varje mätning.',
      quarter: 'Medelvärde för varje kvart.',
      hour: 'Medelvärde för varje timme.',
      day: 'Medelvärde för varje dygn.',
    } satisfies Record<SeriesStep, string>,
    broken: 'Linjen är bruten där inget har mätts.',
  },
  trend: {
    title: 'Över tid',
    measured: 'mätningarna',
    period: 'Tid',
    periods: { 30: '30 dagar', 90: '90 dagar', 365: 'Ett år' },
    none: 'Inget har mätts den här tiden.',
    withheld:
      'Det som säger hur någon lever visas inte: alla i hemmet har inte samtyckt till statistik.',
    name: {
      'battery.percent': 'Batteri',
      'link.rssi_dbm': 'Signalstyrka',
      'link.lqi': 'Signalkvalitet',
      'temperature.celsius': 'Temperatur',
      'humidity.percent': 'Luftfuktighet',
      'illuminance.lux': 'Ljus',
      'power.watts': 'Effekt',
    } as Record<string, string>,
    reaches: (limit: string, day: string) =>
      `Når gränsen ${limit} omkring ${day}, om det fortsätter så.`,
    isThere: (limit: string) => `Är redan vid gränsen ${limit} eller under den.`,
    noForecast: 'Ingen prognos: för kort historia, eller ingen nedgång att tala om.',
  },
};

export type HistoryWords = typeof historySv;
