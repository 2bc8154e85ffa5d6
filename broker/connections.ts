import type { Gate } from './gate.ts';

/** Told when a device's first connection opens and when its last one closes; `at` is epoch milliseconds. */
export interface Presence {
  deviceId: string;
  connected: boolean;
  at: number;
}

/** Every open connection, and per device those that have authenticated, oldest first. */
export class Connections {
  readonly #all = new Set<Gate>();
  readonly #byDevice = new Map<string, Gate[]>();
  readonly #onChange: (deviceId: string, connected: boolean) => void;
  #cuts = 0;

  constructor(onChange: (deviceId: string, connected: boolean) => void) {
    this.#onChange = onChange;
  }

  get size(): number {
    return this.#all.size;
  }

  add(gate: Gate): void {
    this.#all.add(gate);
    gate.on('close', () => this.#remove(gate));
  }

  /** From here on, whatever older connections of the device do is history. */
  authenticated(gate: Gate, deviceId: string): void {
    gate.deviceId = deviceId;
    const gates = this.#byDevice.get(deviceId);
    if (gates === undefined) this.#byDevice.set(deviceId, [gate]);
    else gates.push(gate);
  }

  /** The session is open: older connections of the same device end here [MQTT-3.1.4-2]. */
  registered(gate: Gate): void {
    const gates = gate.deviceId === null ? undefined : this.#byDevice.get(gate.deviceId);
    if (gate.deviceId === null || gates === undefined || !gates.includes(gate)) return;
    const wasPresent = isPresent(gates);
    gate.registered = true;
    // Aedes does so too, but loses sight of a session whose predecessor was still closing when it began.
    for (const older of gates.slice(0, gates.indexOf(gate))) older.destroy();
    if (!wasPresent) this.#onChange(gate.deviceId, true);
  }

  /** Whether a newer connection of the same device has authenticated. */
  isSuperseded(gate: Gate): boolean {
    const gates = gate.deviceId === null ? undefined : this.#byDevice.get(gate.deviceId);
    return gates !== undefined && gates.at(-1) !== gate && gates.some((other) => other !== gate);
  }

  isPresent(deviceId: string): boolean {
    return isPresent(this.#byDevice.get(deviceId) ?? []);
  }

  /** How often a device has been cut off; who was being let in meanwhile is to be looked at again. */
  get cuts(): number {
    return this.#cuts;
  }

  /** Ends the connections of a device, without its will. */
  cut(deviceId: string): void {
    this.#cuts += 1;
    for (const gate of this.#byDevice.get(deviceId) ?? []) {
      gate.revoked = true;
      gate.abort();
    }
  }

  abortAll(): void {
    for (const gate of this.#all) gate.abort();
  }

  #remove(gate: Gate): void {
    this.#all.delete(gate);
    const { deviceId } = gate;
    const gates = deviceId === null ? undefined : this.#byDevice.get(deviceId);
    if (deviceId === null || gates === undefined) return;
    const others = gates.filter((other) => other !== gate);
    if (others.length === 0) this.#byDevice.delete(deviceId);
    else this.#byDevice.set(deviceId, others);
    if (gate.registered && !isPresent(others)) this.#onChange(deviceId, false);
  }
}

function isPresent(gates: readonly Gate[]): boolean {
  return gates.some(({ registered }) => registered);
}
