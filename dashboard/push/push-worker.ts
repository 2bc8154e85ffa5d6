import { noticeOf, openPath } from './notice.ts';

/** The parts of a service worker's world that this one uses: the DOM's types know only the page's. */
interface Arrival extends Event {
  data: { json: () => unknown } | null;
  waitUntil: (work: Promise<unknown>) => void;
}
interface Press extends Event {
  notification: Notification;
  waitUntil: (work: Promise<unknown>) => void;
}
interface Window_ {
  focus: () => Promise<unknown>;
  postMessage: (message: unknown) => void;
}
interface PushWorker {
  location: Location;
  registration: ServiceWorkerRegistration;
  clients: {
    matchAll: (options: { type: 'window'; includeUncontrolled: true }) => Promise<Window_[]>;
    openWindow: (path: string) => Promise<unknown>;
  };
  skipWaiting: () => Promise<void>;
  addEventListener: ((type: 'push', listener: (event: Arrival) => void) => void) &
    ((type: 'notificationclick', listener: (event: Press) => void) => void) &
    ((type: 'install', listener: () => void) => void);
}

const worker = self as unknown as PushWorker;
const language = new URL(worker.location.href).searchParams.get('language');

// A new version has nothing to hand over from the old.
worker.addEventListener('install', () => void worker.skipWaiting());

/** Browsers withdraw the permission of a page whose pushes show nothing: whatever comes is shown. */
worker.addEventListener('push', (event) => {
  const { title, options } = noticeOf(read(event), language);
  event.waitUntil(worker.registration.showNotification(title, options));
});

worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(openPath(event.notification.data)));
});

function read({ data }: Arrival): unknown {
  try {
    return data?.json() ?? null;
  } catch {
    return null;
  }
}

async function open(path: string): Promise<void> {
  const [shown] = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (shown === undefined) {
    await worker.clients.openWindow(path);
    return;
  }
  shown.postMessage({ open: path });
  await shown.focus();
}
