import type { BehindHub } from './fleet-hub.ts';
import { type HubMessage, published } from './virtual-hub.ts';
import { zigbeeModel } from './zigbee-model.ts';

const kept = { retain: true, qos: 1 } as const;
const version = '2.6.3';
const radio = '0x00124b0024c8d1e5';

export function bridgeState(state: 'online' | 'offline'): HubMessage {
  return published('zigbee2mqtt/bridge/state', { state }, kept);
}

export function bridgeInfo(): HubMessage {
  return published(
    'zigbee2mqtt/bridge/info',
    {
      version,
      coordinator: { type: 'ZStack3x0', ieee_address: radio, meta: { revision: 20240710 } },
      network: { channel: 15, pan_id: 6754, extended_pan_id: '0xdddddddddddddddd' },
      log_level: 'warning',
      permit_join: false,
      restart_required: false,
      config: { advanced: { last_seen: 'ISO_8601' }, availability: { enabled: true } },
    },
    kept,
  );
}

export function bridgeGroups(): HubMessage {
  return published('zigbee2mqtt/bridge/groups', [], kept);
}

/** The whole list, as it is told at the start and whenever a device comes or goes. */
export function bridgeDevices(devices: readonly BehindHub[]): HubMessage {
  return published('zigbee2mqtt/bridge/devices', [coordinator, ...devices.map(listed)], kept);
}

export function bridgeEvent(type: string, { address, name }: BehindHub): HubMessage {
  const data = { friendly_name: name, ieee_address: address };
  return published('zigbee2mqtt/bridge/event', { type, data });
}

export function availability({ name }: BehindHub, state: 'online' | 'offline'): HubMessage {
  return published(`zigbee2mqtt/${name}/availability`, { state }, kept);
}

/** How a broker is told to forget what it retained. */
export function forgotten({ name }: BehindHub): HubMessage {
  return published(`zigbee2mqtt/${name}/availability`, '', kept);
}

const coordinator = {
  ieee_address: radio,
  type: 'Coordinator',
  network_address: 0,
  supported: true,
  disabled: false,
  friendly_name: 'Coordinator',
  definition: null,
  interview_completed: true,
  interviewing: false,
  endpoints: {},
};

function listed({ address, name, model: known }: BehindHub, index: number): object {
  const { vendor, model, description, exposes, modelId, manufacturer } = zigbeeModel(known);
  return {
    ieee_address: address,
    type: 'EndDevice',
    network_address: 11_264 + index,
    supported: true,
    disabled: false,
    friendly_name: name,
    description: null,
    definition: { source: 'native', model, vendor, description, exposes, options: [] },
    power_source: 'Battery',
    date_code: '20170314',
    model_id: modelId,
    manufacturer,
    interviewing: false,
    interview_completed: true,
    interview_state: 'SUCCESSFUL',
    endpoints: {},
  };
}
