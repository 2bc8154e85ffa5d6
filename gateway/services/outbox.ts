import { openBook } from '../domain/alert/book.ts';
import type { AlertCommand } from '../domain/alert/decide.ts';
import type { TermsFor } from '../domain/duty/terms.ts';
import type { CommittedChange, Hub } from '../domain/hub.ts';
import type { Ledger } from '../domain/ledger.ts';
import type { AlertBrief, Channel } from '../domain/notification/channel.ts';
import {
  channelNames,
  type ChannelName,
  type Fate,
  type Sent,
  type Waiting,
} from '../domain/notification/notification.ts';
import { retryAt } from '../domain/notification/retry.ts';
import { isStillWanted } from '../domain/notification/still-wanted.ts';
import type { Store } from '../domain/store.ts';
import type { Metrics } from './metrics.ts';
import { type Lane, openLane } from './outbox-lane.ts';
import { liveWith, record } from './record.ts';

/** What became of a notification, for the log: ids of ours, no receiver, no address. */
export interface Told {
  alert: string;
  channel: ChannelName;
  kind: Waiting['kind'];
  fate: Fate;
  attempts: number;
  why: string | null;
}

export interface OutboxOptions {
  store: Store;
  /** Those that are configured; what was meant for another is given up, and said so. */
  channels: readonly Channel[];
  hub: Hub;
  metrics: Metrics;
  termsFor: TermsFor;
  clock: () => number;
  /** In [0, 1). */
  random: () => number;
  told: (told: Told) => void;
  failed: (error: unknown) => void;
  /** How long an attempt may take. */
  attemptMs?: number;
}

/** Sends what has been kept to be told, each channel on its own, until it is told or given up. */
export interface Dispatcher {
  channels: ReadonlySet<ChannelName>;
  /** Something may be due: after a commit, and at each sweep. */
  poke: () => void;
  /** The same in a moment, so that many commits in a row share one look. */
  pokeSoon: () => void;
  /** Resolves when all that is due has been tried. */
  run: () => Promise<void>;
  /** Breaks off what is being sent; it is sent again after the next start. */
  stop: () => Promise<void>;
}

/** A mail server is one receiver for all; endpoints and devices are many, and some of them hang. */
const room: Readonly<Record<ChannelName, { atATime: number; perTarget: number }>> = {
  push: { atATime: 64, perTarget: 4 },
  email: { atATime: 8, perTarget: 4 },
  webhook: { atATime: 64, perTarget: 4 },
  device: { atATime: 64, perTarget: 1 },
};

/** How long it is remembered what became of a notification; the alert's timeline has it for as long as the alert is kept. */
const keptMs = 30 * 24 * 3_600_000;
const tidyEveryMs = 3_600_000;
/** A channel that has not given up so long after it was told to never will. */
const deafAfterMs = 500;

const gatherMs = 20;

export function createDispatcher(options: OutboxOptions): Dispatcher {
  const { store, hub, metrics, clock, random, failed, attemptMs = 15_000 } = options;
  const configured = new Map(options.channels.map((channel) => [channel.name, channel]));
  const stopping = new AbortController();
  let tidiedAt = -Infinity;
  let tidying: Promise<void> | null = null;
  const lanes = channelNames.map((name) => laneOf(configured.get(name) ?? turnedOff(name)));

  function laneOf(channel: Channel): Lane {
    return openLane({
      channel: channel.name,
      outbox: store.outbox,
      ...room[channel.name],
      clock,
      send: (waiting) => send(channel, waiting),
      failed,
    });
  }

  async function send(channel: Channel, waiting: Waiting): Promise<void> {
    const alert = await briefOf(waiting);
    if (alert === null) return settle(waiting, 'overtaken', null);
    const sent = await attempt(channel, waiting, alert);
    if (sent === null) return;
    if (sent.result === 'delivered') return settle(waiting, 'delivered', null);
    const dueAt =
      sent.result === 'retry'
        ? retryAt({ ...waiting, ...sent, severity: alert.severity }, clock(), random())
        : null;
    if (dueAt === null) return settle(waiting, 'failed', sent.why);
    await store.outbox.putOff({ id: waiting.id, at: clock(), dueAt, why: sent.why });
  }

  /** The alert as it is right now; null if there is nothing left to tell. */
  async function briefOf(waiting: Waiting): Promise<AlertBrief | null> {
    const alert = await store.transaction((ledger) => ledger.alert(waiting.alertId));
    if (alert === null || !isStillWanted(alert, waiting)) return null;
    const { id, severity, rule, homeId, raisedAt, isTest } = alert;
    const homes = homeId === null ? null : await store.directory.homes([homeId]);
    const homeLabel = homes?.get(homeId ?? '')?.label ?? null;
    return { id, severity, title: rule.title, homeLabel, raisedAt, isTest };
  }

  /** Null when we stop before there is an answer. */
  async function attempt(
    channel: Channel,
    waiting: Waiting,
    alert: AlertBrief,
  ): Promise<Sent | null> {
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(attemptMs)]);
    const sending = channel.send(waiting, alert, signal).catch((error: unknown): Sent => {
      failed(error);
      return { result: 'retry', why: 'internal' };
    });
    // What it has to say when its time is over is heard: one of several browsers may have taken it.
    const deaf = AbortSignal.any([stopping.signal, AbortSignal.timeout(attemptMs + deafAfterMs)]);
    const sent = await Promise.race([sending, aborted(deaf)]);
    if (stopping.signal.aborted && sent?.result !== 'delivered') return null;
    return sent ?? { result: 'retry', why: 'no answer in time' };
  }

  /** Ends it and says so in the alert's timeline, both or neither, and once. */
  async function settle(waiting: Waiting, fate: Fate, why: string | null): Promise<void> {
    const { id, alertId, channel, kind, attempts } = waiting;
    const at = clock();
    const changes = await store.transaction(async (ledger) => {
      const isEnded = await ledger.settle({ id, fate, at, why });
      const command = isEnded ? noteOf(waiting, fate, at, why) : null;
      return command === null ? [] : note(ledger, alertId, command);
    }, hub.publish);
    for (const { event } of changes) metrics.alertEvents.inc({ type: event.type });
    metrics.notifications.inc({ channel, fate });
    options.told({ alert: alertId, channel, kind, fate, attempts: attempts + 1, why });
  }

  async function note(
    ledger: Ledger,
    alertId: string,
    command: AlertCommand,
  ): Promise<readonly CommittedChange[]> {
    const alert = await ledger.alert(alertId);
    if (alert === null) return [];
    const terms = await options.termsFor(ledger);
    const book = openBook(await liveWith(ledger, [alert]), terms);
    book.command(alert, command);
    return record(ledger, store.directory, book.changes(), terms);
  }

  let soon: NodeJS.Timeout | null = null;

  function poke(): void {
    if (stopping.signal.aborted) return;
    for (const lane of lanes) lane.poke();
    if (Math.abs(clock() - tidiedAt) < tidyEveryMs) return;
    tidiedAt = clock();
    tidying = store.outbox.forget(tidiedAt - keptMs).then(() => {}, failed);
  }

  function rest(): void {
    if (soon !== null) clearTimeout(soon);
    soon = null;
  }

  async function idle(): Promise<void> {
    await Promise.all([...lanes.map((lane) => lane.idle()), tidying]);
  }

  return {
    channels: new Set(configured.keys()),
    poke,
    pokeSoon: () => {
      soon ??= setTimeout(() => {
        soon = null;
        poke();
      }, gatherMs);
    },
    run: async () => {
      do {
        rest();
        poke();
        await idle();
        // What could not be told to one may have to be told to another at once.
      } while (soon !== null);
    },
    stop: async () => {
      rest();
      for (const lane of lanes) lane.close();
      stopping.abort();
      await idle();
    },
  };
}

/** What of it stands in the timeline: who was asked and could be reached, or not, and that the wearer knows. */
function noteOf(
  { kind, channel, target: to }: Waiting,
  fate: Fate,
  at: number,
  why: string | null,
): AlertCommand | null {
  if ((kind !== 'asked' && kind !== 'reassure') || fate === 'overtaken') return null;
  if (fate === 'delivered') return { type: 'told', channel, to, at };
  return { type: 'untold', channel, to, why: why ?? 'unknown', at };
}

function aborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener('abort', () => resolve(null), { once: true });
  });
}

/** Nothing waits for ever for what nobody has configured. */
function turnedOff(name: ChannelName): Channel {
  return {
    name,
    send: () => Promise.resolve({ result: 'refused', why: 'the channel is not configured' }),
  };
}
