import { z } from 'zod';

import type { Text } from './text.ts';

/** What an event is about: a call for care, everyday activity, or the equipment itself. */
export type EventKind = 'care' | 'activity' | 'technical';

export interface EventDefinition {
  title: Text;
  kind: EventKind;
  /** A single fact that calls for help: only a person ends the alert it raises. */
  latched: boolean;
  /** The shape of `data`; units are in the field names. Further fields are kept. */
  data: z.ZodType<Record<string, unknown>>;
}

const nothing = z.looseObject({});
const percent = z.number().min(0).max(100);

function define(
  kind: EventKind,
  sv: string,
  en: string,
  data: EventDefinition['data'] = nothing,
): EventDefinition {
  return { title: { sv, en }, kind, latched: false, data };
}

function latched(sv: string, en: string, data: EventDefinition['data'] = nothing): EventDefinition {
  return { ...define('care', sv, en, data), latched: true };
}

const confidence = z.looseObject({ confidence: z.number().min(0).max(1).optional() });

/** Every type of event, defined once. */
export const catalogue = {
  'help.pressed': latched('Larmknapp tryckt', 'Help button pressed'),
  'fall.detected': latched('Fall upptäckt', 'Fall detected', confidence),
  'seizure.detected': latched('Krampanfall upptäckt', 'Seizure detected', confidence),
  'smoke.detected': latched('Rök upptäckt', 'Smoke detected'),
  'co.detected': latched('Kolmonoxid upptäckt', 'Carbon monoxide detected'),
  'water.detected': latched('Vattenläcka upptäckt', 'Water leak detected'),
  /** A sensor that is not sure; rules may ask what follows. */
  'fall.suspected': define('care', 'Misstänkt fall', 'Fall suspected', confidence),
  'smoke.cleared': define('care', 'Rök borta', 'Smoke cleared'),
  'co.cleared': define('care', 'Kolmonoxid borta', 'Carbon monoxide cleared'),
  'water.cleared': define('care', 'Vatten borta', 'Water cleared'),
  'bed.left': define('activity', 'Lämnade sängen', 'Left the bed'),
  'bed.entered': define('activity', 'Lade sig', 'Got into bed'),
  'door.opened': define('activity', 'Dörr öppnad', 'Door opened'),
  'door.closed': define('activity', 'Dörr stängd', 'Door closed'),
  'motion.detected': define('activity', 'Rörelse', 'Motion'),
  'motion.cleared': define('activity', 'Ingen rörelse', 'No more motion'),
  'presence.detected': define('activity', 'Närvaro', 'Presence'),
  'presence.cleared': define('activity', 'Ingen närvaro', 'No more presence'),
  'person.out-of-bed': define('activity', 'Ur säng (kamera)', 'Out of bed (camera)', confidence),
  'person.left-room': define(
    'activity',
    'Lämnade rummet (kamera)',
    'Left the room (camera)',
    confidence,
  ),
  'person.seen': define('activity', 'Person sedd (kamera)', 'Person seen (camera)', confidence),
  'sound.loud': define(
    'activity',
    'Högt ljud',
    'Loud sound',
    z.looseObject({ levelDb: z.number().optional() }),
  ),
  'medication.taken': define('activity', 'Medicin tagen', 'Medication taken'),
  'medication.missed': define('care', 'Medicin ej tagen', 'Medication missed'),
  'area.left': define('care', 'Lämnade området', 'Left the area'),
  'area.entered': define('care', 'Åter i området', 'Back in the area'),
  'temperature.measured': define(
    'technical',
    'Temperatur',
    'Temperature',
    z.looseObject({ celsius: z.number().min(-90).max(150) }),
  ),
  'humidity.measured': define('technical', 'Luftfuktighet', 'Humidity', z.looseObject({ percent })),
  /** Lamps and kettles tell how somebody lives. */
  'illuminance.measured': define(
    'activity',
    'Ljusnivå',
    'Illuminance',
    z.looseObject({ lux: z.number().min(0).max(200_000) }),
  ),
  /** What is drawn now, in watts; what feeds power back is not measured here. */
  'power.measured': define(
    'activity',
    'Effekt',
    'Power draw',
    z.looseObject({ watts: z.number().min(0).max(100_000) }),
  ),
  'power.lost': define('technical', 'Nätström borta', 'Mains power lost'),
  'power.restored': define('technical', 'Nätström åter', 'Mains power restored'),
  'battery.measured': define('technical', 'Batteri', 'Battery', z.looseObject({ percent })),
  'battery.low': define(
    'technical',
    'Batteri lågt',
    'Battery low',
    z.looseObject({ percent: percent.optional() }),
  ),
  'link.measured': define(
    'technical',
    'Signal',
    'Signal',
    z.looseObject({ rssiDbm: z.number().optional(), lqi: z.number().min(0).max(255).optional() }),
  ),
  'tamper.detected': define('technical', 'Åverkan', 'Tampering'),
  'test.pressed': define('technical', 'Provlarm', 'Test alarm'),
  'device.heartbeat': define('technical', 'Livstecken', 'Heartbeat'),
  /** A hub says that it cannot reach a device, or that its own software has stopped; `by` is which, `reason` why. */
  'reach.lost': define('technical', 'Utom räckhåll', 'Out of reach'),
  'reach.restored': define('technical', 'Åter inom räckhåll', 'Within reach again'),
  'device.connected': define('technical', 'Ansluten', 'Connected'),
  'device.disconnected': define('technical', 'Frånkopplad', 'Disconnected'),
  /** What a device called something we have no word for; `originalType` is its own word. */
  unknown: define(
    'technical',
    'Okänd händelse',
    'Unknown event',
    z.looseObject({ originalType: z.string() }),
  ),
} satisfies Record<string, EventDefinition>;

export type EventType = keyof typeof catalogue;

export const eventTypes = Object.keys(catalogue) as EventType[];

export function isEventType(type: string): type is EventType {
  return Object.hasOwn(catalogue, type);
}

/** Types only the gateway itself reports; a device that sends one is not believed. */
export const gatewayTypes: readonly EventType[] = [
  'device.connected',
  'device.disconnected',
  'unknown',
];
