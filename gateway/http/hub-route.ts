import type { HubDesk } from '../domain/hub-desk.ts';
import {
  BridgeConfiguration,
  BridgeInput,
  FoundList,
  FoundQuery,
  HubDetail,
  HubList,
} from '../protocol/device/hub.ts';
import { answers, body, IdParams, idOf, parseBody, type Route } from './route.ts';

export interface HubDependencies {
  hubs: HubDesk;
}

export function hubRoutes({ hubs }: HubDependencies): Route[] {
  const one = { requestParams: { path: IdParams } };

  return [
    {
      method: 'get',
      path: '/api/v1/hubs',
      access: 'signed-in',
      operation: {
        operationId: 'listHubs',
        summary: 'The hubs of the municipality, and how much they speak for.',
        responses: answers('The hubs.', HubList),
      },
      handle: async (_request, response, { scope }) => {
        response.json(await hubs.list(scope));
      },
    },
    {
      method: 'get',
      path: '/api/v1/hubs/{id}',
      access: 'signed-in',
      operation: {
        operationId: 'getHub',
        summary: 'A hub and what it speaks for: not placed first, then the latest heard first.',
        ...one,
        responses: answers('The hub.', HubDetail),
      },
      handle: async (request, response, { scope }) => {
        response.json(await hubs.hub(scope, idOf(request)));
      },
    },
    {
      method: 'get',
      path: '/api/v1/found',
      access: 'signed-in',
      operation: {
        operationId: 'listFound',
        summary: 'What hubs speak for and nobody has placed, the latest heard first.',
        requestParams: { query: FoundQuery },
        responses: answers('What is found.', FoundList),
      },
      handle: async (request, response, { scope }) => {
        const { homeId } = FoundQuery.parse(request.query);
        response.json(await hubs.found(scope, homeId ?? null));
      },
    },
    {
      method: 'post',
      path: '/api/v1/hubs/{id}/bridge-configuration',
      access: 'signed-in',
      operation: {
        operationId: 'configureBridge',
        summary:
          'Make the hub a new secret, and with it the configuration of its Mosquitto; shown this once.',
        ...one,
        ...body(BridgeInput),
        responses: answers('The configuration.', BridgeConfiguration),
      },
      handle: async (request, response, { scope }) => {
        const input = parseBody(BridgeInput, request);
        response.json(await hubs.configureBridge(scope, idOf(request), input));
      },
    },
  ];
}
