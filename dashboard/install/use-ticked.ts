import { useEffect, useRef, useState } from 'react';

import type { EventType } from '../../gateway/protocol/catalogue.ts';
import type { InstallationTest } from '../../gateway/protocol/device/installation.ts';
import { newlySeen } from './trial.ts';

const buzzMs = 60;

/** What was heard just now, told once, and felt where the phone can. */
export function useTicked(tests: readonly InstallationTest[]): readonly EventType[] {
  const before = useRef(tests);
  const [ticked, setTicked] = useState<readonly EventType[]>([]);
  useEffect(() => {
    const seen = newlySeen(before.current, tests);
    before.current = tests;
    if (seen.length === 0) return;
    setTicked(seen);
    if ('vibrate' in navigator) navigator.vibrate(buzzMs);
  }, [tests]);
  return ticked;
}
