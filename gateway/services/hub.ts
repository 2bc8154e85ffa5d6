import type { CommittedChange, Hub } from '../domain/hub.ts';

/** Passes commits on at once; `failed` is told when a listener throws, and the others still hear. */
export function createHub(failed: (error: unknown) => void): Hub {
  const listeners = new Set<(changes: readonly CommittedChange[]) => void>();
  return {
    publish: (changes) => {
      if (changes.length === 0) return;
      for (const listener of listeners) {
        try {
          listener(changes);
        } catch (error) {
          failed(error);
        }
      }
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
