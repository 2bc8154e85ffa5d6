import type { Reading } from '../domain/reading.ts';
import { DevicePage } from '../protocol/api.ts';
import { answers, PageParams, type Route } from './route.ts';

export function deviceRoutes({ reading }: { reading: Pick<Reading, 'devices'> }): Route[] {
  return [
    {
      method: 'get',
      path: '/api/v1/devices',
      access: 'signed-in',
      operation: {
        operationId: 'listDevices',
        summary: 'The devices, and whether they live.',
        requestParams: { query: PageParams },
        responses: answers('A page of devices.', DevicePage),
      },
      handle: async (request, response, { scope }) => {
        response.json(await reading.devices(scope, PageParams.parse(request.query)));
      },
    },
  ];
}
