import type { Language } from '../../gateway/protocol/text.ts';
import { endPush, fetchPushKey, savePush } from '../api/push-api.ts';
import { recall, remember } from '../session/memory.ts';
import { keyBytes, pushStateOf, type PushState } from './push-state.ts';

/** Where vite puts the worker; beside the page, so that it may serve all of it. */
export const workerPath = '/push-worker.js';

function hasPush(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
}

async function subscriptionHere(): Promise<PushSubscription | null> {
  if (!hasPush()) return null;
  const registration = await navigator.serviceWorker.getRegistration('/');
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** How notifications stand on this device. */
export async function pushState(): Promise<PushState> {
  const isSupported = isSecureContext && hasPush();
  return pushStateOf({
    isSecure: isSecureContext,
    hasPush: hasPush(),
    isApple: isAppleTouch(),
    isInstalled: matchMedia('(display-mode: standalone)').matches,
    permission: isSupported ? Notification.permission : 'default',
    isSubscribed: isSupported && (await subscriptionHere()) !== null,
  });
}

/** An iPad calls itself a Mac, which has no touch screen. */
function isAppleTouch(): boolean {
  const { userAgent, maxTouchPoints } = navigator;
  return /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1);
}

/** Asks for leave where it has not been given; must be called from a gesture. Answers how it went. */
export async function turnPushOn(language: Language): Promise<PushState> {
  if ((await Notification.requestPermission()) === 'granted') {
    remember('push', 'on');
    await subscribe(language);
  }
  return pushState();
}

export async function turnPushOff(): Promise<PushState> {
  remember('push', 'off');
  await endPushHere();
  return pushState();
}

/** At each load: whoever is signed in now is who is told here, if this device is to be told at all. */
export async function keepPush(language: Language): Promise<void> {
  if (recall('push') !== 'on' || (await pushState()) === 'denied') return;
  if (hasPush() && Notification.permission === 'granted') await subscribe(language);
}

async function subscribe(language: Language): Promise<void> {
  // The worker knows the language by its own address: it has no other memory.
  await navigator.serviceWorker.register(`${workerPath}?language=${language}`, { scope: '/' });
  const { pushManager } = await navigator.serviceWorker.ready;
  const applicationServerKey = keyBytes(await fetchPushKey());
  const subscription = await subscribeWith(pushManager, applicationServerKey);
  const { endpoint, keys } = subscription.toJSON();
  if (endpoint === undefined) return;
  await savePush({
    endpoint,
    keys: { p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '' },
  });
}

/** A subscription of another key, as after a gateway was set up anew, is of no use and must go first. */
async function subscribeWith(
  pushManager: PushManager,
  applicationServerKey: Uint8Array<ArrayBuffer>,
): Promise<PushSubscription> {
  const options = { userVisibleOnly: true, applicationServerKey };
  try {
    return await pushManager.subscribe(options);
  } catch (error) {
    const old = await pushManager.getSubscription();
    if (old === null) throw error;
    await old.unsubscribe();
    return pushManager.subscribe(options);
  }
}

/** Nobody is told here any more; never fails, for it must not keep anybody from signing out. */
export async function endPushHere(): Promise<void> {
  try {
    const subscription = await subscriptionHere();
    if (subscription === null) return;
    // The gateway first: without a session it could not be told.
    await endPush(subscription.endpoint).catch(() => undefined);
    await subscription.unsubscribe();
  } catch {
    // The gateway drops an endpoint that the push service calls gone.
  }
}
