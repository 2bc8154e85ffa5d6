import { once } from 'node:events';

import type { Response } from 'express';

import { AppError } from '../domain/errors.ts';
import type { Fleet } from '../domain/fleet.ts';
import {
  DeviceDetail,
  FleetExportQuery,
  FleetPage,
  FleetQuery,
  VisitList,
} from '../protocol/device/fleet.ts';
import { answers, IdParams, idOf, type Route } from './route.ts';

export interface FleetDependencies {
  fleet: Fleet;
}

/** The equipment by its health, and what is to be done about it. */
export function fleetRoutes({ fleet }: FleetDependencies): Route[] {
  return [
    {
      method: 'get',
      path: '/api/v1/fleet',
      access: 'signed-in',
      operation: {
        operationId: 'listFleet',
        summary: 'The devices in use that match, the worst first, and how many have each fault.',
        requestParams: { query: FleetQuery },
        responses: answers('Some of those that match.', FleetPage),
      },
      handle: async (request, response, { scope }) => {
        response.json(await fleet.page(scope, FleetQuery.parse(request.query)));
      },
    },
    {
      method: 'get',
      path: '/api/v1/fleet/export.csv',
      access: 'signed-in',
      operation: {
        operationId: 'exportFleet',
        summary: 'All devices that match, as a file for a spreadsheet.',
        requestParams: { query: FleetExportQuery },
        responses: {
          200: {
            description: 'UTF-8 with a byte order mark, separated by semicolons.',
            content: { 'text/csv': { schema: { type: 'string' } } },
          },
        },
      },
      handle: async (request, response, { scope }) => {
        const pieces = await fleet.csv(scope, FleetExportQuery.parse(request.query));
        response.setHeader('Content-Disposition', 'attachment; filename="vaka-fleet.csv"');
        response.type('text/csv; charset=utf-8');
        await send(response, pieces);
      },
    },
    {
      method: 'get',
      path: '/api/v1/fleet/visits',
      access: 'signed-in',
      operation: {
        operationId: 'listFleetVisits',
        summary: 'What to see to this week, grouped by home; the most pressing home first.',
        responses: answers('The visits.', VisitList),
      },
      handle: async (_request, response, { scope }) => {
        response.json(await fleet.visits(scope));
      },
    },
    {
      method: 'get',
      path: '/api/v1/devices/{id}',
      access: 'signed-in',
      operation: {
        operationId: 'getDevice',
        summary: 'A device: its health, its battery day by day, and where it has been.',
        requestParams: { path: IdParams },
        responses: answers('The device.', DeviceDetail),
      },
      handle: async (request, response, { scope }) => {
        const device = await fleet.device(scope, idOf(request));
        if (device === null) throw new AppError('not-found', 'There is no such device.');
        response.json(device);
      },
    },
  ];
}

/** Waits for a slow reader rather than keeping the file for it, and stops when they have gone. */
async function send(response: Response, pieces: Iterable<string>): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  for (const piece of pieces) {
    if (gone.signal.aborted) return;
    if (response.write(piece)) continue;
    await once(response, 'drain', { signal: gone.signal }).catch(() => {});
  }
  response.end();
}
