import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';

import { Problem } from '../protocol/api.ts';
import type { Route } from './route.ts';

const problem = {
  description: 'Why it could not be done (RFC 9457).',
  content: { 'application/problem+json': { schema: Problem } },
};

/** Describes these routes, from the same schemas that judge what comes to them. */
export function describeRoutes(routes: readonly Route[], cookieName: string) {
  const paths: ZodOpenApiPathsObject = {};
  for (const { method, path, access, operation } of routes) {
    const { responses, ...rest } = operation;
    paths[path] = {
      ...paths[path],
      [method]: {
        ...rest,
        security: access === 'anyone' ? (operation.security ?? []) : [{ session: [] }],
        responses: { ...responses, default: problem },
      },
    };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Vaka',
      version: '1',
      description:
        'State-changing requests need an `Origin` of the gateway itself. Lists page by `cursor`: send the `next` of one page to get the following one. Changes are told on the WebSocket `/api/v1/stream`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: cookieName },
        device: { type: 'http', scheme: 'basic' },
      },
    },
  });
}

/** The route that shows the description of the others, and its own. */
export function withOpenapi(routes: readonly Route[], cookieName: string): Route[] {
  const all: Route[] = [
    ...routes,
    {
      method: 'get',
      path: '/api/openapi.json',
      access: 'anyone',
      operation: {
        operationId: 'openapi',
        summary: 'This description.',
        responses: {
          200: { description: 'OpenAPI 3.1.', content: { 'application/json': { schema: {} } } },
        },
      },
      handle: (_request, response) => {
        response.json(document);
      },
    },
  ];
  const document = describeRoutes(all, cookieName);
  return all;
}
