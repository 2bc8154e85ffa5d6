import type { UnitDesk } from '../domain/unit-desk.ts';
import { UnitEdit, UnitList, UnitView } from '../protocol/duty/unit.ts';
import { answers, body, IdParams, idOf, parseBody, type Route } from './route.ts';

const path = '/api/v1/units';

export interface UnitDependencies {
  units: UnitDesk;
}

export function unitRoutes({ units }: UnitDependencies): Route[] {
  const after = answers('The unit as it is afterwards.', UnitView);

  return [
    {
      method: 'get',
      path,
      access: 'signed-in',
      operation: {
        operationId: 'listUnits',
        summary: 'Own units, and those of other municipalities that serve this one.',
        responses: answers('All units.', UnitList),
      },
      handle: async (_request, response, { scope }) => {
        response.json(await units.list(scope));
      },
    },
    {
      method: 'post',
      path,
      access: 'signed-in',
      operation: {
        operationId: 'addUnit',
        summary: 'Add a team of carers, or an alarm centre that is reached by webhook.',
        ...body(UnitEdit),
        responses: after,
      },
      handle: async (request, response, { scope }) => {
        response.json(await units.add(scope, parseBody(UnitEdit, request)));
      },
    },
    {
      method: 'put',
      path: `${path}/{id}`,
      access: 'signed-in',
      operation: {
        operationId: 'changeUnit',
        summary: 'Change an own unit, and whom it serves. Live alerts follow at once.',
        requestParams: { path: IdParams },
        ...body(UnitEdit),
        responses: after,
      },
      handle: async (request, response, { scope }) => {
        response.json(await units.change(scope, idOf(request), parseBody(UnitEdit, request)));
      },
    },
  ];
}
