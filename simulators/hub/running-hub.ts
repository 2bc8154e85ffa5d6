import { isPlacement, type Placement } from '../../gateway/protocol/placement.ts';
import type { ProfileId } from '../../gateway/protocol/profile.ts';
import type { Dice } from '../dice.ts';
import { isSensedBy, type Happening } from '../happening.ts';
import { chirpstack } from './chirpstack.ts';
import type { FleetHub } from './fleet-hub.ts';
import { frigate } from './frigate.ts';
import { lorawanModel } from './lorawan-device.ts';
import type { HubMessage, Stimulus, VirtualHub } from './virtual-hub.ts';
import { zigbeeModel } from './zigbee-model.ts';
import { zigbee2mqtt } from './zigbee2mqtt.ts';

/** A virtual hub that keeps its own state. */
export interface RunningHub {
  id: string;
  dueAt: () => number;
  /** What it publishes as time passes until `at`. */
  tick: (at: number) => readonly HubMessage[];
  /** What it publishes when this comes over it. */
  meet: (at: number, stimulus: Stimulus) => readonly HubMessage[];
  /** What it publishes when something happens around its devices, or around one of them only. */
  feel: (at: number, happening: Happening, only: string | null) => readonly HubMessage[];
  /** What its broker sends when it is connected again: all that is retained, twice, as Mosquitto does. */
  reconnect: () => readonly HubMessage[];
}

/** A device behind a hub that sits where things happen. */
export interface Placed {
  address: string;
  profile: ProfileId;
  placement: Placement;
}

/** @throws Error for a model that is not played. */
export function placedBehind({ speaks, devices }: FleetHub): readonly Placed[] {
  return devices.flatMap(({ address, model, placement }) =>
    placement !== null && isPlacement(placement)
      ? [{ address, profile: profileOf(speaks, model), placement }]
      : [],
  );
}

export function profileOf(speaks: FleetHub['speaks'], model: string): ProfileId {
  if (speaks === 'zigbee2mqtt') return zigbeeModel(model).profile;
  return speaks === 'frigate' ? 'night-camera' : lorawanModel(model).profile;
}

/** Starts what the hub speaks. @throws Error for a model that is not played. */
export function startHub(hub: FleetHub, dice: Dice): RunningHub {
  switch (hub.speaks) {
    case 'zigbee2mqtt':
      return run(hub, zigbee2mqtt(hub), dice);
    case 'frigate':
      return run(hub, frigate(hub), dice);
    case 'chirpstack':
      return run(hub, chirpstack(hub), dice);
  }
}

function run<State>(hub: FleetHub, virtual: VirtualHub<State>, dice: Dice): RunningHub {
  const placed = placedBehind(hub);
  const retained = new Map<string, HubMessage>();
  let { initial: state } = virtual;

  function step(at: number, stimulus?: Stimulus): readonly HubMessage[] {
    const stepped = virtual.step(state, at, dice, stimulus);
    state = stepped.state;
    for (const message of stepped.messages) {
      if (!message.retain) continue;
      if (message.payload.length === 0) retained.delete(message.topic);
      else retained.set(message.topic, message);
    }
    return stepped.messages;
  }

  return {
    id: hub.id,
    dueAt: () => virtual.dueAt(state),
    tick: (at) => step(at),
    meet: step,
    feel: (at, happening, only) =>
      placed
        .filter((one) => only === null || one.address === only)
        .filter((one) => isSensedBy(happening, one))
        .flatMap(({ address }) => step(at, { kind: 'happening', address, happening })),
    reconnect: () => [...retained.values(), ...retained.values()],
  };
}
