import { AppError } from '../domain/errors.ts';
import type { Reading } from '../domain/reading.ts';
import { HomeDetail, HomePage } from '../protocol/api.ts';
import { answers, IdParams, idOf, PageParams, type Route } from './route.ts';

export interface HomeDependencies {
  reading: Pick<Reading, 'homes' | 'home'>;
  clock: () => number;
}

export function homeRoutes({ reading, clock }: HomeDependencies): Route[] {
  return [
    {
      method: 'get',
      path: '/api/v1/homes',
      access: 'signed-in',
      operation: {
        operationId: 'listHomes',
        summary: 'The homes one works with.',
        requestParams: { query: PageParams },
        responses: answers('A page of homes.', HomePage),
      },
      handle: async (request, response, { scope }) => {
        response.json(await reading.homes(scope, PageParams.parse(request.query), clock()));
      },
    },
    {
      method: 'get',
      path: '/api/v1/homes/{id}',
      access: 'signed-in',
      operation: {
        operationId: 'getHome',
        summary: 'A home: its devices, its alerts, and how the last day has been.',
        requestParams: { path: IdParams },
        responses: answers('The home.', HomeDetail),
      },
      handle: async (request, response, { scope }) => {
        const home = await reading.home(scope, idOf(request), clock());
        if (home === null) throw new AppError('not-found', 'There is no such home.');
        response.json(home);
      },
    },
  ];
}
