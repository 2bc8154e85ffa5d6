import type { EndpointDesk } from '../domain/endpoint-desk.ts';
import {
  EndpointInput,
  EndpointList,
  EndpointSecret,
  EndpointTested,
  EndpointView,
} from '../protocol/duty/endpoint.ts';
import { answers, body, IdParams, idOf, parseBody, type Route } from './route.ts';

const path = '/api/v1/endpoints';

export interface EndpointDependencies {
  endpoints: EndpointDesk;
}

export function endpointRoutes({ endpoints }: EndpointDependencies): Route[] {
  const one = { requestParams: { path: IdParams } };

  return [
    {
      method: 'get',
      path,
      access: 'signed-in',
      operation: {
        operationId: 'listEndpoints',
        summary: 'Where webhooks of the municipality go, and how that has gone.',
        responses: answers('The endpoints.', EndpointList),
      },
      handle: async (_request, response, { scope }) => {
        response.json(await endpoints.list(scope));
      },
    },
    {
      method: 'post',
      path,
      access: 'signed-in',
      operation: {
        operationId: 'addEndpoint',
        summary: 'Add an endpoint; its secret is shown this once.',
        ...body(EndpointInput),
        responses: answers('The endpoint and its secret.', EndpointSecret),
      },
      handle: async (request, response, { scope }) => {
        response.json(await endpoints.add(scope, parseBody(EndpointInput, request)));
      },
    },
    {
      method: 'put',
      path: `${path}/{id}`,
      access: 'signed-in',
      operation: {
        operationId: 'changeEndpoint',
        summary: 'Change an endpoint, and turn it on again if it was off.',
        ...one,
        ...body(EndpointInput),
        responses: answers('The endpoint as it is afterwards.', EndpointView),
      },
      handle: async (request, response, { scope }) => {
        const input = parseBody(EndpointInput, request);
        response.json(await endpoints.change(scope, idOf(request), input));
      },
    },
    {
      method: 'delete',
      path: `${path}/{id}`,
      access: 'signed-in',
      operation: {
        operationId: 'removeEndpoint',
        summary: 'Remove an endpoint that no unit and no policy names; the secret goes with it.',
        ...one,
        responses: { 204: { description: 'It is removed.' } },
      },
      handle: async (request, response, { scope }) => {
        await endpoints.remove(scope, idOf(request));
        response.status(204).end();
      },
    },
    {
      method: 'post',
      path: `${path}/{id}/secret`,
      access: 'signed-in',
      operation: {
        operationId: 'renewEndpointSecret',
        summary: 'Give the endpoint a new secret, shown this once; the old one is used no more.',
        ...one,
        responses: answers('The endpoint and its new secret.', EndpointSecret),
      },
      handle: async (request, response, { scope }) => {
        response.json(await endpoints.renewSecret(scope, idOf(request)));
      },
    },
    {
      method: 'post',
      path: `${path}/{id}/test`,
      access: 'signed-in',
      operation: {
        operationId: 'testEndpoint',
        summary: 'Send a message of type `endpoint.test`, and wait for what the receiver says.',
        ...one,
        responses: answers('What the receiver said.', EndpointTested),
      },
      handle: async (request, response, { scope }) => {
        response.json(await endpoints.test(scope, idOf(request)));
      },
    },
  ];
}
