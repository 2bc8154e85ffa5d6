type Key = 'language' | 'scheme' | 'sound' | 'push';

/** What this browser remembers of its reader's choices; null where storage is not allowed. */
export function recall(key: Key): string | null {
  try {
    return localStorage.getItem(`vaka.${key}`);
  } catch {
    return null;
  }
}

export function remember(key: Key, value: string): void {
  try {
    localStorage.setItem(`vaka.${key}`, value);
  } catch {
    // Storage is full or forbidden: the choice lasts until the page is closed.
  }
}
