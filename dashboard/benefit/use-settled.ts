import { useEffect, useState } from 'react';

const settlesAfterMs = 1_000;

/** The value once it has stayed the same for a second, so that nothing is told at each key press. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settlesAfterMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
