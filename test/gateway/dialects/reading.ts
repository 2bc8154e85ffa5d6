import type { Dialect, Interpretation, Json } from '../../../gateway/domain/dialect.ts';

export const receivedAt = Date.UTC(2026, 10, 22, 12);

/** A hub whose messages are read one after the other, with what the dialect remembers between them. */
export interface Hub {
  says: (topic: string, payload: unknown, at?: number) => Interpretation;
}

export function createHub(dialect: Dialect): Hub {
  const memory = new Map<string, Json>();
  return {
    says: (topic, payload, at = receivedAt) => {
      const told = dialect.read(
        { topic, payload: bytesOf(payload), receivedAt: at, timeZone: 'Europe/Stockholm' },
        { get: (key) => memory.get(key) },
      );
      for (const [key, value] of told.remember ?? []) {
        if (value === null) memory.delete(key);
        else memory.set(key, JSON.parse(JSON.stringify(value)) as Json);
      }
      return told;
    },
  };
}

function bytesOf(payload: unknown): Uint8Array {
  if (payload instanceof Uint8Array) return payload;
  return new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload));
}

export function typesOf({ readings }: Interpretation): string[] {
  return readings.map(({ type }) => type);
}
