import type { Dice } from '../dice.ts';
import type { Happening } from '../happening.ts';
import type { BehindHub, FleetHub } from './fleet-hub.ts';
import { type HubMessage, published, type Stimulus, type VirtualHub } from './virtual-hub.ts';
import {
  beat,
  calm,
  type Doing,
  empty,
  greet,
  pair,
  sense,
  type ZigbeeDevice,
} from './zigbee-device.ts';
import { zigbeeModel } from './zigbee-model.ts';
import {
  availability,
  bridgeDevices,
  bridgeEvent,
  bridgeGroups,
  bridgeInfo,
  bridgeState,
  forgotten,
} from './zigbee2mqtt-bridge.ts';

export interface Zigbee2mqttState {
  isStarted: boolean;
  /** By address; those that have left are not there. */
  devices: ReadonlyMap<string, ZigbeeDevice>;
}

interface Step {
  state: Zigbee2mqttState;
  messages: readonly HubMessage[];
}

/** zigbee2mqtt 2 with `last_seen: ISO_8601` and `availability`; https://www.zigbee2mqtt.io/guide/usage/mqtt_topics_and_messages.html */
export function zigbee2mqtt({ devices: all }: FleetHub): VirtualHub<Zigbee2mqttState> {
  const byAddress = new Map(all.map((one) => [one.address, one]));
  const present = ({ devices }: Zigbee2mqttState) =>
    all.filter(({ address }) => devices.has(address));

  function pairAll(at: number, dice: Dice): Zigbee2mqttState {
    const paired = all.map(({ address, model }) => [address, pair(model, at, dice)] as const);
    return { isStarted: true, devices: new Map(paired) };
  }

  function start(before: Zigbee2mqttState, at: number, dice: Dice): Step {
    const here = present(before);
    const messages = [
      bridgeState('online'),
      bridgeInfo(),
      bridgeDevices(here),
      bridgeGroups(),
      ...here.map((one) => {
        const isAlive = before.devices.get(one.address)?.isAlive === true;
        return availability(one, isAlive ? 'online' : 'offline');
      }),
    ];
    let state = before;
    for (const { address } of here) {
      const greeted = carryOut(state, address, (one) => greet(one, at, dice));
      state = greeted.state;
      messages.push(...greeted.messages);
    }
    return { state, messages };
  }

  function carryOut(
    state: Zigbee2mqttState,
    address: string,
    act: (device: ZigbeeDevice) => Doing,
  ): Step {
    const known = byAddress.get(address);
    const device = state.devices.get(address);
    if (known === undefined || device === undefined) return { state, messages: [] };
    const doing = act(device);
    const devices = new Map(state.devices).set(address, doing.device);
    return { state: { ...state, devices }, messages: doing.told.map((each) => told(known, each)) };
  }

  function leave(state: Zigbee2mqttState, address: string): Step {
    const known = byAddress.get(address);
    if (known === undefined || !state.devices.has(address)) return { state, messages: [] };
    const devices = new Map(state.devices);
    devices.delete(address);
    const messages = [
      bridgeEvent('device_leave', known),
      forgotten(known),
      bridgeDevices(present({ ...state, devices })),
    ];
    return { state: { ...state, devices }, messages };
  }

  function react(state: Zigbee2mqttState, at: number, dice: Dice, stimulus: Stimulus): Step {
    if (stimulus.kind === 'start') return start(state, at, dice);
    const { address } = stimulus;
    switch (stimulus.kind) {
      case 'happening':
        return carryOut(state, address, (one) => sense(one, stimulus.happening, at, dice));
      case 'try':
        return carryOut(state, address, (one) => sense(one, tried(one), at, dice));
      case 'rest':
        return carryOut(state, address, (one) => sense(one, rested(one), at, dice));
      case 'leave':
        return leave(state, address);
    }
  }

  return {
    initial: { isStarted: false, devices: new Map() },
    dueAt: ({ devices }) => Math.min(Infinity, ...devices.values().map(nextOf)),
    step: (before, at, dice, stimulus) => {
      const messages: HubMessage[] = [];
      let state = before.isStarted ? before : pairAll(at, dice);
      for (const [address, device] of state.devices) {
        if (nextOf(device) > at) continue;
        if (device.lostAt <= at) {
          const known = byAddress.get(address);
          if (known !== undefined) messages.push(availability(known, 'offline'));
        }
        const acted = carryOut(state, address, (one) => pass(one, at, dice));
        state = acted.state;
        messages.push(...acted.messages);
      }
      if (stimulus === undefined) return { state, messages };
      const reacted = react(state, at, dice, stimulus);
      return { state: reacted.state, messages: [...messages, ...reacted.messages] };
    },
  };
}

function nextOf({ heartbeatAt, calmAt, emptyAt, lostAt }: ZigbeeDevice): number {
  return Math.min(heartbeatAt, calmAt, emptyAt, lostAt);
}

function pass(device: ZigbeeDevice, at: number, dice: Dice): Doing {
  if (device.emptyAt <= at) return empty(device);
  if (device.calmAt <= at) return calm(device, at, dice);
  if (device.lostAt <= at) return { device: { ...device, lostAt: Infinity }, told: [] };
  return beat(device, at, dice);
}

function told({ name }: BehindHub, state: Readonly<Record<string, unknown>>): HubMessage {
  return published(`zigbee2mqtt/${name}`, state);
}

/** What somebody does with a device to see whether it works: a door that stands open is closed. */
function tried({ model, says }: ZigbeeDevice): Happening {
  const { profile } = zigbeeModel(model);
  if (profile === 'call-button') return { what: 'help-press' };
  if (profile === 'door-contact') {
    return { what: says['contact'] === true ? 'door-open' : 'door-close' };
  }
  if (profile === 'water-detector') {
    return { what: says['water_leak'] === true ? 'water-end' : 'water-start' };
  }
  return { what: 'movement' };
}

function rested({ model }: ZigbeeDevice): Happening {
  const { profile } = zigbeeModel(model);
  return { what: profile === 'water-detector' ? 'water-end' : 'door-close' };
}
