import {
  createVirtualDevice,
  type DeviceEvent,
  type Identity,
  type VirtualDevice,
} from '../device.ts';
import type { Dice } from '../dice.ts';
import { isSensedBy, type Happening } from '../happening.ts';
import { bedSensor } from './bed-sensor.ts';
import { callButton } from './call-button.ts';
import { doorContact } from './door-contact.ts';
import { fallDetector } from './fall-detector.ts';
import { hazardDetector } from './hazard-detector.ts';
import { hub } from './hub.ts';
import { meteringPlug } from './metering-plug.ts';
import { motionSensor } from './motion-sensor.ts';
import { nightCamera } from './night-camera.ts';
import { tagReader } from './tag-reader.ts';
import { thermometer } from './thermometer.ts';

/** A virtual device that keeps its own state. */
export interface RunningDevice {
  id: string;
  dueAt: () => number;
  /** What it says as time passes until `at`. */
  tick: (at: number) => DeviceEvent[];
  /** What it says when something happens around it. */
  feel: (at: number, happening: Happening) => DeviceEvent[];
}

/** Starts the device that the profile describes. */
export function startDevice(identity: Identity, dice: Dice): RunningDevice {
  switch (identity.profile) {
    case 'call-button':
    case 'event-only':
    case 'location-alarm':
      return run(createVirtualDevice(identity, callButton), identity, dice);
    case 'fall-detector':
    case 'fall-radar':
      return run(createVirtualDevice(identity, fallDetector), identity, dice);
    case 'door-contact':
      return run(createVirtualDevice(identity, doorContact), identity, dice);
    case 'motion-sensor':
    case 'presence-sensor':
      return run(createVirtualDevice(identity, motionSensor), identity, dice);
    case 'bed-sensor':
      return run(createVirtualDevice(identity, bedSensor), identity, dice);
    case 'night-camera':
      return run(createVirtualDevice(identity, nightCamera(identity.timeZone)), identity, dice);
    case 'smoke-detector':
      return run(createVirtualDevice(identity, hazardDetector('smoke')), identity, dice);
    case 'co-detector':
      return run(createVirtualDevice(identity, hazardDetector('co')), identity, dice);
    case 'water-detector':
      return run(createVirtualDevice(identity, hazardDetector('water')), identity, dice);
    case 'thermometer':
      return run(createVirtualDevice(identity, thermometer), identity, dice);
    case 'tag-reader':
      return run(createVirtualDevice(identity, tagReader), identity, dice);
    case 'plug':
      return run(createVirtualDevice(identity, meteringPlug), identity, dice);
    case 'hub':
    case 'seizure-sensor':
    case 'medication-dispenser':
    case 'sensor':
      return run(createVirtualDevice(identity, hub), identity, dice);
  }
}

function run<State>(device: VirtualDevice<State>, identity: Identity, dice: Dice): RunningDevice {
  let { initial: state } = device;

  function step(at: number, happening?: Happening): DeviceEvent[] {
    const stepped = device.step(state, at, dice, happening);
    state = stepped.state;
    return stepped.events;
  }

  return {
    id: device.id,
    dueAt: () => device.dueAt(state),
    tick: (at) => step(at),
    feel: (at, happening) => (isSensedBy(happening, identity) ? step(at, happening) : []),
  };
}
