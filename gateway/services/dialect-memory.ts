import type { Interpretation, Json, Memory } from '../domain/dialect.ts';
import type { Memories, Remembered } from '../domain/hub-notes.ts';
import type { DialectName } from '../protocol/device/device-profile.ts';

/** How many hubs are remembered before all are read anew. */
const hubsKept = 5_000;

/** What one batch finds in memory, and changes there. */
export interface OpenMemory {
  of: (hubId: string, dialect: DialectName) => Memory;
  note: (
    hubId: string,
    dialect: DialectName,
    changes: NonNullable<Interpretation['remember']>,
  ) => void;
  /** What the batch has changed, to be written with it. */
  changes: () => readonly Remembered[];
  /** The batch is committed: what it changed holds from now on. */
  keep: () => void;
}

/**
 * What dialects remember, at hand. Batches come one after another; what a batch changes holds only once it is committed,
 * so that an edge in a batch that failed is found again.
 */
export interface DialectMemory {
  open: (hubIds: readonly string[]) => Promise<OpenMemory>;
}

type OfHub = Map<string, Json>;

function fullKey(dialect: DialectName, key: string): string {
  return `${dialect} ${key}`;
}

export function createDialectMemory(memories: Memories): DialectMemory {
  const hubs = new Map<string, OfHub>();

  async function load(hubIds: readonly string[]): Promise<void> {
    const missing = hubIds.filter((id) => !hubs.has(id));
    if (missing.length === 0) return;
    if (hubs.size > hubsKept) hubs.clear();
    const wanted = hubIds.filter((id) => !hubs.has(id));
    const read = new Map(wanted.map((id): [string, OfHub] => [id, new Map()]));
    for (const { hubId, dialect, key, value } of await memories.of(wanted)) {
      if (value !== null) read.get(hubId)?.set(fullKey(dialect, key), value);
    }
    // Only now: what could not be read is not to be taken for nothing remembered.
    for (const [id, ofHub] of read) hubs.set(id, ofHub);
  }

  return {
    open: async (hubIds) => {
      await load(hubIds);
      const changed = new Map<string, Map<string, Remembered>>();
      return {
        of: (hubId, dialect) => ({
          get: (key) => {
            const full = fullKey(dialect, key);
            const change = changed.get(hubId)?.get(full);
            if (change !== undefined) return change.value ?? undefined;
            return hubs.get(hubId)?.get(full);
          },
        }),
        note: (hubId, dialect, changes) => {
          const ofHub = changed.get(hubId) ?? new Map<string, Remembered>();
          changed.set(hubId, ofHub);
          for (const [key, value] of changes) {
            ofHub.set(fullKey(dialect, key), { hubId, dialect, key, value });
          }
        },
        changes: () => [...changed.values()].flatMap((ofHub) => [...ofHub.values()]),
        keep: () => {
          for (const [hubId, ofHub] of changed) {
            const held = hubs.get(hubId);
            for (const [full, { value }] of ofHub) {
              if (value === null) held?.delete(full);
              else held?.set(full, value);
            }
          }
        },
      };
    },
  };
}
