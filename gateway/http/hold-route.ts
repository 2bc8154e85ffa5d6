import type { HeldHome, HoldDesk } from '../domain/hold-desk.ts';
import {
  HoldList,
  HoldView,
  PauseInput,
  SilenceInput,
  TestModeInput,
} from '../protocol/duty/hold.ts';
import { answers, body, IdParams, idOf, parseBody, type Route } from './route.ts';

const path = '/api/v1/holds';

export interface HoldDependencies {
  holds: HoldDesk;
}

const one = { requestParams: { path: IdParams } };
const begun = answers('What holds from now on.', HoldView);
const left = answers('Those still in force.', HoldList);

export function holdRoutes({ holds }: HoldDependencies): Route[] {
  return [
    {
      method: 'get',
      path,
      access: 'signed-in',
      operation: {
        operationId: 'listHolds',
        summary: 'The silences, pauses and test modes in force that the reader may see.',
        responses: answers('Soonest end first.', HoldList),
      },
      handle: async (_request, response, { scope }) => {
        response.json(await holds.list(scope));
      },
    },
    {
      method: 'delete',
      path: `${path}/{id}`,
      access: 'signed-in',
      operation: {
        operationId: 'endHold',
        summary: 'End a silence, a pause or test mode before its time.',
        ...one,
        responses: left,
      },
      handle: async (request, response, { scope }) => {
        response.json(await holds.end(scope, { id: idOf(request) }));
      },
    },
    {
      method: 'post',
      path: '/api/v1/silences',
      access: 'signed-in',
      operation: {
        operationId: 'silenceAlerts',
        summary: 'Let matching alerts ask nobody until a time, at most a day; never emergencies.',
        ...body(SilenceInput),
        responses: begun,
      },
      handle: async (request, response, { scope }) => {
        response.json(await holds.silence(scope, parseBody(SilenceInput, request)));
      },
    },
    {
      method: 'put',
      path: '/api/v1/homes/{id}/pause',
      access: 'signed-in',
      operation: {
        operationId: 'pauseHome',
        summary: 'Let supervision of a home rest, at most 60 days. Calls for help still alert.',
        ...one,
        ...body(PauseInput),
        responses: begun,
      },
      handle: async (request, response, { scope }) => {
        response.json(await holds.pause(scope, idOf(request), parseBody(PauseInput, request)));
      },
    },
    {
      method: 'put',
      path: '/api/v1/homes/{id}/test-mode',
      access: 'signed-in',
      operation: {
        operationId: 'testHome',
        summary: 'Let the alerts of a home go to oneself only, at most four hours.',
        ...one,
        ...body(TestModeInput),
        responses: begun,
      },
      handle: async (request, response, { scope }) => {
        const given = parseBody(TestModeInput, request);
        response.json(await holds.testMode(scope, idOf(request), given));
      },
    },
    endRoute(holds, 'pause', 'pause', 'endPause'),
    endRoute(holds, 'test', 'test-mode', 'endTestMode'),
  ];
}

function endRoute(
  holds: HoldDesk,
  kind: HeldHome['kind'],
  place: string,
  operationId: string,
): Route {
  return {
    method: 'delete',
    path: `/api/v1/homes/{id}/${place}`,
    access: 'signed-in',
    operation: { operationId, summary: 'End it before its time.', ...one, responses: left },
    handle: async (request, response, { scope }) => {
      response.json(await holds.end(scope, { homeId: idOf(request), kind }));
    },
  };
}
