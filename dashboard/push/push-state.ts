/** What this browser can do, and has been told, about notifications. */
export interface PushFacts {
  isSecure: boolean;
  hasPush: boolean;
  /** An iPhone or iPad, where only an installed page may be notified. */
  isApple: boolean;
  isInstalled: boolean;
  permission: NotificationPermission;
  isSubscribed: boolean;
}

export type PushState = 'on' | 'off' | 'denied' | 'unsupported' | 'install' | 'insecure';

/** Whether notifications are on here, or the first reason why they cannot be. */
export function pushStateOf(facts: PushFacts): PushState {
  if (!facts.isSecure) return 'insecure';
  if (!facts.hasPush) return facts.isApple && !facts.isInstalled ? 'install' : 'unsupported';
  if (facts.permission === 'denied') return 'denied';
  return facts.isSubscribed && facts.permission === 'granted' ? 'on' : 'off';
}

/** Base64url of a VAPID key as the bytes that the browser asks for. */
export function keyBytes(key: string): Uint8Array<ArrayBuffer> {
  const text = atob(key.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (character) => character.codePointAt(0) ?? 0);
}
