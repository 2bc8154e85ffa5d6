import type { CostKey } from '../../gateway/protocol/report/costs.ts';

/** Swedish of what is used of a shared service, and who pays how much of it. */
export const costsSv = {
  title: 'Kostnader',
  about:
    'Vad varje kommun använder av den gemensamma tjänsten, och hur en kostnad kan delas efter det.',
  alone:
    'Er kommun delar inte kostnader med andra i Vaka, så här syns bara er egen användning. Den som driver tjänsten kan lägga till er: vaka costs join --municipality',
  period: 'Period',
  from: 'Från och med',
  to: 'Till och med',
  dateHint: 'År-månad-dag',
  countedUntil: (day: string) => `Perioden pågår. Räknat till och med ${day}.`,
  usage: 'Användning',
  usageArea: 'Tabell, användning',
  usageAbout:
    'I genomsnitt över perioden: det som fanns halva tiden räknas som en halv. Larm är vårdlarm och tekniska larm, utan provlarm.',
  municipality: 'Kommun',
  own: 'er kommun',
  columns: {
    residents: 'Brukare',
    homes: 'Hem',
    devices: 'Utrustningar',
    alerts: 'Larm',
  },
  hidden: 'visas inte',
  hiddenAbout:
    'Antalet larm visas inte för en kommun med färre än fem hem, eftersom det skulle säga hur några få personer har det. Därför går det inte heller att dela efter larm nu. Dela efter hem eller brukare i stället.',
  split: 'Dela en kostnad',
  total: 'Kostnad att dela (kr)',
  totalWrong: 'Skriv kronor, med högst två decimaler: 125 000 eller 99,50.',
  presets: 'Färdiga sätt',
  preset: {
    even: 'Lika',
    homes: 'Per hem',
    residents: 'Per brukare',
    mixed: '30 % lika, 70 % per hem',
  },
  weights: 'Så stor del delas efter',
  keys: {
    even: 'Lika för alla',
    residents: 'Brukare',
    homes: 'Hem',
    devices: 'Utrustningar',
    alerts: 'Larm',
    population: 'Folkmängd',
  } satisfies Record<CostKey, string>,
  percentOf: (key: string) => `${key} (%)`,
  percentWrong: 'Skriv ett tal från 0 till 100, med högst två decimaler.',
  sumOf: (sum: string) => `Tillsammans ${sum} % av 100 %.`,
  population: 'Folkmängd',
  populationOf: (name: string) => `Folkmängd, ${name}`,
  populationWrong: 'Skriv ett heltal.',
  notYet:
    'Skriv en kostnad, och delar som tillsammans är 100 %, för att se vad var och en betalar.',
  result: 'Vad var och en betalar',
  splitBy: (total: string, parts: string) => `${total} kr delat så: ${parts}.`,
  amount: 'Belopp (kr)',
  share: 'Andel',
  sum: 'Summa',
  unused: (keys: string) => `Ingen kommun har något av: ${keys}. Den delen har delats lika.`,
  exact: 'Beloppen är exakta på öret och blir tillsammans hela kostnaden.',
  summary: (count: number, total: string) => `${total} kr delat på ${count} kommuner.`,
  file: 'Hämta som fil (CSV)',
  print: 'Skriv ut',
  printed: (day: string) => `Utskriven ${day}`,
};
