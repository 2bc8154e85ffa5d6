import type { FleetHome } from '../../simulators/fleet.ts';

/** A home so full of devices that it tells about 5,500 events a day, two million in a year. */
export function livelyHome(id: string, timeZone: string): FleetHome {
  const kinds = [
    ['button', 'call-button', 'worn', 1],
    ['fall', 'fall-detector', 'worn', 1],
    ['front-door', 'door-contact', 'entrance', 1],
    ['balcony-door', 'door-contact', 'balcony', 1],
    ['bed', 'bed-sensor', 'bed', 1],
    ['camera', 'night-camera', 'bedroom', 1],
    ['smoke', 'smoke-detector', 'hall', 2],
    ['water', 'water-detector', 'bathroom', 2],
    ['hall', 'motion-sensor', 'hall', 2],
    ['kitchen', 'motion-sensor', 'kitchen', 4],
    ['living-room', 'motion-sensor', 'living-room', 6],
    ['bathroom', 'motion-sensor', 'bathroom', 3],
    ['bedroom', 'motion-sensor', 'bedroom', 3],
    ['climate', 'thermometer', 'living-room', 7],
  ] as const;
  const devices = kinds.flatMap(([name, profile, placement, count]) =>
    Array.from({ length: count }, (_, index) => ({
      id: `${id}-${name}-${index + 1}`,
      secret: '-',
      profile,
      placement,
    })),
  );
  return { id, timeZone, devices };
}
