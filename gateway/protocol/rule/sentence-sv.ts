import { listWords } from './sentence-number.ts';
import { dayList, type Phrases } from './sentence-phrase.ts';

const worse = {
  emergency: 'akut',
  high: 'hög allvarlighetsgrad',
  medium: 'medelhög allvarlighetsgrad',
  low: 'låg allvarlighetsgrad',
  technical: 'ett tekniskt larm',
};

export const sv: Phrases = {
  window: (hours, days, isNight) => {
    if (days === null) return `Mellan ${hours}: `;
    return isNight
      ? `Nätter som börjar ${days}, mellan ${hours}: `
      : `${days[0]?.toUpperCase()}${days.slice(1)}, mellan ${hours}: `;
  },
  hours: ({ from, to }) => `${from} och ${to}`,
  days: (days) => listWords(dayList(days, 'sv'), 'and', 'sv'),
  condition: (what) => `om ${what}`,
  raise: {
    emergency: 'larma akut',
    high: 'larma med hög allvarlighetsgrad',
    medium: 'larma med medelhög allvarlighetsgrad',
    low: 'larma med låg allvarlighetsgrad',
    technical: 'ge ett tekniskt larm',
  },
  raiseAfter: (raise, wait) => `${raise} efter ${wait}`,
  andNot: (what, wait) => `och ${what} inom ${wait}`,
  times: (times, within) => `minst ${times} gånger inom ${within}`,
  and: 'och',
  holds: (cel) => `uttrycket ${cel} stämmer`,
  exceptAt: (places) => `(men inte ${places})`,
  silence: (what, length) => `${what} på ${length}`,
  noneOf: (place, length, what) => `inget av detta händer${place} på ${length} (${what})`,
  silentDevice: 'en utrustning inte hörs',
  silentHome: 'ingenting hörs från hemmet',
  silentResident: 'ingenting hörs som rör brukaren',
  longerThanAllowed: 'en utrustning är tyst längre än dess modell tillåter',
  pausedWhenEmpty: 'Tid då hemmet är känt som tomt räknas inte.',
  notSoFar: 'Är det redan så när tiden börjar larmar det inte.',
  soFar: 'Det gäller också om det redan är så när tiden börjar.',
  worsen: (what, wait, severity) => `Om sedan ${what} inom ${wait}, höj till ${worse[severity]}.`,
  cleared: (what) => `Det räknas som över när ${what}`,
  heardAgain: 'något hörs igen',
  leaves: 'och då försvinner larmet av sig självt om ingen har tagit det.',
  stays: 'men larmet ligger kvar tills någon avslutar det.',
  latched: 'Larmet ligger kvar tills någon avslutar det.',
  per: {
    device: 'Varje utrustning har högst ett sådant larm åt gången.',
    home: 'Hemmet har högst ett sådant larm åt gången.',
    resident: 'Varje brukare har högst ett sådant larm åt gången.',
  },
  cooldown: (length) => `Samma sak larmar inte igen förrän efter ${length}.`,
  inhibits: (rules) => `Så länge larmet pågår hålls larm i samma hem tillbaka från ${rules}.`,
  appliesTo: (parts) => `Gäller bara ${parts}.`,
  flags: (flags) => `hem där någon har markeringen ${flags}`,
  placements: (placements) => `utrustning på platsen ${placements}`,
  profiles: (profiles) => `utrustning av modellen ${profiles}`,
  ownValues: (parts) => `Ett hem kan få egna värden: ${parts}.`,
  range: (name, min, max) => `${name} från ${min} till ${max}`,
  action: (text) => `Att göra på plats: ${text}`,
  quote: (text) => `”${text}”`,
};
