import { setImmediate as breath } from 'node:timers/promises';

import { chooseHomes, type Fleet, type FleetDevice, type FleetHome } from './fleet.ts';
import type { FleetHub } from './hub/fleet-hub.ts';
import { UplinkLine } from './hub/uplink-line.ts';
import type { Line } from './line.ts';
import { closeAll, Link } from './link.ts';
import type { Sending } from './misbehave.ts';
import type { Misbehaviour } from './misbehaviour.ts';
import { Outbox } from './outbox.ts';
import { until } from './patience.ts';
import { sendings, startOf } from './play.ts';
import { readScenario, type Scenario } from './scenario.ts';
import { castHomes } from './script.ts';
import { createStats, type Log, type Stats } from './stats.ts';
import { createVirtualClock } from './virtual-clock.ts';

export interface SimulateOptions {
  mqttUrl: string;
  /** Where network servers send what they have heard; needed if the fleet has any. */
  httpUrl?: string;
  fleet: Fleet;
  /** One of `scenarioNames()`, or a scenario of one's own. */
  scenario: string | Scenario;
  seed: string;
  /**
   * How many times as fast as real time; events carry virtual time. A gateway believes at most five minutes of
   * future, so the play starts in the past and reaches the present as it ends.
   */
  speed?: number;
  /** The first so many homes of the fleet, or these. */
  homes?: number | readonly string[];
  /** Instead of what the scenario says of it. */
  misbehaviour?: Partial<Misbehaviour>;
  /**
   * Asked each time whether somebody may try a device that a hub has found and nobody has placed: a button is pressed
   * every minute, a door opened or closed every half. Without it they lie still, as a call for help would be real.
   */
  mayTry?: (hubId: string, address: string) => Promise<boolean>;
  signal: AbortSignal;
  clock: () => number;
  log: Log;
}

const breathEvery = 100;

/**
 * Plays a scenario against a gateway over MQTT, and resolves when its last event is acknowledged, or within a second
 * of the signal.
 */
export async function simulate(options: SimulateOptions): Promise<Stats> {
  const { fleet, seed, speed = 1, signal, clock, log } = options;
  const scenario = scenarioOf(options);
  const homes = castHomes(chooseHomes(fleet, options.homes), scenario);
  const now = clock();
  const startAt = startOf(scenario, homes, now, speed);
  const { realTimeOf } = createVirtualClock(startAt, now, speed);
  const stats = createStats();
  const network = connectHomes(homes, linesOf(options, stats));
  const tried = new Set<string>();
  const isTried = (hubId: string, address: string) => tried.has(`${hubId} ${address}`);
  log('The scenario begins.', { homes: homes.length, from: startAt, speed });

  const close = () => void closeAll(network.links.values());
  signal.addEventListener('abort', close);
  for (const outbox of network.outboxes.values()) outbox.setNetwork(true);
  let count = 0;
  try {
    for (const sending of sendings(homes, { scenario, seed, startAt, isTried })) {
      await until(realTimeOf(sending.at), clock, signal);
      if (signal.aborted) break;
      count += 1;
      if (count % breathEvery === 0) await breath();
      if (sending.kind === 'ask') {
        const { hubId, address } = sending;
        const may = (await options.mayTry?.(hubId, address)) === true;
        tried[may ? 'add' : 'delete'](`${hubId} ${address}`);
      } else carryOut(sending, network);
    }
    if (!signal.aborted) await Promise.all(network.outboxes.values().map((each) => each.drain()));
  } finally {
    signal.removeEventListener('abort', close);
    await closeAll(network.links.values());
  }
  log('The scenario has ended.', { ...stats });
  return stats;
}

interface Network {
  links: Map<string, Line>;
  outboxes: Map<string, Outbox>;
}

function scenarioOf({ scenario, misbehaviour }: SimulateOptions): Scenario {
  const play = typeof scenario === 'string' ? readScenario(scenario) : scenario;
  return { ...play, misbehaviour: { ...play.misbehaviour, ...misbehaviour } };
}

interface Lines {
  device: (device: FleetDevice) => Line;
  hub: (hub: FleetHub) => Line;
}

/** A hub at home has one MQTT connection, as its broker's bridge makes it; a network server sends by HTTP. */
function linesOf({ mqttUrl, httpUrl, log }: SimulateOptions, stats: Stats): Lines {
  return {
    device: (device) => new Link({ mqttUrl, device, stats, log }),
    hub: (hub) => {
      if (hub.speaks !== 'chirpstack') {
        const { id, secret } = hub;
        const device = { id, secret, profile: 'hub', placement: 'other' } as const;
        return new Link({ mqttUrl, device, stats, log });
      }
      if (httpUrl === undefined) {
        throw new Error(`${hub.id} sends by HTTP: say where the gateway answers that.`);
      }
      return new UplinkLine({ httpUrl, hub, stats, log });
    },
  };
}

function connectHomes(homes: readonly FleetHome[], lines: Lines): Network {
  const links = new Map<string, Line>();
  const outboxes = new Map<string, Outbox>();
  for (const home of homes) {
    const own = new Map<string, Line>([
      ...home.devices.map((device) => [device.id, lines.device(device)] as const),
      ...(home.hubs ?? []).map((hub) => [hub.id, lines.hub(hub)] as const),
    ]);
    for (const [id, each] of own) links.set(id, each);
    outboxes.set(home.id, new Outbox(own));
  }
  return { links, outboxes };
}

function carryOut(sending: Exclude<Sending, { kind: 'ask' }>, { links, outboxes }: Network): void {
  const outbox = outboxes.get(sending.homeId);
  switch (sending.kind) {
    case 'publish':
      return outbox?.put(sending);
    case 'network':
      return outbox?.setNetwork(sending.isUp);
    case 'death':
      return void outbox?.bury(sending.deviceId);
    case 'half-open':
      return links.get(sending.deviceId)?.freeze();
    case 'thaw':
      return links.get(sending.deviceId)?.thaw();
    case 'idle':
      return undefined;
  }
}
