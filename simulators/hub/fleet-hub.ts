import { z } from 'zod';

import { isPlacement } from '../../gateway/protocol/placement.ts';
import { deviceIdPattern } from '../../gateway/protocol/topic.ts';

/** What a simulated hub has heard of, and where that is. */
const BehindHub = z.object({
  /** The IEEE address, the EUI, or the camera's name. */
  address: z.string().min(1).max(100),
  /** What it is called in the hub; a label and no identity. */
  name: z.string().min(1).max(100),
  /** One of the models that the hub's simulator knows. */
  model: z.string(),
  /** Null: nobody has placed it, so that nothing that happens in the home reaches it. */
  placement: z
    .string()
    .refine((text) => isPlacement(text), 'There is no such placement.')
    .nullable(),
});
export type BehindHub = z.infer<typeof BehindHub>;

/** A hub or network server to play, with the credentials it was onboarded with. */
export const FleetHub = z.object({
  /** Also its MQTT client id and user name. */
  id: z.string().regex(deviceIdPattern),
  secret: z.string().min(1),
  speaks: z.enum(['zigbee2mqtt', 'frigate', 'chirpstack']),
  devices: z.array(BehindHub),
});
export type FleetHub = z.infer<typeof FleetHub>;
