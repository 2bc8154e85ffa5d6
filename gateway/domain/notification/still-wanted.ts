import { type Alert, stepOf } from '../alert/alert.ts';
import type { Notification } from './notification.ts';

type Told = Pick<Notification, 'kind' | 'asking' | 'channel' | 'target'>;

/**
 * Whether it is still true, with the alert as it is now, and worth telling. That somebody has it is not said once nobody
 * has. Nobody is asked once somebody has answered, it is held back, or the same receiver has been asked anew through the
 * same channel: a later step that asks others leaves those of the earlier one to be told.
 */
export function isStillWanted(alert: Alert, told: Told): boolean {
  switch (told.kind) {
    case 'asked':
      return isStillAsked(alert, told);
    case 'taken':
    case 'reassure':
      return alert.state === 'accepted' || alert.state === 'on-site';
    case 'resolved':
      return true;
  }
}

function isStillAsked(alert: Alert, told: Told): boolean {
  if (isHandedTo(alert, told)) return true;
  if (!isAsking(alert) || alert.declinedBy.includes(told.target)) return false;
  return told.asking >= alert.askings || !isAskedAnew(alert, told);
}

function isAsking({ state, held, inhibitedBy, helpWanted }: Alert): boolean {
  if (state === 'firing') return held === null && inhibitedBy === null;
  return state !== 'resolved' && helpWanted !== null;
}

/** Who was given the alert by a colleague must hear of it, although nobody is asked any more. */
function isHandedTo({ state, by, askings, reached }: Alert, { asking, target }: Told): boolean {
  const isTheirs = state === 'accepted' && by === target && asking === askings;
  return isTheirs && reached.people.length === 1 && reached.people[0] === target;
}

function isAskedAnew(alert: Alert, { channel, target }: Told): boolean {
  if (channel === 'webhook') return alert.reached.endpoints.includes(target);
  const channels: readonly string[] = stepOf(alert, alert.step).channels;
  return channels.includes(channel) && alert.reached.people.includes(target);
}
