import { useEffect, useRef, useState } from 'react';

import { whereOf } from '../alert/where.ts';
import { useMe } from '../session/session-context.tsx';
import { useSpeech } from '../text/language-context.tsx';
import { announcementsOf, type Announcement } from './announcement.ts';
import { useLive } from './live-context.tsx';

const keptMs = 10_000;

/** Tells those who listen to the page of new alerts; an emergency at once. */
export function Announcer() {
  const live = useLive();
  const me = useMe();
  const { words, say, language } = useSpeech();
  const [told, setTold] = useState<Announcement[]>([]);
  const last = useRef(live.view());

  useEffect(
    () =>
      live.subscribe(() => {
        const before = last.current;
        last.current = live.view();
        // The first picture is read as the page it is, not as news.
        if (!before.isFilled || before.board === last.current.board) return;
        const news = announcementsOf(before.board, last.current.board, me.id);
        if (news.length > 0) setTold(news);
      }),
    [live, me.id],
  );

  useEffect(() => {
    if (told.length === 0) return;
    const timer = setTimeout(() => setTold([]), keptMs);
    return () => clearTimeout(timer);
  }, [told]);

  function tell({ alert, kind }: Announcement): string {
    const title = say(alert.rule.title);
    const where = whereOf(alert, language);
    switch (kind) {
      case 'new':
        return words.board.announce(alert.severity, title, where);
      case 'returned':
        return words.board.announceReturned(title, where);
      case 'help':
        return words.duty.board.announceHelp(alert.acceptedBy?.name ?? '?', title, where);
      case 'handed':
        return words.duty.board.announceHanded(title, where);
    }
  }
  const urgent = told.filter(({ isUrgent }) => isUrgent);
  const others = told.filter(({ isUrgent }) => !isUrgent);
  return (
    <div className="visually-hidden">
      <div aria-live="assertive">{urgent.map(tell).join(' ')}</div>
      <div aria-live="polite">{others.map(tell).join(' ')}</div>
    </div>
  );
}
