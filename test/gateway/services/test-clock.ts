import { start } from '../store/furnish.ts';

/** A clock that only the test moves. */
export interface TestClock {
  now: () => number;
  pass: (ms: number) => void;
  set: (at: number) => void;
}

export function createTestClock(at = start): TestClock {
  let now = at;
  return {
    now: () => now,
    pass: (ms) => {
      now += ms;
    },
    set: (next) => {
      now = next;
    },
  };
}
