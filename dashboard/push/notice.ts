/** What a push is shown as; imports nothing, for the worker must be one file. */
export interface Notice {
  title: string;
  options: NotificationOptions & { renotify: boolean; vibrate: number[]; data: { path: string } };
}

const unreadable = {
  sv: { title: 'Vaka', body: 'Öppna Vaka: något har hänt.' },
  en: { title: 'Vaka', body: 'Open Vaka: something has happened.' },
};

/** In the reader's language. What cannot be understood is shown all the same, without particulars. */
export function noticeOf(message: unknown, wanted: string | null): Notice {
  const language = wanted === 'en' ? 'en' : 'sv';
  const fallback = unreadable[language];
  const isUrgent = part(message, 'severity') === 'emergency';
  return {
    title: text(part(part(message, 'title'), language)) ?? fallback.title,
    options: {
      body: text(part(part(message, 'body'), language)) ?? fallback.body,
      tag: text(part(message, 'tag')) ?? 'vaka',
      // One that is told again, as by the next step, is heard again.
      renotify: true,
      requireInteraction: isUrgent,
      vibrate: isUrgent ? [400, 200, 400, 200, 400] : [200],
      lang: language,
      icon: '/icon-192.png',
      badge: '/icon-192.png',
      data: { path: ownPath(part(message, 'path')) },
    },
  };
}

/** Where a pressed notification leads. */
export function openPath(data: unknown): string {
  return ownPath(part(data, 'path'));
}

/** A page of ours and nothing else, whatever was sent. */
function ownPath(path: unknown): string {
  return typeof path === 'string' && /^\/(?![/\\])/.test(path) ? path : '/';
}

function part(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as Record<string, unknown>)[key];
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
