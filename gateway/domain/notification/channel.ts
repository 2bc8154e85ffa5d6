import type { Severity } from '../../protocol/alert.ts';
import type { Text } from '../../protocol/text.ts';
import type { ChannelName, Sent, Waiting } from './notification.ts';

/** What a channel may know of an alert: no names of people. */
export interface AlertBrief {
  id: string;
  severity: Severity;
  title: Text;
  homeLabel: string | null;
  raisedAt: number;
  isTest: boolean;
}

/** A way to reach somebody. It never throws: what goes wrong is a `Sent`. It gives up when the signal aborts. */
export interface Channel {
  name: ChannelName;
  send: (notification: Waiting, alert: AlertBrief, signal: AbortSignal) => Promise<Sent>;
}
