import type { Span } from '../clock/span.ts';
import { span } from './asking-sv.ts';

/** Swedish of how the writing of history goes. */
export const telemetrySv = {
  title: 'Telemetri',
  about:
    'Mätvärden och larmtider skrivs hit ur händelseloggen. Går det inte just nu väntar de i loggen, och inget går förlorat. Larm väntar aldrig på det här.',
  well: (count: number): string =>
    count === 1 ? 'Historiken skrivs som den ska.' : 'All historik skrivs som den ska.',
  wellBut: (count: number, told: string): string =>
    count === 1
      ? 'Inget väntar, men en mätpunkt har avvisats. Se nedan.'
      : `Inget väntar, men ${told} mätpunkter har avvisats. Se nedan.`,
  behind: (count: number) => (count === 1 ? 'Ett mål ligger efter.' : `${count} mål ligger efter.`),
  left: (count: number) =>
    count === 1
      ? 'Ett hem ska raderas på ett ställe som Vaka inte längre når. Se nedan.'
      : `${count} hem ska raderas på ställen som Vaka inte längre når. Se nedan.`,
  leftTitle: 'Ska raderas men finns kvar',
  leftAbout:
    'Någon som bor där har tagit tillbaka sitt samtycke. Vaka skriver inte längre hit och kan därför inte heller radera.',
  leftHomes: (count: number) => `${count} hem ska raderas`,
  leftAgain: (sink: string) =>
    `Ange ${sink} i VAKA_TELEMETRY igen tills det är gjort. Då raderar Vaka hemmen av sig själv.`,
  leftForget: 'Eller ta bort databasen på servern (i InfluxDB 2: bucket) för hand, och kör sedan:',
  sinks: 'Dit historiken skrivs',
  names: {
    embedded: 'Inbyggd historik',
    'influx-1': 'InfluxDB 1',
    'influx-2': 'InfluxDB 2 eller 3',
  } as Record<string, string>,
  asked: 'diagrammen läser härifrån',
  states: {
    'up-to-date': 'I fas',
    'catching-up': 'Hinner ikapp',
    waiting: 'Väntar',
  },
  lag: 'Eftersläpning',
  noLag: 'ingen',
  lagOf: (time: Span) => span(time),
  written: 'Skrivna mätpunkter sedan start',
  refused: 'Avvisade mätpunkter',
  trouble: 'Fel',
  troubleSince: 'Sedan',
  advice: {
    'up-to-date': '',
    'catching-up': 'Skriver det som har väntat. Inget behöver göras.',
    waiting:
      'Kontrollera att servern är igång, att adressen och inloggningen stämmer och att disken inte är full. Vaka försöker igen av sig själv och skriver då allt som har väntat.',
  },
  refusedTitle: 'Avvisade mätpunkter',
  refusedAbout:
    'Servern tar inte emot just de här, till exempel för att de är äldre än den sparar eller av en annan typ än tidigare värden. De är lagda åt sidan, och allt annat skrivs.',
  refusedAdvice: 'När orsaken är åtgärdad kan tiden skrivas om. Det som redan finns ändras inte:',
  refusedCommand: 'vaka telemetry backfill --from DATUM',
  refusedNone: 'Inga avvisade mätpunkter.',
  refusedShown: (shown: string, all: string) =>
    `De ${shown} senast avvisade av ${all}, efter orsak:`,
  refusedCount: (sink: string, count: number) =>
    `${sink}: ${count} ${count === 1 ? 'mätpunkt' : 'mätpunkter'}`,
  refusedWhat: (what: string, from: string, to: string) =>
    from === to ? `${what}. Mätt ${from}.` : `${what}. Mätt mellan ${from} och ${to}.`,
  refusedBy: (when: string) => `Senast avvisat ${when}.`,
  refusedPoints: 'Visa mätpunkterna',
  more: 'Visa fler',
  measurements: {
    battery: 'Batteri',
    link: 'Signal',
    temperature: 'Temperatur',
    humidity: 'Luftfuktighet',
    illuminance: 'Ljus',
    power: 'Effekt',
    activity: 'Aktivitet',
    bed: 'I säng',
    door: 'Dörr',
    alert: 'Larmtider',
    system: 'Systemet',
  } as Record<string, string>,
};
