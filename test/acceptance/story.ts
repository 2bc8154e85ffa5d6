import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import mqtt, { type MqttClient } from 'mqtt';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

import { type Config, readConfig } from '../../gateway/config.ts';
import type { Store } from '../../gateway/domain/store.ts';
import { createGateway, type Gateway } from '../../gateway/gateway.ts';
import {
  AlertDetail,
  type AlertView,
  type Asked,
  type Queue,
  type TimelineEntry,
} from '../../gateway/protocol/alert.ts';
import { AlertPage } from '../../gateway/protocol/api.ts';
import { ServerMessage } from '../../gateway/protocol/stream.ts';
import { commandsTopic, eventsTopic } from '../../gateway/protocol/topic.ts';
import { createSignIn } from '../../gateway/services/sign-in.ts';
import { openSqliteStore } from '../../gateway/store/sqlite-store.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What a story finds when it begins; it fills `secrets` by device. */
export type Furnish = (
  store: Store,
  given: { secrets: Map<string, string>; at: number },
) => Promise<void>;

export interface StoryOptions {
  /** On the wall clock of Stockholm, such as `2026-11-21T22:00`. */
  begins: string;
  furnish: Furnish;
  environment?: Readonly<Record<string, string>>;
}

export type Story = Awaited<ReturnType<typeof openStory>>;

const timeZone = 'Europe/Stockholm';
const second = 1_000;
/** How often the gateway sweeps while a story lets time pass: in long stretches less often, but for their last minutes. */
const sweepsEveryMs = 5 * second;
const sweepsSeldomEveryMs = 10 * 60 * second;
const lastMinutesMs = 5 * 60 * second;

/** The instant at which clocks in Stockholm show this. */
export function wallClock(local: string): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).epochMilliseconds;
}

/** The gateway as it is run, on free ports and a file of its own; only the clock is the story's. */
export async function openStory({ begins, furnish, environment = {} }: StoryOptions) {
  let now = wallClock(begins);
  const clock = () => now;
  const dataDir = await temporaryFolder();
  const secrets = new Map<string, string>();
  let ports: Pick<Config, 'httpPort' | 'mqttPort'> = { httpPort: 0, mqttPort: 0 };
  let gateway: Gateway | null = null;
  let publicUrl = '';
  let mqttUrl = '';
  const cookies = new Map<string, string>();
  const devices = new Map<string, MqttClient>();
  const screens = new Set<Screen>();

  async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
    const store = await openSqliteStore(join(dataDir, 'vaka.db'));
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }

  async function start(): Promise<void> {
    const config = { ...readConfig({ VAKA_DATA_DIR: dataDir, ...environment }), ...ports };
    const started = createGateway(config, {
      clock,
      log: pino({ level: 'silent' }),
      // Never by itself: the story says when.
      sweepEveryMs: 3_600_000,
      startGraceMs: 0,
    });
    const found = await started.start();
    ports = { httpPort: found.httpPort, mqttPort: found.mqttPort };
    ({ publicUrl, mqttUrl } = found);
    gateway = started;
  }

  async function stop(): Promise<void> {
    for (const client of devices.values()) await client.endAsync(true);
    devices.clear();
    await gateway?.stop();
    gateway = null;
  }

  /** The gateway stops before its devices have noticed anything. */
  async function cutPower(): Promise<void> {
    await gateway?.stop();
    gateway = null;
    await stop();
  }

  async function sweep(): Promise<void> {
    await gateway?.sweep();
    if (screens.size === 0) return;
    // What screens were told, and then what they answered, has arrived when they have been asked twice.
    for (let turn = 0; turn < 2; turn += 1) {
      await Promise.all([...screens].map((screen) => screen.answered()));
    }
    await gateway?.sweep();
  }

  async function closeScreen(screen: Screen): Promise<void> {
    screens.delete(screen);
    await screen.close();
  }

  /** Lets time pass, in seconds, with sweeps on the way. */
  async function pass(seconds: number): Promise<void> {
    const end = now + seconds * second;
    while (now < end) {
      const untilLastMinutes = end - lastMinutesMs - now;
      const seldom = Math.min(sweepsSeldomEveryMs, untilLastMinutes);
      now = Math.min(end, now + Math.max(sweepsEveryMs, seldom));
      await sweep();
    }
  }

  async function cookieOf(person: string): Promise<string> {
    const known = cookies.get(person);
    if (known !== undefined) return known;
    const { token } = await withStore(({ accounts }) =>
      createSignIn({ accounts, clock, random: randomBytes }).createLink(person),
    );
    const response = await fetch(`${publicUrl}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: publicUrl },
      body: JSON.stringify({ token }),
    });
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    cookies.set(person, cookie);
    return cookie;
  }

  /** What the API answers this person. */
  async function ask(
    person: string,
    method: string,
    path: string,
    body?: object,
  ): Promise<{ status: number; body: unknown }> {
    const cookie = await cookieOf(person);
    const response = await fetch(`${publicUrl}/api/v1${path}`, {
      method,
      headers: { cookie, origin: publicUrl, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
  }

  /** The same, when it must succeed. */
  async function does(
    person: string,
    method: string,
    path: string,
    body?: object,
  ): Promise<unknown> {
    const answer = await ask(person, method, path, body);
    if (answer.status >= 300) {
      throw new Error(
        `${person}: ${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`,
      );
    }
    // What is told because of it is told now, and not at some later time of the story.
    if (method !== 'GET') await sweep();
    return answer.body;
  }

  async function deviceOf(deviceId: string): Promise<MqttClient> {
    const known = devices.get(deviceId);
    if (known !== undefined) return known;
    const client = await mqtt.connectAsync(mqttUrl, {
      clientId: deviceId,
      username: deviceId,
      password: secrets.get(deviceId) ?? '',
      reconnectPeriod: 0,
    });
    devices.set(deviceId, client);
    return client;
  }

  /** A device tells something that happens now, or did `at`, and hears that it is stored. */
  async function tells(
    deviceId: string,
    type: string,
    data: object = {},
    at: number | null = null,
  ): Promise<void> {
    const client = await deviceOf(deviceId);
    const time = at === null ? {} : { time: new Date(at).toISOString() };
    const event = { id: randomBytes(8).toString('hex'), type, data, ...time };
    await client.publishAsync(eventsTopic(deviceId), JSON.stringify(event), { qos: 1 });
    await sweep();
  }

  /** What a device is told on its `commands` topic from now on. */
  async function commandsTo(deviceId: string): Promise<string[]> {
    const client = await deviceOf(deviceId);
    const heard: string[] = [];
    client.on('message', (topic, payload) => {
      if (topic === commandsTopic(deviceId)) heard.push(payload.toString());
    });
    await client.subscribeAsync(commandsTopic(deviceId), { qos: 1 });
    return heard;
  }

  /** The live alerts that this person may see, most urgent first. */
  async function alerts(person: string, queue: Queue = 'care'): Promise<AlertView[]> {
    return AlertPage.parse(await does(person, 'GET', `/alerts?queue=${queue}`)).items;
  }

  /** `rule state`, for each of them. */
  async function sees(person: string, queue?: Queue): Promise<string[]> {
    return (await alerts(person, queue)).map(({ rule, state }) => `${rule.id} ${state}`);
  }

  /** The one live alert of a rule, as this person sees it. */
  async function alert(person: string, rule: string, queue?: Queue): Promise<AlertView> {
    const found = (await alerts(person, queue)).filter((one) => one.rule.id === rule);
    const [only] = found;
    if (only === undefined || found.length > 1) {
      throw new Error(`${person} sees ${found.length} alerts of ${rule}.`);
    }
    return only;
  }

  /** The timeline of an alert, one line a fact: `60 s escalated (unanswered) -> Amina`. */
  async function timeline(person: string, id: string): Promise<string[]> {
    const detail = AlertDetail.parse(await does(person, 'GET', `/alerts/${id}`));
    return detail.timeline.map((entry) => lineOf(entry, detail.raisedAt));
  }

  await withStore((store) => furnish(store, { secrets, at: now }));
  await start();
  onTestFinished(stop);

  return {
    now: clock,
    pass,
    /** Lets time pass until the wall clock shows this. */
    passUntil: (local: string) => pass((wallClock(local) - now) / second),
    /** Lets time pass without anything being swept, as on a machine that stands still. */
    stall: (seconds: number) => {
      now += seconds * second;
    },
    sweep,
    start,
    stop,
    cutPower,
    ask,
    does,
    tells,
    commandsTo,
    alerts,
    sees,
    alert,
    timeline,
    withStore,
    /** Who has seen what of a municipality's, oldest first: `person action subject`. */
    accessRows: (municipalityId: string): string[] => {
      const db = new DatabaseSync(join(dataDir, 'vaka.db'), { readOnly: true });
      const line = "person_id || ' ' || action || ' ' || coalesce(subject_id, '-') as line";
      const rows = db
        .prepare(`select ${line} from access_log where municipality_id = ? order by seq`)
        .all(municipalityId);
      db.close();
      return rows.map((row) => String(row['line']));
    },
    openScreen: async (person: string) => {
      const screen = await openScreen(publicUrl, await cookieOf(person));
      screens.add(screen);
      await sweep();
      return { ...screen, close: () => closeScreen(screen) };
    },
    checkIn: (person: string, unitId: string | null, hours: number) =>
      does(person, 'POST', '/duties', { unitId, until: now + hours * 3_600_000 }),
    /** By device; what a device gets in the story is added here. */
    secrets,
    publicUrl: () => publicUrl,
    mqttUrl: () => mqttUrl,
  };
}

function lineOf(entry: TimelineEntry, raisedAt: number): string {
  const { at, type, reason, by, other, channel, asked, outcome } = entry;
  const parts = [
    `${Math.round((at - raisedAt) / second)} s ${type}`,
    reason === null ? '' : `(${reason})`,
    by === null ? '' : `by ${by.name}`,
    channel === null ? '' : `by ${channel}`,
    other === null ? '' : `to ${other.name}`,
    asked.length === 0 ? '' : `-> ${asked.map(nameOf).toSorted().join(', ')}`,
    outcome === null ? '' : outcome,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function nameOf({ who, name }: Asked): string {
  return name ?? who;
}

type Screen = Awaited<ReturnType<typeof openScreen>>;

/** A screen that somebody has open: it shows what it is told, and says so. */
async function openScreen(publicUrl: string, cookie: string) {
  const url = `${publicUrl.replace('http', 'ws')}/api/v1/stream`;
  const socket = new WebSocket(url, { headers: { cookie, origin: publicUrl } });
  const board = new Map<string, AlertView>();
  const ever = new Set<string>();
  socket.on('message', (data) => {
    const text = Buffer.isBuffer(data) ? data.toString() : '';
    const message = ServerMessage.parse(JSON.parse(text));
    if (message.type === 'changes') {
      for (const { alert } of message.changes) {
        ever.add(alert.rule.id);
        if (alert.state === 'resolved') board.delete(alert.id);
        else board.set(alert.id, alert);
        if (alert.state === 'firing') {
          socket.send(JSON.stringify({ type: 'seen', alert: alert.id }));
        }
      }
      for (const id of message.gone) board.delete(id);
    }
  });
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'hello', cursor: null }));
  await once(socket, 'message');
  onTestFinished(() => socket.terminate());

  return {
    /** `rule state`, for each alert for care on it. */
    board: () =>
      [...board.values()]
        .filter(({ queue }) => queue === 'care')
        .map(({ rule, state }) => `${rule.id} ${state}`)
        .toSorted(),
    /** The rules of all that it was ever told of. */
    everShown: () => [...ever].toSorted(),
    /** Resolves once all that was sent before, either way, has arrived. */
    answered: async () => {
      socket.ping();
      await once(socket, 'pong');
    },
    close: async () => {
      socket.close();
      await once(socket, 'close');
    },
  };
}
