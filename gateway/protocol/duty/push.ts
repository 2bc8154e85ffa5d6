import { z } from 'zod';

/** GET /push/key */
export const PushKey = z.object({ publicKey: z.string() }).meta({ id: 'PushKey' });

/** PUT /push/subscription, at each load of the page: whoever is signed in now is who is told there. */
export const PushSubscriptionInput = z.strictObject({
  endpoint: z.url({ protocol: /^https?$/ }).max(2_000),
  keys: z.strictObject({ p256dh: z.string().min(1).max(200), auth: z.string().min(1).max(100) }),
});
export type PushSubscriptionInput = z.infer<typeof PushSubscriptionInput>;

/** DELETE /push/subscription */
export const PushSubscriptionEnd = z.strictObject({ endpoint: z.string().max(2_000) });

/** What a push carries: nothing personal, for it stands on a locked phone. */
export const PushMessage = z.object({
  id: z.string(),
  title: z.object({ sv: z.string(), en: z.string() }),
  body: z.object({ sv: z.string(), en: z.string() }),
  path: z.string(),
  tag: z.string(),
  severity: z.string(),
});
export type PushMessage = z.infer<typeof PushMessage>;
