import type { Span } from '../clock/span.ts';
import { span } from './asking-sv.ts';

/** Swedish of how the writing of history goes. */
export const telemetrySv = {
  title: 'Telemetri',
  about:
    'Mätvärden och larmtider skrivs hit ur händelseloggen. Går det inte just nu väntar de i loggen, och inget går förlorat. Larm väntar aldrig på det här.',
  well: (count: number): string =>
    count === 1 ? 'Historiken skrivs som den ska.' : 'All historik skrivs som den ska.',
  behind: (count: number) => (count === 1 ? 'Ett mål ligger efter.' : `${count} mål ligger efter.`),
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
  lag: 'Efter',
  noLag: 'inget väntar',
  lagOf: (time: Span) => span(time),
  written: 'Skrivna mätpunkter sedan start',
  refused: 'Underkända mätpunkter',
  trouble: 'Servern sade',
  troubleSince: 'Sedan',
  advice: {
    'up-to-date': '',
    'catching-up': 'Skriver det som har väntat. Inget behöver göras.',
    waiting:
      'Kontrollera att servern är igång, att adressen och inloggningen stämmer och att disken inte är full. Vaka försöker igen av sig själv och skriver då allt som har väntat.',
  },
  refusedTitle: 'Mätpunkter som aldrig tas emot',
  refusedAbout:
    'Servern har sagt nej till just dessa, till exempel för att de är äldre än den sparar eller har en annan typ än tidigare värden. De är lagda åt sidan, och resten skrivs.',
  refusedAdvice:
    'När orsaken är åtgärdad: skriv om tiden med vaka telemetry backfill --from DATUM. Det som redan finns ändras inte.',
  refusedNone: 'Inga underkända mätpunkter.',
  refusedRow: (measurement: string, when: string) => `${measurement}, mätt ${when}`,
  refusedBy: (sink: string, when: string) => `${sink} sade nej ${when}`,
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
