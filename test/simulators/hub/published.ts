import type { Dialect, Interpretation, Json } from '../../../gateway/domain/dialect.ts';
import { createDice } from '../../../simulators/dice.ts';
import type { Happening } from '../../../simulators/happening.ts';
import type { FleetHub } from '../../../simulators/hub/fleet-hub.ts';
import { startHub } from '../../../simulators/hub/running-hub.ts';
import type { HubMessage, Stimulus } from '../../../simulators/hub/virtual-hub.ts';

export const noon = Date.UTC(2026, 10, 22, 11);
export const minute = 60_000;

export interface Said extends HubMessage {
  at: number;
}

type Line = { after: number } & ({ happening: Happening } | { stimulus: Stimulus });

/** What the hub publishes for as long as it lasts, with what comes over it, in the order given. */
export function performance(
  hub: FleetHub,
  lines: readonly Line[],
  { seed = 'seed', forMs = 10 * minute } = {},
): Said[] {
  const running = startHub(hub, createDice(seed));
  const said: Said[] = [];
  const keep = (at: number, messages: readonly HubMessage[]) =>
    said.push(...messages.map((message) => ({ at, ...message })));
  const passUntil = (until: number) => {
    for (let at = running.dueAt(); at <= until; at = running.dueAt()) keep(at, running.tick(at));
  };
  keep(noon, running.meet(noon, { kind: 'start' }));
  for (const line of lines) {
    const at = noon + line.after;
    passUntil(at);
    keep(
      at,
      'happening' in line
        ? running.feel(at, line.happening, null)
        : running.meet(at, line.stimulus),
    );
  }
  passUntil(noon + forMs);
  return said;
}

export interface Read extends Interpretation {
  topic: string;
  at: number;
}

/** Each message as the gateway's dialect reads it, with what it remembers in between. */
export function readAll(dialect: Dialect, said: readonly Said[]): Read[] {
  const memory = new Map<string, Json>();
  return said.map(({ topic, payload, at }) => {
    const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload) : payload;
    const told = dialect.read(
      { topic, payload: bytes, receivedAt: at + 40, timeZone: 'Europe/Stockholm' },
      { get: (key) => memory.get(key) },
    );
    for (const [key, value] of told.remember ?? []) {
      if (value === null) memory.delete(key);
      else memory.set(key, structuredClone(value));
    }
    return { ...told, topic, at };
  });
}

const humdrum =
  /^(device\.heartbeat|link\.measured|battery\.measured|temperature\.|humidity\.|illuminance\.|power\.measured)/;

/** What is told of devices that matters, as `address type`, each id once, as in the log. */
export function tellings(read: readonly Read[]): string[] {
  const told = new Set<string>();
  return read.flatMap(({ readings }) =>
    readings.flatMap(({ id, type, source }) => {
      if (
        source === undefined ||
        humdrum.test(type) ||
        (id !== null && told.has(`${source} ${id}`))
      )
        return [];
      if (id !== null) told.add(`${source} ${id}`);
      return [`${source} ${type}`];
    }),
  );
}

export function bodyOf({ payload }: HubMessage): Record<string, unknown> {
  return JSON.parse(String(payload)) as Record<string, unknown>;
}
