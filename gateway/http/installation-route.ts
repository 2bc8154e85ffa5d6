import { z } from 'zod';

import type { InstallationDesk } from '../domain/installation-desk.ts';
import { type EventType, eventTypes } from '../protocol/catalogue.ts';
import { Decommissioned, Why } from '../protocol/device/identity.ts';
import {
  InstallationDevice,
  InstallationInput,
  InstallationList,
  InstallationPlacement,
  InstallationQuery,
  InstallationView,
  InstallationWithSecret,
  Signature,
  SkippedTest,
} from '../protocol/device/installation.ts';
import { answers, body, IdParams, idOf, parseBody, type Route } from './route.ts';

const path = '/api/v1/installations';
const TestParams = IdParams.extend({ type: z.enum(eventTypes as [EventType, ...EventType[]]) });

export interface InstallationDependencies {
  installations: InstallationDesk;
}

const one = { requestParams: { path: IdParams } };
const test = { requestParams: { path: TestParams } };
const stands = answers('How it stands now.', InstallationView);
const access = 'signed-in';

export function installationRoutes({ installations: desk }: InstallationDependencies): Route[] {
  return [
    {
      method: 'post',
      path,
      access,
      operation: {
        operationId: 'beginInstallation',
        summary: 'Begin to install a device in a home, or go on with what one has begun there.',
        ...body(InstallationInput),
        responses: stands,
      },
      handle: async (request, response, { scope }) => {
        response.json(await desk.begin(scope, parseBody(InstallationInput, request)));
      },
    },
    {
      method: 'get',
      path,
      access,
      operation: {
        operationId: 'listInstallations',
        summary: 'The installations, open ones first.',
        requestParams: { query: InstallationQuery },
        responses: answers('At most 200 of them.', InstallationList),
      },
      handle: async (request, response, { scope }) => {
        response.json(await desk.list(scope, InstallationQuery.parse(request.query)));
      },
    },
    {
      method: 'get',
      path: `${path}/{id}`,
      access,
      operation: {
        operationId: 'getInstallation',
        summary: 'An installation; once it is signed, its protocol.',
        ...one,
        responses: stands,
      },
      handle: async (request, response, { scope }) => {
        response.json(await desk.one(scope, idOf(request)));
      },
    },
    {
      method: 'put',
      path: `${path}/{id}/device`,
      access,
      operation: {
        operationId: 'chooseInstallationDevice',
        summary: 'Say which device it is: scanned, found by a hub, or a new one.',
        ...one,
        ...body(InstallationDevice),
        responses: answers('With the secret of a new one, this once.', InstallationWithSecret),
      },
      handle: async (request, response, { scope }) => {
        const wish = parseBody(InstallationDevice, request);
        response.json(await desk.choose(scope, idOf(request), wish));
      },
    },
    {
      method: 'put',
      path: `${path}/{id}/placement`,
      access,
      operation: {
        operationId: 'placeInstallationDevice',
        summary: 'Put the device in the home, on trial.',
        ...one,
        ...body(InstallationPlacement),
        responses: stands,
      },
      handle: async (request, response, { scope }) => {
        const where = parseBody(InstallationPlacement, request);
        response.json(await desk.place(scope, idOf(request), where));
      },
    },
    ...testRoutes(desk),
    {
      method: 'put',
      path: `${path}/{id}/trial`,
      access,
      operation: {
        operationId: 'goOnWithInstallation',
        summary: 'Begin the trial of the device anew: its alerts are tests again.',
        ...one,
        responses: stands,
      },
      handle: async (request, response, { scope }) => {
        response.json(await desk.goOn(scope, idOf(request)));
      },
    },
    {
      method: 'put',
      path: `${path}/{id}/signature`,
      access,
      operation: {
        operationId: 'signInstallation',
        summary: 'Put the device into service, and the one that it replaces out of use.',
        ...one,
        ...body(Signature),
        responses: stands,
      },
      handle: async (request, response, { scope }) => {
        response.json(await desk.sign(scope, idOf(request), parseBody(Signature, request)));
      },
    },
    {
      method: 'delete',
      path: `${path}/{id}`,
      access,
      operation: {
        operationId: 'abandonInstallation',
        summary: 'Take the device out of the home again.',
        ...one,
        responses: stands,
      },
      handle: async (request, response, { scope }) => {
        response.json(await desk.abandon(scope, idOf(request)));
      },
    },
    {
      method: 'post',
      path: '/api/v1/devices/{id}/decommission',
      access,
      operation: {
        operationId: 'decommissionDevice',
        summary: 'Take a device out of use for good; its history stays where it was.',
        ...one,
        ...body(Why),
        responses: answers('Since when it is out of use.', Decommissioned),
      },
      handle: async (request, response, { scope }) => {
        const { reason } = parseBody(Why, request);
        response.json(await desk.decommission(scope, idOf(request), reason));
      },
    },
  ];
}

function testRoutes(desk: InstallationDesk): Route[] {
  return [
    {
      method: 'put',
      path: `${path}/{id}/tests/{type}/skip`,
      access,
      operation: {
        operationId: 'skipInstallationTest',
        summary: 'Leave out a test, with a reason that is kept.',
        ...test,
        ...body(SkippedTest),
        responses: stands,
      },
      handle: async (request, response, { scope }) => {
        const { id, type } = TestParams.parse(request.params);
        const { reason } = parseBody(SkippedTest, request);
        response.json(await desk.skip(scope, id, type, reason));
      },
    },
    {
      method: 'delete',
      path: `${path}/{id}/tests/{type}/skip`,
      access,
      operation: {
        operationId: 'unskipInstallationTest',
        summary: 'Do not leave out a test after all.',
        ...test,
        responses: stands,
      },
      handle: async (request, response, { scope }) => {
        const { id, type } = TestParams.parse(request.params);
        response.json(await desk.unskip(scope, id, type));
      },
    },
    {
      method: 'post',
      path: `${path}/{id}/test-alarm`,
      access,
      operation: {
        operationId: 'armInstallation',
        summary: 'Let the next thing the device tells raise a test alarm.',
        ...one,
        responses: stands,
      },
      handle: async (request, response, { scope }) => {
        response.json(await desk.arm(scope, idOf(request)));
      },
    },
  ];
}
