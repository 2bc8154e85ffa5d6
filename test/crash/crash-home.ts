import type { ProfileId } from '../../gateway/protocol/profile.ts';

const inEveryHome: readonly ProfileId[] = [
  'call-button',
  'fall-detector',
  'door-contact',
  'motion-sensor',
];
const oneOf: readonly ProfileId[] = [
  'bed-sensor',
  'smoke-detector',
  'water-detector',
  'hub',
  'night-camera',
];

/** Homes of five devices each, of all kinds that rules speak of. */
export function crashHomes(devices: number): ProfileId[][] {
  return Array.from({ length: Math.ceil(devices / 5) }, (_, home) => {
    const more = oneOf[home % oneOf.length] ?? 'event-only';
    return [...inEveryHome, more].slice(0, devices - home * 5);
  });
}
