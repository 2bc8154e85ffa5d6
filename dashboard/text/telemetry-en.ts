import { span } from './asking-en.ts';
import type { telemetrySv } from './telemetry-sv.ts';

/** English of how the writing of history goes. */
export const telemetryEn: typeof telemetrySv = {
  title: 'Telemetry',
  about:
    'Readings and the times of alerts are written here from the event log. When that cannot be done they wait in the log, and nothing is lost. Alerts never wait for it.',
  well: (count) =>
    count === 1 ? 'History is written as it should be.' : 'All history is written as it should be.',
  wellBut: (count, told) =>
    count === 1
      ? 'Nothing waits, but one point has been refused. See below.'
      : `Nothing waits, but ${told} points have been refused. See below.`,
  behind: (count) => (count === 1 ? 'One place is behind.' : `${count} places are behind.`),
  left: (count) =>
    count === 1
      ? 'One home is to be erased in a place that Vaka no longer reaches. See below.'
      : `${count} homes are to be erased in places that Vaka no longer reaches. See below.`,
  leftTitle: 'To be erased, and still there',
  leftAbout:
    'Somebody who lives there has withdrawn their consent. Vaka no longer writes to this place, and so cannot erase from it either.',
  leftHomes: (count) => `${count} ${count === 1 ? 'home' : 'homes'} to erase`,
  leftAgain: (sink) =>
    `Name ${sink} in VAKA_TELEMETRY again until it is done. Vaka then erases the homes by itself.`,
  leftForget: 'Or remove the database or bucket on the server by hand, and then run:',
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
  noLag: 'not at all',
  lagOf: span,
  written: 'Points written since the start',
  refused: 'Refused points',
  trouble: 'Fault',
  troubleSince: 'Since',
  advice: {
    'up-to-date': '',
    'catching-up': 'It writes what has waited. Nothing needs to be done.',
    waiting:
      'See that the server runs, that the address and the credentials are right and that its disk is not full. Vaka tries again by itself, and then writes all that has waited.',
  },
  refusedTitle: 'Refused points',
  refusedAbout:
    'The server does not take just these, for instance because they are older than it keeps or of another type than values before them. They are set aside, and all else is written.',
  refusedAdvice:
    'When the cause is mended, the time can be written anew. What is there already is not changed:',
  refusedCommand: 'vaka telemetry backfill --from DATE',
  refusedNone: 'No refused points.',
  refusedShown: (shown, all) => `The ${shown} refused last of ${all}, by cause:`,
  refusedCount: (sink, count) => `${sink}: ${count} ${count === 1 ? 'point' : 'points'}`,
  refusedWhat: (what, from, to) =>
    from === to ? `${what}. Measured ${from}.` : `${what}. Measured between ${from} and ${to}.`,
  refusedBy: (when) => `Last refused ${when}.`,
  refusedPoints: 'Show the points',
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
