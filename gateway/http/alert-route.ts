import type { AlertDesk } from '../domain/desk.ts';
import { AppError } from '../domain/errors.ts';
import type { Reading } from '../domain/reading.ts';
import { AlertDetail, AlertView } from '../protocol/alert.ts';
import { Acceptance, AlertPage, AlertQuery, Comment, Resolution } from '../protocol/api.ts';
import { answers, body, IdParams, idOf, parseBody, type Route } from './route.ts';

const path = '/api/v1/alerts';

export interface AlertDependencies {
  reading: Pick<Reading, 'alerts' | 'alert'>;
  desk: AlertDesk;
}

export function alertRoutes({ reading, desk }: AlertDependencies): Route[] {
  const one = { requestParams: { path: IdParams } };
  const after = answers('The alert as it is afterwards.', AlertView);

  return [
    {
      method: 'get',
      path,
      access: 'signed-in',
      operation: {
        operationId: 'listAlerts',
        summary: 'The alerts; without `state` those that are live.',
        requestParams: { query: AlertQuery },
        responses: answers('A page of alerts.', AlertPage),
      },
      handle: async (request, response, { scope }) => {
        response.json(await reading.alerts(scope, AlertQuery.parse(request.query)));
      },
    },
    {
      method: 'get',
      path: `${path}/{id}`,
      access: 'signed-in',
      operation: {
        operationId: 'getAlert',
        summary: 'An alert and its timeline.',
        ...one,
        responses: answers('The alert.', AlertDetail),
      },
      handle: async (request, response, { scope }) => {
        const alert = await reading.alert(scope, idOf(request));
        if (alert === null) throw new AppError('not-found', 'There is no such alert.');
        response.json(alert);
      },
    },
    {
      method: 'put',
      path: `${path}/{id}/acceptance`,
      access: 'signed-in',
      operation: {
        operationId: 'acceptAlert',
        summary: 'Take the alert. The first who does has it.',
        ...one,
        ...body(Acceptance, false),
        responses: after,
      },
      handle: async (request, response, { scope }) => {
        const { etaMinutes } = parseBody(Acceptance, request);
        response.json(await desk.accept(scope, idOf(request), etaMinutes ?? null));
      },
    },
    {
      method: 'delete',
      path: `${path}/{id}/acceptance`,
      access: 'signed-in',
      operation: {
        operationId: 'giveAlertBack',
        summary: 'Give the alert back to the queue.',
        ...one,
        responses: after,
      },
      handle: async (request, response, { scope }) => {
        response.json(await desk.giveBack(scope, idOf(request)));
      },
    },
    {
      method: 'put',
      path: `${path}/{id}/decline`,
      access: 'signed-in',
      operation: {
        operationId: 'declineAlert',
        summary: 'Say that one cannot come. When nobody is left who was asked, the next are asked.',
        ...one,
        responses: after,
      },
      handle: async (request, response, { scope }) => {
        response.json(await desk.decline(scope, idOf(request)));
      },
    },
    {
      method: 'put',
      path: `${path}/{id}/take-over`,
      access: 'signed-in',
      operation: {
        operationId: 'takeAlertOver',
        summary: 'Take the alert from whoever has it.',
        ...one,
        ...body(Acceptance, false),
        responses: after,
      },
      handle: async (request, response, { scope }) => {
        const { etaMinutes } = parseBody(Acceptance, request);
        response.json(await desk.takeOver(scope, idOf(request), etaMinutes ?? null));
      },
    },
    {
      method: 'put',
      path: `${path}/{id}/help-request`,
      access: 'signed-in',
      operation: {
        operationId: 'askForHelp',
        summary: 'Ask for more people to come; whoever accepts the alert then joins.',
        ...one,
        responses: after,
      },
      handle: async (request, response, { scope }) => {
        response.json(await desk.wantHelp(scope, idOf(request)));
      },
    },
    {
      method: 'put',
      path: `${path}/{id}/arrival`,
      access: 'signed-in',
      operation: {
        operationId: 'arriveAtAlert',
        summary: 'Say that one is there.',
        ...one,
        responses: after,
      },
      handle: async (request, response, { scope }) => {
        response.json(await desk.arrive(scope, idOf(request)));
      },
    },
    {
      method: 'put',
      path: `${path}/{id}/resolution`,
      access: 'signed-in',
      operation: {
        operationId: 'resolveAlert',
        summary: 'End the alert and say what it was.',
        ...one,
        ...body(Resolution),
        responses: after,
      },
      handle: async (request, response, { scope }) => {
        const { outcome, note } = parseBody(Resolution, request);
        response.json(await desk.resolve(scope, idOf(request), outcome, note ?? null));
      },
    },
    {
      method: 'post',
      path: `${path}/{id}/comments`,
      access: 'signed-in',
      operation: {
        operationId: 'commentOnAlert',
        summary: 'Add words to the timeline of the alert.',
        ...one,
        ...body(Comment),
        responses: after,
      },
      handle: async (request, response, { scope }) => {
        const { text } = parseBody(Comment, request);
        response.json(await desk.comment(scope, idOf(request), text));
      },
    },
  ];
}
