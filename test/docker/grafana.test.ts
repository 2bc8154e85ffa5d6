import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

import {
  isMeasurement,
  measurements,
  tagNames,
} from '../../gateway/protocol/series/measurement.ts';
import { telemetryVariables } from '../../gateway/telemetry-config.ts';
import { pathOf } from '../support/program.ts';
import { root, runProgram } from '../support/run.ts';

// A busy machine starts docker-compose slowly.
vi.setConfig({ testTimeout: 120_000 });

const Dashboard = z.object({
  panels: z.array(
    z.object({
      id: z.number(),
      title: z.string(),
      datasource: z.object({ type: z.string(), uid: z.string() }),
      targets: z.array(z.object({ query: z.string() })),
    }),
  ),
});
const Sources = z.object({
  datasources: z.array(
    z.object({
      type: z.string(),
      uid: z.string(),
      url: z.string(),
      jsonData: z.object({
        version: z.string(),
        organization: z.string(),
        defaultBucket: z.string(),
      }),
      secureJsonData: z.object({ token: z.string() }),
    }),
  ),
});
const Services = z.object({
  services: z.record(
    z.string(),
    z.object({
      environment: z.record(z.string(), z.unknown()).default({}),
      volumes: z.array(z.unknown()).default([]),
    }),
  ),
});

const fileOf = (name: string) => readFile(join(root, 'docker/grafana', name), 'utf8');

async function composed(environment: Record<string, string> = {}) {
  const words = ['--profile', 'telemetry', 'config'];
  const set = { VAKA_PUBLIC_URL: 'https://vaka.example.se', ...environment };
  const { out } = await runProgram(pathOf('docker-compose'), words, { environment: set });
  return Services.parse(parse(out)).services;
}

async function dashboard() {
  return Dashboard.parse(JSON.parse(await fileOf('dashboards/vaka.json')));
}

test('every panel asks for something that is written, by tags that are', async () => {
  const { panels } = await dashboard();
  const queries = panels.flatMap(({ targets }) => targets.map(({ query }) => query));
  expect(queries.length).toBeGreaterThan(10);
  for (const query of queries) {
    const [, measurement = '', field = ''] =
      /r\._measurement == "(\w+)" and r\._field == "(\w+)"/.exec(query) ?? [];
    if (!isMeasurement(measurement)) throw new Error(`Nothing is written of: ${query}`);
    expect(Object.keys(measurements[measurement].fields)).toContain(field);
    const named = [...query.matchAll(/(?:group|keep)\(columns: \[([^\]]*)\]/g)]
      .flatMap(([, list = '']) => [...list.matchAll(/"(\w+)"/g)])
      .flatMap(([, column = '']) => (column.startsWith('_') ? [] : [column]));
    expect(tagNames).toEqual(expect.arrayContaining(named));
  }
});

test('no panel shows how anybody lives, or where', async () => {
  const { panels } = await dashboard();
  for (const { query } of panels.flatMap(({ targets }) => targets)) {
    const [, measurement = ''] = /r\._measurement == "(\w+)"/.exec(query) ?? [];
    if (!isMeasurement(measurement)) throw new Error(`Nothing is written of: ${query}`);
    expect(measurements[measurement].about).not.toBe('life');
    expect(query).not.toMatch(/"(?:home|room|lane)"|r\.(?:home|room|lane)\b/);
  }
});

test('the panels ask the database that comes with them, and each has its own number', async () => {
  const { panels } = await dashboard();
  const { datasources } = Sources.parse(
    parse(await fileOf('provisioning/datasources/influxdb.yml')),
  );
  const [source] = datasources;
  expect(new Set(panels.map(({ datasource }) => JSON.stringify(datasource)))).toEqual(
    new Set([JSON.stringify({ type: source?.type, uid: source?.uid })]),
  );
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const { influxdb, grafana } = await composed({ GRAFANA_INFLUXDB_TOKEN: 'a-token' });
  expect(source?.url).toBe('http://influxdb:8086');
  expect(influxdb?.environment).toMatchObject({
    DOCKER_INFLUXDB_INIT_ORG: source?.jsonData.organization,
    DOCKER_INFLUXDB_INIT_BUCKET: source?.jsonData.defaultBucket,
  });
  const variable = source?.secureJsonData.token.slice(1) ?? '';
  expect(grafana?.environment[variable]).toBe('a-token');
  expect(JSON.stringify(grafana?.volumes)).toMatch(
    /docker\/grafana\/provisioning.*\/etc\/grafana\/prov/,
  );
  expect(JSON.stringify(grafana?.volumes)).toMatch(
    /docker\/grafana\/dashboards.*\/etc\/grafana\/dash/,
  );
});

test('nothing has a password that everybody knows', async () => {
  const { influxdb, grafana } = await composed();
  expect(influxdb?.environment).toMatchObject({
    DOCKER_INFLUXDB_INIT_PASSWORD: '',
    DOCKER_INFLUXDB_INIT_ADMIN_TOKEN: '',
  });
  expect(grafana?.environment).toMatchObject({ GF_SECURITY_ADMIN_PASSWORD: '' });
  const text = await readFile(join(root, 'docker-compose.yml'), 'utf8');
  const script = /'(\[ -n .* exec \/run\.sh)'/.exec(text)?.[1]?.replaceAll('$$', '$') ?? '';
  const started = await runProgram('/bin/sh', [
    '-c',
    script.replace('exec /run.sh', 'echo started'),
  ]);
  expect(started).toMatchObject({ code: 1, out: 'Set GRAFANA_PASSWORD.\n' });
});

test('all that can be set about history is passed on to the gateway', async () => {
  const set = Object.fromEntries(Object.keys(telemetryVariables).map((name) => [name, 'given']));
  const { gateway } = await composed(set);
  expect(gateway?.environment).toMatchObject(set);
});
