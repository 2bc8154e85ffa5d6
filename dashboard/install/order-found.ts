import type { FoundView } from '../../gateway/protocol/device/hub.ts';

const justNowMs = 20_000;

/** Whether it told something just now: whoever pressed the button is looking for it. */
export function hasJustTold(
  { lastType, lastSeenAt }: Pick<FoundView, 'lastType' | 'lastSeenAt'>,
  now: number,
): boolean {
  return lastType !== null && now - lastSeenAt < justNowMs;
}

/** Those that just told something first, the latest on top; the others stand still by name, so that no finger misses. */
export function orderFound(found: readonly FoundView[], now: number): FoundView[] {
  return found
    .filter(({ isGone }) => !isGone)
    .toSorted((one, other) => {
      const [told, otherTold] = [hasJustTold(one, now), hasJustTold(other, now)];
      if (told !== otherTold) return told ? -1 : 1;
      if (told) return other.lastSeenAt - one.lastSeenAt;
      return one.label.localeCompare(other.label) || one.address.localeCompare(other.address);
    });
}
