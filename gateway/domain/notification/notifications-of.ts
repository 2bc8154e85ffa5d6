import type { AlertEvent } from '../alert/alert-event.ts';
import { isLive, stepOf } from '../alert/alert.ts';
import type { AlertTerms } from '../alert/terms.ts';
import type { AlertChangeSet } from '../ledger.ts';
import type { ChannelName, Notification, NotificationKind } from './notification.ts';

/** What is to be told outside the dashboard of what has become of alerts; `canReassure` tells it of a device. */
export function notificationsOf(
  changes: readonly AlertChangeSet[],
  terms: Pick<AlertTerms, 'channelsTo'>,
  canReassure: (deviceId: string) => boolean,
): Notification[] {
  return changes.flatMap((change) => [
    ...askings(change, terms),
    ...outcomes(change),
    ...reassurances(change, canReassure),
  ]);
}

type Drafted = Pick<Notification, 'kind' | 'channel' | 'target' | 'at'>;

function keep({ alert }: AlertChangeSet, asking: number, drafted: Drafted): Notification {
  const { kind, channel, target } = drafted;
  const id = `${alert.id}:${asking}:${channel}:${kind}:${target}`;
  const { id: alertId, municipalityId, severity } = alert;
  return { id, municipalityId, alertId, asking, severity, ...drafted };
}

/** What asked before it was held back, or was answered within the same commit, asks no longer. */
function askings(
  change: AlertChangeSet,
  { channelsTo }: Pick<AlertTerms, 'channelsTo'>,
): Notification[] {
  const { alert, before, events } = change;
  const lastHold = events.findLastIndex(
    ({ type }) => type === 'inhibited' || type === 'suppressed',
  );
  let asking = before?.askings ?? 0;
  return events.flatMap((event, index) => {
    if (!('reached' in event) || event.reached === null) return [];
    asking += 1;
    const ordinal = asking;
    const isOfHolder = event.type === 'handed-over' || event.type === 'help-wanted';
    const isAsking = isOfHolder ? isLive(alert) : alert.state === 'firing';
    if (!isAsking || index < lastHold) return [];
    const { people, endpoints } = event.reached;
    const wanted = channelsOf(change, event);
    const told = people.flatMap((target) =>
      [...channelsTo(target)]
        .filter((channel) => wanted.includes(channel))
        .map((channel) => ({ channel, target })),
    );
    const hooks = endpoints.map((target) => ({ channel: 'webhook' as const, target }));
    return [...told, ...hooks].map((drafted) =>
      keep(change, ordinal, { kind: 'asked', at: event.at, ...drafted }),
    );
  });
}

/** A colleague who is handed an alert is told in every way there is. */
function channelsOf({ alert }: AlertChangeSet, event: AlertEvent): readonly ChannelName[] {
  if (!('step' in event) && event.type !== 'raised') return ['push', 'email'];
  const step = 'step' in event ? event.step : 0;
  return stepOf(alert, step).channels.filter((channel) => channel !== 'screen');
}

/** An alarm centre that was asked hears that somebody has it, and that it is over. */
function outcomes(change: AlertChangeSet): Notification[] {
  const { alert, events } = change;
  const kinds: readonly [AlertEvent['type'], NotificationKind][] = [
    ['accepted', 'taken'],
    ['resolved', 'resolved'],
  ];
  return kinds.flatMap(([type, kind]) => {
    const event = events.find((each) => each.type === type);
    if (event === undefined) return [];
    return alert.endpoints.map((target) =>
      keep(change, alert.askings, { kind, channel: 'webhook', target, at: event.at }),
    );
  });
}

/** Whoever called is told that help is on its way, by the device with which they called. */
function reassurances(
  change: AlertChangeSet,
  canReassure: (deviceId: string) => boolean,
): Notification[] {
  const { alert, events } = change;
  const { deviceId: target } = alert;
  const accepted = events.find(({ type }) => type === 'accepted');
  if (accepted === undefined || target === null || !canReassure(target)) return [];
  const { at } = accepted;
  return [keep(change, alert.askings, { kind: 'reassure', channel: 'device', target, at })];
}
