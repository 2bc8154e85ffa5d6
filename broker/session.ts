import type { AedesPublishPacket } from 'aedes';

import type { Limits } from './limits.ts';

/** A downlink that waits for its PUBACK, or for its device to come back. */
export interface QueuedDownlink {
  packet: AedesPublishPacket;
  expiresAt: number;
}

/** A QoS 2 message that waits for its PUBREL. */
export interface IncomingMessage {
  /** Of topic and payload, to know a repetition by. */
  digest: string;
  /** How its storing goes, or went. */
  storing: Promise<void>;
}

/** What we keep for one device, connected or not [MQTT-3.1.2-4]. */
export class Session {
  readonly subscriptions = new Map<string, 0 | 1 | 2>();
  readonly retained = new Map<string, AedesPublishPacket>();
  /** By packet identifier, between PUBLISH and PUBREL. */
  readonly incoming = new Map<number, IncomingMessage>();
  lastUsedAt = 0;
  #queue: QueuedDownlink[] = [];

  matches(topic: string): { topic: string; qos: 0 | 1 | 2 }[] {
    return [...this.subscriptions]
      .filter(([filter]) => covers(filter, topic))
      .map(([filter, qos]) => ({ topic: filter, qos }));
  }

  retainedFor(filter: string): AedesPublishPacket[] {
    return [...this.retained.values()].filter((packet) => covers(filter, packet.topic));
  }

  /** Answers how many old downlinks had to give way. */
  enqueue(packet: AedesPublishPacket, at: number, limits: Limits): number {
    this.#queue.push({ packet, expiresAt: at + limits.downlinkExpiryMs });
    const surplus = this.#queue.length - limits.maxQueuedDownlinks;
    return surplus > 0 ? this.#queue.splice(0, surplus).length : 0;
  }

  /** Takes out what has expired and answers how many. */
  expire(at: number): number {
    const before = this.#queue.length;
    if (before > 0) this.#queue = this.#queue.filter(({ expiresAt }) => expiresAt > at);
    return before - this.#queue.length;
  }

  queued(): AedesPublishPacket[] {
    return this.#queue.map(({ packet }) => packet);
  }

  /** Remembers the packet identifier under which a downlink went out. */
  sent(counter: number, messageId: number): void {
    const found = this.#queue.find(({ packet }) => packet.brokerCounter === counter);
    if (found !== undefined) found.packet.messageId = messageId;
  }

  /** Takes out the downlink that the device has acknowledged. */
  acknowledged(messageId: number): AedesPublishPacket | undefined {
    const index = this.#queue.findIndex(({ packet }) => packet.messageId === messageId);
    return index === -1 ? undefined : this.#queue.splice(index, 1)[0]?.packet;
  }

  /** A clean session begins with nothing [MQTT-3.1.2-6]; retained messages belong to the topic, not to the session. */
  clear(): void {
    this.subscriptions.clear();
    this.incoming.clear();
    this.#queue = [];
  }

  isEmpty(): boolean {
    return (
      this.subscriptions.size + this.retained.size + this.incoming.size + this.#queue.length === 0
    );
  }
}

/** Devices may subscribe to a topic or to everything under a prefix; there are no other filters. */
function covers(filter: string, topic: string): boolean {
  return filter === topic || (filter.endsWith('/#') && topic.startsWith(filter.slice(0, -1)));
}
