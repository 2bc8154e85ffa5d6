import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import mqtt, { type MqttClient } from 'mqtt';
import { SMTPServer } from 'smtp-server';

import { eventsTopic } from '../../gateway/protocol/topic.ts';
import { openSqliteStore } from '../../gateway/store/sqlite-store.ts';
import { epochOffset } from './clock.ts';
import { latenciesOf } from './latency-of.ts';
import type { ScreensOrder, ScreensReport } from './screens-process.ts';
import { type ServerProcess, startServer } from './server-process.ts';
import { startTask } from './task.ts';
import { buildTown, type Town, type TownDevice } from './town.ts';

/**
 * What becomes of emergencies among 200 alerts in one minute: how long until a screen shows each. Twice in one run, once
 * with every other channel turned off and once with a mail server that takes two seconds a letter and a webhook that
 * never answers.
 */
const { values } = parseArgs({
  options: {
    alerts: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '60' },
    screens: { type: 'string', default: '20' },
  },
});
const alerts = Number(values.alerts);
const screensOpen = Number(values.screens);
const spanMs = Number(values.seconds) * 1_000;
/** About one alert in five is an emergency here; the field aims at one in twenty. */
const emergencyEvery = 5;
const slowLetterMs = 2_000;
const endsWithinMs = 10 * 60_000;

async function rush(channels: 'none' | 'slow'): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'vaka-bench-'));
  const mail = channels === 'slow' ? await openSlowMail() : null;
  const hook = channels === 'slow' ? await openSilentHook() : null;
  try {
    const town = await buildTown({ dataDir, homes: homesOf(alerts), screens: screensOpen });
    await addRules(dataDir, hook?.url ?? null);
    const server = await startServer({
      dataDir,
      environment:
        mail === null ? {} : { VAKA_SMTP_URL: mail.url, VAKA_MAIL_FROM: 'vaka@bench.example' },
    });
    try {
      return report(channels, await play(server, town));
    } finally {
      await server.stop();
    }
  } finally {
    mail?.close();
    hook?.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function homesOf(count: number): ('call-button' | 'door-contact')[][] {
  return Array.from({ length: count }, (_, index) => [
    index % emergencyEvery === 0 ? 'call-button' : 'door-contact',
  ]);
}

/** An alert for each opened door, and policies that ask by every channel at once. */
async function addRules(dataDir: string, hookUrl: string | null): Promise<void> {
  const store = await openSqliteStore(join(dataDir, 'vaka.db'));
  const at = Date.now();
  const by = { municipalityId: 'bench', authorId: 'person-4', at, reason: 'Bench' };
  const source = 'id: door\ntitle: { sv: Dörr, en: Door }\nseverity: medium\non: door.opened\n';
  await store.transaction((ledger) =>
    ledger.addRuleVersions([
      { ...by, ruleId: 'door', version: 1, isOn: true, source, origin: null },
    ]),
  );
  if (hookUrl !== null) {
    await store.staffing.saveEndpoint(
      {
        id: 'silent',
        municipalityId: 'bench',
        name: 'Silent',
        url: hookUrl,
        secret: `whsec_${Buffer.alloc(32, 1).toString('base64')}`,
        disabledAt: null,
        disabledWhy: null,
      },
      at,
    );
    const asks = [
      { who: 'responsible-unit' as const },
      { who: 'webhook' as const, endpointId: 'silent' },
    ];
    const channelsOfStep: ('screen' | 'push' | 'email')[] = ['screen', 'push', 'email'];
    await store.staffing.addDocument({
      ...by,
      kind: 'policies',
      subjectId: '',
      version: 1,
      document: {
        policies: [
          {
            id: 'all',
            title: 'All',
            severities: ['emergency', 'high', 'medium', 'low'],
            steps: [{ asks, channels: channelsOfStep, waitSeconds: 60 }],
            arrivalMinutes: 20,
            reminderMinutes: 30,
          },
        ],
      },
    });
  }
  await store.close();
}

interface Played {
  sent: { emergency: Map<string, number>; other: Map<string, number> };
  screens: ScreensReport;
}

async function play(server: ServerProcess, town: Town): Promise<Played> {
  const clockOffset = epochOffset();
  const order: ScreensOrder = { httpUrl: server.httpUrl, cookies: town.cookies, clockOffset };
  const screens = await startTask<null, ScreensReport>('./screens-process.ts', order);
  const clients = await Promise.all(town.devices.map((device) => connect(server, device)));
  const sent: Played['sent'] = { emergency: new Map(), other: new Map() };
  const beganAt = performance.now();
  for (const [index, device] of town.devices.entries()) {
    await sleep(Math.max(0, beganAt + (index * spanMs) / town.devices.length - performance.now()));
    const id = `rush-${index}`;
    const isEmergency = device.profile === 'call-button';
    const type = isEmergency ? 'help.pressed' : 'door.opened';
    const at = clockOffset + Number(process.hrtime.bigint()) / 1e6;
    sent[isEmergency ? 'emergency' : 'other'].set(id, at);
    const client = clients[index];
    await client?.publishAsync(eventsTopic(device.id), JSON.stringify({ id, type }), { qos: 1 });
  }
  await sleep(1_000);
  await Promise.all(clients.map((client) => client.endAsync(true)));
  return { sent, screens: await screens.finish() };
}

function connect({ mqttUrl }: ServerProcess, { id, secret }: TownDevice): Promise<MqttClient> {
  return mqtt.connectAsync(mqttUrl, { clientId: id, username: id, password: secret });
}

function report(channels: string, { sent, screens }: Played): string {
  return Object.entries(sent)
    .map(([what, times]) => {
      const { p50, p99, samples, missing } = latenciesOf(times, screens.told);
      const worst = Math.max(
        ...[...times].flatMap(([id, at]) => (screens.told.get(id) ?? []).map((told) => told - at)),
      );
      return `  channels ${channels.padEnd(4)}  ${what.padEnd(9)}  ${times.size} alerts, ${missing} unseen, ${samples} frames: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, worst ${worst.toFixed(1)} ms\n`;
    })
    .join('');
}

async function openSlowMail() {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      stream.resume();
      stream.on('end', () => setTimeout(done, slowLetterMs));
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return { url: `smtp://127.0.0.1:${port}`, close: () => server.close() };
}

/** Takes what it is sent, and never answers. */
async function openSilentHook() {
  const server = createServer(() => {});
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}/`, close };
}

setTimeout(() => process.exit(1), endsWithinMs).unref();
process.stdout.write(
  `${alerts} alerts in ${spanMs / 1_000} s, ${screensOpen} screens; load of the machine ${(loadavg()[0] ?? 0).toFixed(1)}\n`,
);
for (const channels of ['none', 'slow'] as const) process.stdout.write(await rush(channels));
