import { z } from 'zod';

/** What the gateway tells a device on its `commands` topic. `id` stays the same when it is told again. */
export const Command = z.discriminatedUnion('command', [
  /** A carer has taken the wearer's alert: show, sound or speak that help is on its way. */
  z.object({ command: z.literal('reassure'), id: z.string(), at: z.iso.datetime() }),
]);
export type Command = z.infer<typeof Command>;
