import { Buffer } from 'node:buffer';

import { between, type Dice, hash, wholeBetween } from '../dice.ts';
import type { BehindHub, FleetHub } from './fleet-hub.ts';
import {
  type Decoded,
  joinNetwork,
  type LorawanDevice,
  lorawanModel,
  rested,
  sense,
  tried,
} from './lorawan-device.ts';
import { type HubMessage, published, type Stimulus, type VirtualHub } from './virtual-hub.ts';

export interface ChirpstackState {
  isStarted: boolean;
  /** By EUI; those that were removed are not there. */
  devices: ReadonlyMap<string, LorawanDevice>;
}

interface Acted {
  device: LorawanDevice;
  messages: readonly HubMessage[];
}

const statusEveryMs = 12 * 3_600_000;
const drainPerUplink = 0.02;
/** So many uplinks are told twice: the second gateway's came after ChirpStack had stopped waiting for it. */
const lateShare = 0.25;

/**
 * ChirpStack 4 with its HTTP integration in JSON: the topics are those of `uplinks/chirpstack?event=…`.
 * https://www.chirpstack.io/docs/chirpstack/integrations/events.html
 */
export function chirpstack({ devices: all }: FleetHub): VirtualHub<ChirpstackState> {
  const byEui = new Map(all.map((one) => [one.address, one]));

  function joinAll(at: number, dice: Dice): ChirpstackState {
    const joined = all.map(
      ({ address, model }) => [address, joinNetwork(model, at, dice)] as const,
    );
    return { isStarted: true, devices: new Map(joined) };
  }

  function react(
    known: BehindHub,
    device: LorawanDevice,
    stimulus: Stimulus,
    at: number,
    dice: Dice,
  ): Acted {
    switch (stimulus.kind) {
      case 'start':
        return greet(known, device, at, dice);
      case 'happening':
        return happen(known, sense(device, stimulus.happening), at, dice);
      case 'try':
        return happen(known, sense(device, tried(device)), at, dice);
      case 'rest':
        return happen(known, sense(device, rested(device)), at, dice);
      case 'leave':
        return { device, messages: [] };
    }
  }

  return {
    initial: { isStarted: false, devices: new Map() },
    dueAt: ({ devices }) => Math.min(Infinity, ...devices.values().map(nextOf)),
    step: (before, at, dice, stimulus) => {
      const { devices: known } = before.isStarted ? before : joinAll(at, dice);
      const devices = new Map(known);
      const messages: HubMessage[] = [];
      const keep = (eui: string, acted: Acted): void => {
        devices.set(eui, acted.device);
        messages.push(...acted.messages);
      };
      for (const [eui, device] of known) {
        const behind = byEui.get(eui);
        if (behind !== undefined && nextOf(device) <= at) keep(eui, pass(behind, device, at, dice));
      }
      for (const [eui, device] of stimulus === undefined ? [] : [...devices]) {
        const behind = byEui.get(eui);
        if (behind === undefined || stimulus === undefined || !isMeant(stimulus, eui)) continue;
        keep(eui, react(behind, device, stimulus, at, dice));
      }
      // ChirpStack says nothing of a device that was removed from it.
      if (stimulus?.kind === 'leave') devices.delete(stimulus.address);
      return { state: { isStarted: true, devices }, messages };
    },
  };
}

function isMeant(stimulus: Stimulus, eui: string): boolean {
  return stimulus.kind === 'start' || stimulus.address === eui;
}

function nextOf({ heartbeatAt, statusAt }: LorawanDevice): number {
  return Math.min(heartbeatAt, statusAt);
}

function greet(known: BehindHub, device: LorawanDevice, at: number, dice: Dice): Acted {
  if (!device.isAlive) return { device, messages: [] };
  const join = published('chirpstack/event/join', {
    ...envelope(known, at, dice),
    devAddr: devAddrOf(known),
  });
  const sent = uplink(known, device, lorawanModel(device.model).tell(device), at, dice);
  return { device: sent.device, messages: [join, ...sent.messages] };
}

function pass(known: BehindHub, device: LorawanDevice, at: number, dice: Dice): Acted {
  if (device.statusAt <= at) {
    const status = published('chirpstack/event/status', {
      ...envelope(known, at, dice),
      margin: wholeBetween(dice, 5, 25),
      externalPowerSource: false,
      batteryLevelUnavailable: false,
      batteryLevel: Math.round(device.batteryPercent * 100) / 100,
    });
    return { device: { ...device, statusAt: at + statusEveryMs }, messages: [status] };
  }
  const { everyMs, tell } = lorawanModel(device.model);
  const celsius = Math.min(40, Math.max(5, device.celsius + between(dice, -0.4, 0.4)));
  const sent = { ...device, celsius, heartbeatAt: at + everyMs };
  return uplink(known, sent, tell(sent), at, dice);
}

function happen(
  known: BehindHub,
  { device, decoded }: { device: LorawanDevice; decoded: Decoded | null },
  at: number,
  dice: Dice,
): Acted {
  return decoded === null ? { device, messages: [] } : uplink(known, device, decoded, at, dice);
}

function uplink(
  known: BehindHub,
  device: LorawanDevice,
  { bytes, object }: Decoded,
  at: number,
  dice: Dice,
): Acted {
  const heardBy = (gatewayId: string) => ({
    gatewayId,
    uplinkId: wholeBetween(dice, 1, 2 ** 31),
    gwTime: timeOf(at),
    rssi: wholeBetween(dice, -118, -70),
    snr: Math.round(between(dice, -8, 10) * 10) / 10,
    channel: wholeBetween(dice, 0, 7),
    location: {},
    context: 'AAAAAA==',
    metadata: { region_config_id: 'eu868', region_common_name: 'EU868' },
    crcStatus: 'CRC_OK',
  });
  const event = {
    ...envelope(known, at, dice),
    devAddr: devAddrOf(known),
    adr: true,
    dr: 5,
    fCnt: device.count,
    fPort: 85,
    confirmed: false,
    data: Buffer.from(bytes).toString('base64'),
    object,
    rxInfo: [heardBy('24e124fffef0a1b1')],
    txInfo: {
      frequency: 868_100_000,
      modulation: { lora: { bandwidth: 125_000, spreadingFactor: 7, codeRate: 'CR_4_5' } },
    },
  };
  const isLate = dice() < lateShare;
  const again = { ...event, rxInfo: [heardBy('24e124fffef0a1b2')] };
  const batteryPercent = Math.max(0, device.batteryPercent - drainPerUplink);
  return {
    device: { ...device, count: device.count + 1, batteryPercent },
    messages: (isLate ? [event, again] : [event]).map((each) =>
      published('chirpstack/event/up', each),
    ),
  };
}

/** What every event says: when, of which device, and a mark by which it can be told when it comes again. */
function envelope({ address, name, model }: BehindHub, at: number, dice: Dice): object {
  const tenant = '52f14cd4-c6f1-4fbd-8f87-4025e1d49242';
  const application = '17c82e96-be03-4f38-aef3-f83d48582d97';
  return {
    deduplicationId: uuid(dice),
    time: timeOf(at),
    deviceInfo: {
      tenantId: tenant,
      tenantName: 'Kommunen',
      applicationId: application,
      applicationName: 'Trygghet',
      deviceProfileId: '14855bf7-d10d-4aee-b618-ebfcb64dc7ad',
      deviceProfileName: lorawanModel(model).name,
      deviceName: name,
      devEui: address,
      deviceClassEnabled: 'CLASS_A',
      tags: {},
    },
  };
}

function devAddrOf({ address }: BehindHub): string {
  return (hash(address) & 0x01ffffff).toString(16).padStart(8, '0');
}

/** In nanoseconds and with an offset, as ChirpStack writes times. */
function timeOf(at: number): string {
  return new Date(at).toISOString().replace('Z', '000000+00:00');
}

function uuid(dice: Dice): string {
  const digits = Array.from({ length: 32 }, () => wholeBetween(dice, 0, 15).toString(16)).join('');
  const parts = /^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/.exec(digits) ?? [];
  const [, one = '', two = '', three = '', four = '', five = ''] = parts;
  return `${one}-${two}-4${three}-8${four}-${five}`;
}
