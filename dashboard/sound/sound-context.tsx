import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';

import { recall, remember } from '../session/memory.ts';
import { createPlayer, type Player } from './player.ts';

/** `locked`: wanted, but the browser waits for a gesture. */
export type SoundState = 'on' | 'off' | 'locked';

interface SoundControl {
  state: SoundState;
  player: Player;
  turn: (to: 'on' | 'off') => void;
}

const SoundContext = createContext<SoundControl | null>(null);
const gestures = ['pointerup', 'keydown'] as const;

export function SoundProvider({ children }: { children: ReactNode }) {
  const [player] = useState(createPlayer);
  const [isWanted, setWanted] = useState(() => recall('sound') !== 'off');
  const isUnlocked = useSyncExternalStore(player.subscribe, player.isUnlocked);

  // Any gesture will do, not only one on our own button.
  useEffect(() => {
    if (!isWanted || isUnlocked) return;
    const unlock = () => void player.unlock();
    for (const gesture of gestures) addEventListener(gesture, unlock);
    return () => {
      for (const gesture of gestures) removeEventListener(gesture, unlock);
    };
  }, [player, isWanted, isUnlocked]);

  const turn = useCallback(
    (to: 'on' | 'off') => {
      remember('sound', to);
      setWanted(to === 'on');
      if (to === 'on') void player.unlock().then(() => player.play('low'));
    },
    [player],
  );

  const wantedState = isUnlocked ? 'on' : 'locked';
  const state: SoundState = isWanted ? wantedState : 'off';
  const control = useMemo(() => ({ state, player, turn }), [state, player, turn]);
  return <SoundContext value={control}>{children}</SoundContext>;
}

export function useSound(): SoundControl {
  const control = use(SoundContext);
  if (control === null) throw new Error('There is no SoundProvider above.');
  return control;
}
