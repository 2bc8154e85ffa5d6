import type { TelemetryDesk } from '../domain/series/telemetry.ts';
import { RefusedPage, TelemetryStatus } from '../protocol/series/series.ts';
import { answers, PageParams, type Route } from './route.ts';

export interface TelemetryDependencies {
  telemetry: TelemetryDesk;
}

export function telemetryRoutes({ telemetry }: TelemetryDependencies): Route[] {
  return [
    {
      method: 'get',
      path: '/api/v1/telemetry',
      access: 'signed-in',
      operation: {
        operationId: 'getTelemetry',
        summary: 'How far behind each time-series store is, and why.',
        responses: answers('Each store that history is written to.', TelemetryStatus),
      },
      handle: async (_request, response, { scope }) => {
        response.json(await telemetry.status(scope));
      },
    },
    {
      method: 'get',
      path: '/api/v1/telemetry/refused',
      access: 'signed-in',
      operation: {
        operationId: 'listRefusedPoints',
        summary: 'Points that a time-series store will never take, newest first.',
        requestParams: { query: PageParams },
        responses: answers('A page of them.', RefusedPage),
      },
      handle: async (request, response, { scope }) => {
        response.json(await telemetry.refused(scope, PageParams.parse(request.query)));
      },
    },
  ];
}
