import { useEffect, useRef } from 'react';

import { destinationsOf } from '../frame/destination.ts';
import { useMe } from '../session/session-context.tsx';
import { handedTo } from '../stream/board.ts';
import { useLive } from '../stream/live-context.tsx';
import { isStale } from '../stream/live.ts';
import { chooseSound, heardNothing, isHeardBy } from './choice.ts';
import { useSound } from './sound-context.tsx';

const checkEveryMs = 500;

/** Makes the screen heard for as long as somebody waits for an answer. */
export function Alarm() {
  const live = useLive();
  const me = useMe();
  const { state, player } = useSound();
  const heard = useRef(heardNothing);
  const tendsTechnical = destinationsOf(me.role).includes('technical');

  useEffect(() => {
    if (state !== 'on') return;
    function check(): void {
      const { board } = live.view();
      const alerts = [...board.alerts.values()];
      const decision = chooseSound(heard.current, {
        now: performance.now(),
        isStale: isStale(live.doubtMs()),
        alerts: alerts.filter((alert) => isHeardBy(alert, tendsTechnical)),
        handed: handedTo(board, me.id),
        readerId: me.id,
      });
      heard.current = decision.heard;
      if (decision.play !== null) player.play(decision.play);
    }
    const timer = setInterval(check, checkEveryMs);
    const unsubscribe = live.subscribe(check);
    check();
    return () => {
      clearInterval(timer);
      unsubscribe();
    };
  }, [state, live, player, tendsTechnical, me.id]);
  return null;
}
