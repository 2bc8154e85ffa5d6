import { z } from 'zod';

import { Id } from './instant.ts';

/** POST /endpoints, PUT /endpoints/{id}: where webhooks of this municipality go, signed as Standard Webhooks. */
export const EndpointInput = z.strictObject({
  name: z.string().trim().min(1).max(80),
  url: z.url({ protocol: /^https?$/, error: 'Give an address such as https://example.se/hook.' }),
});
export type EndpointInput = z.infer<typeof EndpointInput>;

export const EndpointView = z
  .object({
    id: Id,
    name: z.string(),
    url: z.string(),
    /** Why nothing is sent there any more, such as an answer of 410 Gone; saving it again turns it on. */
    disabled: z.object({ at: z.number(), why: z.string() }).nullable(),
    lastDeliveredAt: z.number().nullable(),
    lastFailure: z.object({ at: z.number(), why: z.string() }).nullable(),
  })
  .meta({ id: 'Endpoint' });
export type EndpointView = z.infer<typeof EndpointView>;

/** GET /endpoints */
export const EndpointList = z.object({ items: z.array(EndpointView) }).meta({ id: 'EndpointList' });
export type EndpointList = z.infer<typeof EndpointList>;

/** Answer to POST /endpoints and to POST /endpoints/{id}/secret: the only time the secret (`whsec_…`) is shown. */
export const EndpointSecret = z
  .object({ endpoint: EndpointView, secret: z.string() })
  .meta({ id: 'EndpointSecret' });
export type EndpointSecret = z.infer<typeof EndpointSecret>;

/** Answer to POST /endpoints/{id}/test: whether the receiver took it, and if not what it said. */
export const EndpointTested = z
  .object({ isDelivered: z.boolean(), why: z.string().nullable() })
  .meta({ id: 'EndpointTested' });
export type EndpointTested = z.infer<typeof EndpointTested>;

/** What a webhook says. `data.alertId` and the header `webhook-id` stay the same when it is sent again. */
export const WebhookBody = z
  .object({
    type: z.enum(['alert.asked', 'alert.taken', 'alert.resolved', 'endpoint.test']),
    timestamp: z.iso.datetime(),
    data: z.object({
      alertId: z.string().nullable(),
      severity: z.string().nullable(),
      title: z.object({ sv: z.string(), en: z.string() }).nullable(),
      /** What the home is called on the board; no names. */
      home: z.string().nullable(),
      raisedAt: z.iso.datetime().nullable(),
      isTest: z.boolean(),
      /** Which asking of the alert this is, from 1. */
      asking: z.number().nullable(),
      url: z.string(),
    }),
  })
  .meta({ id: 'Webhook' });
export type WebhookBody = z.infer<typeof WebhookBody>;
