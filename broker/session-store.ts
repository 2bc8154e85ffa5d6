import { Readable } from 'node:stream';

import type { AedesPublishPacket, Subscription } from 'aedes';

import { maySubscribe, parseUplink } from '../gateway/protocol/topic.ts';
import type { Limits } from './limits.ts';
import type { BrokerNotice } from './notice.ts';
import { Session } from './session.ts';

interface Identified {
  id: string;
}

interface Numbered {
  messageId?: number | undefined;
}

/**
 * Aedes' persistence, in memory and bounded: a device's session, its downlinks and nothing else. Wills stay on
 * their connection, so that the end of one session cannot delete the will of the next.
 */
export class SessionStore {
  readonly #sessions = new Map<string, Session>();
  readonly #limits: Limits;
  readonly #clock: () => number;
  readonly #notice: (notice: BrokerNotice) => void;

  constructor(limits: Limits, clock: () => number, notice: (notice: BrokerNotice) => void) {
    this.#limits = limits;
    this.#clock = clock;
    this.#notice = notice;
  }

  /** The device's session, begun if there is none. */
  session(deviceId: string): Session {
    let session = this.#sessions.get(deviceId);
    if (session === undefined) {
      session = new Session();
      this.#sessions.set(deviceId, session);
    }
    session.lastUsedAt = this.#clock();
    return session;
  }

  /** Forgets expired downlinks, and the sessions of devices that have been away too long. */
  sweep(isConnected: (deviceId: string) => boolean): void {
    const at = this.#clock();
    for (const [deviceId, session] of this.#sessions) {
      this.#dropExpired(deviceId, session);
      if (isConnected(deviceId)) session.lastUsedAt = at;
      if (at - session.lastUsedAt >= this.#limits.sessionExpiryMs) session.clear();
      if (session.isEmpty()) this.#sessions.delete(deviceId);
    }
  }

  async setup(): Promise<void> {
    // Nothing to open: aedes insists on the method.
  }

  async storeRetained(packet: AedesPublishPacket): Promise<void> {
    const session = this.#byTopic(packet.topic);
    if (packet.payload.length === 0) session?.retained.delete(packet.topic);
    else session?.retained.set(packet.topic, { ...packet });
  }

  createRetainedStreamCombi(filters: string[]): Readable {
    const found = filters.flatMap((filter) => this.#byTopic(filter)?.retainedFor(filter) ?? []);
    return Readable.from(found);
  }

  async addSubscriptions({ id }: Identified, subscriptions: Subscription[]): Promise<void> {
    // Aedes hands over the whole SUBSCRIBE, with the filters that were refused.
    const allowed = subscriptions.filter(({ topic }) => maySubscribe(id, topic));
    for (const { topic, qos } of allowed) this.session(id).subscriptions.set(topic, qos);
  }

  async removeSubscriptions({ id }: Identified, filters: string[]): Promise<void> {
    for (const filter of filters) this.session(id).subscriptions.delete(filter);
  }

  async subscriptionsByClient({ id }: Identified): Promise<Subscription[]> {
    return [...this.session(id).subscriptions].map(([topic, qos]) => ({ topic, qos }));
  }

  async subscriptionsByTopic(topic: string): Promise<(Subscription & { clientId: string })[]> {
    const clientId = parseUplink(topic)?.deviceId;
    const session = clientId === undefined ? undefined : this.#sessions.get(clientId);
    if (clientId === undefined || session === undefined) return [];
    // One copy per message, however many of its filters match [MQTT-3.3.5-1].
    return session
      .matches(topic)
      .filter(({ qos }) => qos > 0)
      .slice(0, 1)
      .map((subscription) => ({ ...subscription, clientId }));
  }

  async cleanSubscriptions({ id }: Identified): Promise<void> {
    this.#sessions.get(id)?.clear();
  }

  async outgoingEnqueue(
    { clientId }: { clientId: string },
    packet: AedesPublishPacket,
  ): Promise<void> {
    const session = this.session(clientId);
    this.#dropExpired(clientId, session);
    const dropped = session.enqueue({ ...packet }, this.#clock(), this.#limits);
    this.#report(clientId, 'queue-full', dropped);
  }

  async outgoingEnqueueCombi(
    subscribers: { clientId: string }[],
    packet: AedesPublishPacket,
  ): Promise<void> {
    for (const subscriber of subscribers) await this.outgoingEnqueue(subscriber, packet);
  }

  /** Never fails: a downlink that gave way meanwhile is no reason to close the connection. */
  async outgoingUpdate({ id }: Identified, packet: AedesPublishPacket): Promise<void> {
    if (packet.messageId !== undefined)
      this.session(id).sent(packet.brokerCounter, packet.messageId);
  }

  async outgoingClearMessageId(
    { id }: Identified,
    { messageId }: Numbered,
  ): Promise<AedesPublishPacket | undefined> {
    return messageId === undefined ? undefined : this.session(id).acknowledged(messageId);
  }

  /** What is sent a second time says so [MQTT-3.3.1-1]. */
  outgoingStream({ id }: Identified): Readable {
    const session = this.session(id);
    this.#dropExpired(id, session);
    const packets = session.queued();
    return Readable.from(
      packets.map((packet) => ({ ...packet, dup: packet.messageId !== undefined })),
    );
  }

  async incomingStorePacket(): Promise<void> {
    // The session has held the identifier since the message came in.
  }

  async incomingGetPacket({ id }: Identified, { messageId }: Numbered): Promise<Numbered> {
    if (messageId === undefined || !this.session(id).incoming.has(messageId)) {
      throw new Error('no such packet');
    }
    return { messageId };
  }

  async incomingDelPacket({ id }: Identified, { messageId }: Numbered): Promise<void> {
    if (messageId !== undefined) this.session(id).incoming.delete(messageId);
  }

  async cleanIncoming(): Promise<void> {
    // Aedes calls this when an old connection closes too: by then the identifiers may be the next one's.
  }

  async putWill(): Promise<void> {
    // See the class: wills stay on their connection.
  }

  async delWill(): Promise<void> {
    // See the class: wills stay on their connection.
  }

  streamWill(): Readable {
    return Readable.from([]);
  }

  async destroy(): Promise<void> {
    this.#sessions.clear();
  }

  #byTopic(topic: string): Session | undefined {
    const deviceId = parseUplink(topic)?.deviceId;
    return deviceId === undefined ? undefined : this.session(deviceId);
  }

  #dropExpired(deviceId: string, session: Session): void {
    this.#report(deviceId, 'expired', session.expire(this.#clock()));
  }

  #report(deviceId: string, reason: 'queue-full' | 'expired', dropped: number): void {
    for (let left = dropped; left > 0; left--) {
      this.#notice({ kind: 'downlink-dropped', deviceId, reason });
    }
  }
}
