import { useEffect } from 'react';
import { useNavigate } from 'react-router';

import { useSpeech } from '../text/language-context.tsx';
import { keepPush } from './push-here.ts';

/** Renews the subscription at each load, and opens what a pressed notification is about. */
export function PushKeeper() {
  const { language } = useSpeech();
  const navigate = useNavigate();

  useEffect(() => {
    // Tried again at the next load; the page about notifications tells how they stand.
    keepPush(language).catch(() => undefined);
  }, [language]);

  useEffect(() => {
    if (!('serviceWorker' in navigator)) return;
    function open(event: MessageEvent<unknown>): void {
      const { data } = event;
      if (typeof data !== 'object' || data === null || !('open' in data)) return;
      if (typeof data.open === 'string') void navigate(data.open);
    }
    navigator.serviceWorker.addEventListener('message', open);
    return () => navigator.serviceWorker.removeEventListener('message', open);
  }, [navigate]);
  return null;
}
