import { z } from 'zod';

import type { DutyDesk } from '../domain/duty-desk.ts';
import { CheckIn, CheckOut, DutyPage, DutyView, HandOverView } from '../protocol/duty/duty.ts';
import { answers, body, IdParams, idOf, parseBody, type Route } from './route.ts';

const path = '/api/v1/duties';

export interface DutyDependencies {
  duties: DutyDesk;
}

export function dutyRoutes({ duties }: DutyDependencies): Route[] {
  const one = { requestParams: { path: IdParams } };

  return [
    {
      method: 'get',
      path,
      access: 'signed-in',
      operation: {
        operationId: 'listDuties',
        summary: 'Who is at work in own units, and until when one probably would be.',
        responses: answers('Duties in force.', DutyPage),
      },
      handle: async (_request, response, { scope }) => {
        response.json(await duties.page(scope));
      },
    },
    {
      method: 'post',
      path,
      access: 'signed-in',
      operation: {
        operationId: 'checkIn',
        summary: 'Say that one, or a colleague of the same unit, is at work until a time.',
        ...body(CheckIn),
        responses: answers('The duty.', DutyView),
      },
      handle: async (request, response, { scope }) => {
        response.json(await duties.checkIn(scope, parseBody(CheckIn, request)));
      },
    },
    {
      method: 'get',
      path: `${path}/{id}/hand-over`,
      access: 'signed-in',
      operation: {
        operationId: 'getHandOver',
        summary: 'What one leaves behind at the end of a duty, and who can take it over.',
        ...one,
        responses: answers('What is open.', HandOverView),
      },
      handle: async (request, response, { scope }) => {
        response.json(await duties.handOver(scope, idOf(request)));
      },
    },
    {
      method: 'put',
      path: `${path}/{id}/end`,
      access: 'signed-in',
      operation: {
        operationId: 'checkOut',
        summary: 'End a duty, and hand over or give back every alert that one has.',
        ...one,
        ...body(CheckOut),
        responses: answers('The duty is over.', z.object({})),
      },
      handle: async (request, response, { scope }) => {
        await duties.checkOut(scope, idOf(request), parseBody(CheckOut, request));
        response.json({});
      },
    },
  ];
}
