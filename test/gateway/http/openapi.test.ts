import { expect, test } from 'vitest';

import { createHttp } from '../../../gateway/http/http.ts';
import { AlertDetail, AlertView } from '../../../gateway/protocol/alert.ts';
import { AlertPage, DevicePage, HomeDetail, HomePage, Me } from '../../../gateway/protocol/api.ts';
import { openWorld } from './world.ts';

interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
}

interface Operation {
  operationId: string;
  summary: string;
  security: unknown[];
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, { schema: unknown }> };
  responses: Record<string, unknown>;
}

async function describe() {
  const world = await openWorld();
  const { status, body } = await world.call('GET', '/api/openapi.json');
  expect(status).toBe(200);
  const document = body as Document;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  return { world, document, operations };
}

test('every route that is served is described, and every one that is described is served', async () => {
  const { world, operations } = await describe();
  const served = createHttp(world.dependencies).router.stack.flatMap(({ route }) =>
    route === undefined
      ? []
      : route.stack.map(({ method }) => `${method} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`),
  );
  const described = operations.map(({ method, path }) => `${method} ${path}`);
  expect(described.length).toBeGreaterThan(10);
  expect([...new Set(served)].sort()).toEqual(described.sort());
});

test('each operation has a name of its own, its path parameters, and its problems', async () => {
  const { document, operations } = await describe();
  expect(document.openapi).toBe('3.1.0');
  const names = operations.map(({ operation }) => operation.operationId);
  expect(new Set(names).size).toBe(names.length);
  for (const { path, operation } of operations) {
    const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const given = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
    expect(given.map(({ name }) => name)).toEqual(wanted);
    expect(operation.responses).toHaveProperty('default');
    expect(operation.summary).toBeTruthy();
  }
});

test('the shapes are those that requests are judged by', async () => {
  const { document } = await describe();
  const { put } = document.paths['/api/v1/alerts/{id}/acceptance'] ?? {};
  expect(put?.requestBody?.content['application/json']?.schema).toMatchObject({
    type: 'object',
    additionalProperties: false,
    properties: { etaMinutes: { type: 'integer', minimum: 0, maximum: 240 } },
  });
  const { get } = document.paths['/api/v1/alerts'] ?? {};
  expect(get?.parameters?.map(({ name }) => name)).toEqual([
    'queue',
    'state',
    'homeId',
    'cursor',
    'limit',
  ]);
  expect(Object.keys(document.components.schemas)).toEqual(
    expect.arrayContaining([
      'Alert',
      'AlertDetail',
      'Device',
      'Home',
      'HomeDetail',
      'Me',
      'Problem',
    ]),
  );
});

test('what is answered is what is described, and no field more', async () => {
  const world = await openWorld();
  const id = await world.raise('home-norr-1', { deviceId: 'button-norr-1' });
  const cookie = await world.cookieOf('astrid');
  const shapes = {
    me: Me,
    alerts: AlertPage,
    [`alerts/${id}`]: AlertDetail,
    homes: HomePage,
    'homes/home-norr-1': HomeDetail,
    devices: DevicePage,
  };
  for (const [path, shape] of Object.entries(shapes)) {
    const { status, body } = await world.call('GET', `/api/v1/${path}`, { cookie });
    expect({ path, status }).toEqual({ path, status: 200 });
    expect(shape.parse(body)).toEqual(body);
  }
  const { body } = await world.call('PUT', `/api/v1/alerts/${id}/arrival`, { cookie });
  expect(AlertView.parse(body)).toEqual(body);
});

test('what is described as for those who are signed in is for nobody else', async () => {
  const { world, operations } = await describe();
  for (const { path, method, operation } of operations) {
    const { status } = await world.call(method.toUpperCase(), path.replace('{id}', 'x'), {});
    expect({ path, isRefused: status === 401 && path !== '/api/v1/session' }).toEqual({
      path,
      isRefused: operation.security.length > 0,
    });
  }
});
