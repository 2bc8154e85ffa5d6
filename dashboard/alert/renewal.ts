import type { TimelineEntry } from '../../gateway/protocol/alert.ts';

/** That an alert still waits for the same other is no news. */
export function withoutRenewals(entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
  let isWaiting = false;
  return entries.filter(({ type }) => {
    const isRenewal = isWaiting && type === 'inhibited';
    if (type === 'inhibited') isWaiting = true;
    if (type === 'returned' || type === 'accepted' || type === 'arrived') isWaiting = false;
    return !isRenewal;
  });
}
