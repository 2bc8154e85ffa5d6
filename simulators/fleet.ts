import { z } from 'zod';

import { isPlacement } from '../gateway/protocol/placement.ts';
import { isProfile } from '../gateway/protocol/profile.ts';
import { deviceIdPattern } from '../gateway/protocol/topic.ts';
import { Battery } from './battery.ts';
import { FleetHub } from './hub/fleet-hub.ts';
import { TimeZone } from './time-zone.ts';

const FleetDevice = z.object({
  /** Also its MQTT client id and user name. */
  id: z.string().regex(deviceIdPattern),
  secret: z.string().min(1),
  profile: z.string().refine(isProfile, 'There is no such profile.'),
  placement: z.string().refine(isPlacement, 'There is no such placement.'),
  /** The one it has whenever it is played; without it each play begins with some other. */
  battery: Battery.optional(),
});
export type FleetDevice = z.infer<typeof FleetDevice>;

const FleetHome = z.object({
  id: z.string().min(1),
  timeZone: TimeZone,
  devices: z.array(FleetDevice),
  hubs: z.array(FleetHub).optional(),
});
export type FleetHome = z.infer<typeof FleetHome>;

/** The homes and devices to play, with the credentials they were onboarded with. */
export const Fleet = z.object({ homes: z.array(FleetHome) });
export type Fleet = z.infer<typeof Fleet>;

/** The first so many homes, the named ones, or all of them. */
export function chooseHomes(fleet: Fleet, homes?: number | readonly string[]): FleetHome[] {
  if (homes === undefined) return fleet.homes;
  if (typeof homes === 'number') return fleet.homes.slice(0, homes);
  return fleet.homes.filter((home) => homes.includes(home.id));
}
