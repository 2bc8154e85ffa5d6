import { span } from './asking-en.ts';
import type { telemetrySv } from './telemetry-sv.ts';

/** English of how the writing of history goes. */
export const telemetryEn: typeof telemetrySv = {
  title: 'Telemetry',
  about:
    'Readings and the times of alerts are written here from the event log. When that cannot be done they wait in the log, and nothing is lost. Alerts never wait for it.',
  well: (count) =>
    count === 1 ? 'History is written as it should be.' : 'All history is written as it should be.',
  behind: (count) => (count === 1 ? 'One place is behind.' : `${count} places are behind.`),
  sinks: 'Where history is written',
  names: {
    embedded: 'Embedded history',
    'influx-1': 'InfluxDB 1',
    'influx-2': 'InfluxDB 2 or 3',
  },
  asked: 'charts are read from here',
  states: {
    'up-to-date': 'Up to date',
    'catching-up': 'Catching up',
    waiting: 'Waiting',
  },
  lag: 'Behind',
  noLag: 'nothing waits',
  lagOf: span,
  written: 'Points written since the start',
  refused: 'Refused points',
  trouble: 'The server said',
  troubleSince: 'Since',
  advice: {
    'up-to-date': '',
    'catching-up': 'It writes what has waited. Nothing needs to be done.',
    waiting:
      'See that the server runs, that the address and the credentials are right and that its disk is not full. Vaka tries again by itself, and then writes all that has waited.',
  },
  refusedTitle: 'Points that are never taken',
  refusedAbout:
    'The server has refused just these, for instance because they are older than it keeps or of another type than values before them. They are set aside, and the rest is written.',
  refusedAdvice:
    'When the cause is mended: write the time anew with vaka telemetry backfill --from DATE. What is there already is not changed.',
  refusedNone: 'No refused points.',
  refusedRow: (measurement, when) => `${measurement}, measured ${when}`,
  refusedBy: (sink, when) => `${sink} refused it ${when}`,
  more: 'Show more',
  measurements: {
    battery: 'Battery',
    link: 'Signal',
    temperature: 'Temperature',
    humidity: 'Humidity',
    illuminance: 'Light',
    power: 'Power',
    activity: 'Activity',
    bed: 'In bed',
    door: 'Door',
    alert: 'Times of alerts',
    system: 'The system',
  },
};
