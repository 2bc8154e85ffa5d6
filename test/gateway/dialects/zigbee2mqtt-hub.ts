import { zigbee2mqtt } from '../../../gateway/dialects/zigbee2mqtt.ts';
import type { Interpretation, Json, Said } from '../../../gateway/domain/dialect.ts';

export const began = Date.UTC(2026, 10, 22, 1, 0, 0);

/** A hub in a test: what the dialect wants to remember is there the next time. */
export class TestHub {
  readonly memory = new Map<string, Json>();
  now = began;

  /** Publishes on a topic below the base topic, `later` milliseconds after the one before. */
  say(topic: string, message: unknown, later = 1_000): Interpretation {
    this.now += later;
    return this.read({
      topic: `zigbee2mqtt/${topic}`,
      payload: message instanceof Uint8Array ? message : bytes(message),
      receivedAt: this.now,
      timeZone: 'Europe/Stockholm',
    });
  }

  read(said: Said): Interpretation {
    const told = zigbee2mqtt.read(said, { get: (key) => this.memory.get(key) });
    for (const [key, value] of told.remember ?? []) {
      if (value === null) this.memory.delete(key);
      else this.memory.set(key, structuredClone(value));
    }
    return told;
  }

  /** The types of what is told, with the heartbeats of messages that tell nothing else. */
  types(topic: string, message: unknown, later?: number): readonly string[] {
    return this.say(topic, message, later).readings.map(({ type }) => type);
  }
}

function bytes(message: unknown): Uint8Array {
  return new TextEncoder().encode(typeof message === 'string' ? message : JSON.stringify(message));
}

export const heartbeat = ['device.heartbeat'];

interface Listed {
  address: string;
  name: string;
  exposes?: readonly unknown[] | null;
  vendor?: string;
  model?: string;
  power?: string;
  type?: string;
}

/** A device as `bridge/devices` lists it. */
export function listed(one: Listed): Record<string, unknown> {
  const { address, name, exposes = [], vendor = 'Nordsensor', model = 'NS-1' } = one;
  const { power = 'Battery', type = 'EndDevice' } = one;
  const definition = { model, vendor, description: 'A test device', exposes, options: [] };
  return {
    ieee_address: address,
    friendly_name: name,
    type,
    supported: exposes !== null,
    interview_completed: true,
    power_source: power,
    manufacturer: vendor,
    model_id: model,
    software_build_id: '1.0.3',
    definition: exposes === null ? null : definition,
  };
}

export const coordinator = {
  ieee_address: '0x00124b0000000001',
  friendly_name: 'Coordinator',
  type: 'Coordinator',
  definition: null,
};

export function binary(name: string, on: unknown = true, off: unknown = false) {
  return { type: 'binary', name, property: name, access: 1, value_on: on, value_off: off };
}

export function numeric(name: string, unit = '') {
  return { type: 'numeric', name, property: name, access: 1, unit };
}

export function words(name: string, values: readonly unknown[]) {
  return { type: 'enum', name, property: name, access: 1, values };
}
