import type { PushDesk } from '../domain/push-desk.ts';
import { PushKey, PushSubscriptionEnd, PushSubscriptionInput } from '../protocol/duty/push.ts';
import { answers, body, parseBody, type Route } from './route.ts';

const subscriptionPath = '/api/v1/push/subscription';

export interface PushDependencies {
  push: PushDesk;
}

export function pushRoutes({ push }: PushDependencies): Route[] {
  return [
    {
      method: 'get',
      path: '/api/v1/push/key',
      access: 'signed-in',
      operation: {
        operationId: 'getPushKey',
        summary: 'The key a browser subscribes with (VAPID).',
        responses: answers('The public key, in URL-safe base64.', PushKey),
      },
      handle: async (_request, response, { scope }) => {
        response.json({ publicKey: await push.publicKey(scope) });
      },
    },
    {
      method: 'put',
      path: subscriptionPath,
      access: 'signed-in',
      operation: {
        operationId: 'subscribeToPush',
        summary: 'Push to this browser; whoever is signed in now is told there, and nobody else.',
        ...body(PushSubscriptionInput),
        responses: { 204: { description: 'The browser is subscribed.' } },
      },
      handle: async (request, response, { scope }) => {
        await push.subscribe(scope, parseBody(PushSubscriptionInput, request));
        response.status(204).end();
      },
    },
    {
      method: 'delete',
      path: subscriptionPath,
      access: 'signed-in',
      operation: {
        operationId: 'unsubscribeFromPush',
        summary: 'Push to this browser no more, such as before signing out.',
        ...body(PushSubscriptionEnd),
        responses: { 204: { description: 'One is not told there any more.' } },
      },
      handle: async (request, response, { scope }) => {
        await push.unsubscribe(scope, parseBody(PushSubscriptionEnd, request).endpoint);
        response.status(204).end();
      },
    },
  ];
}
