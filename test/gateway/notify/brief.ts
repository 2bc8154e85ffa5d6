import type { AlertBrief } from '../../../gateway/domain/notification/channel.ts';
import type { ChannelName, Waiting } from '../../../gateway/domain/notification/notification.ts';

export const raisedAt = Date.parse('2026-11-22T02:00:00Z');

/** A fall in a home on Skogsgatan. */
export function briefOf(some: Partial<AlertBrief> = {}): AlertBrief {
  return {
    id: 'alert-1',
    severity: 'emergency',
    title: { sv: 'Fall i badrummet', en: 'Fall in the bathroom' },
    homeLabel: 'Skogsgatan 12 B, lgh 1102',
    raisedAt,
    isTest: false,
    ...some,
  };
}

/** The first asking of that alert through a channel. */
export function waitingOf(
  channel: ChannelName,
  target: string,
  some: Partial<Waiting> = {},
): Waiting {
  return {
    id: `alert-1:1:${channel}:asked:${target}`,
    municipalityId: 'norr',
    alertId: 'alert-1',
    asking: 1,
    severity: 'high',
    kind: 'asked',
    channel,
    target,
    at: raisedAt,
    attempts: 0,
    dueAt: raisedAt,
    ...some,
  };
}

/** Never aborts. */
export const patient = new AbortController().signal;

/** Aborts when it is told to. */
export function impatient(): { signal: AbortSignal; giveUp: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, giveUp: () => controller.abort() };
}
