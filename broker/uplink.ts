import { hash } from 'node:crypto';

import type { Client, PublishPacket } from 'aedes';

import { isOwnTopic } from '../gateway/protocol/topic.ts';
import type { Acknowledge, Place } from './acknowledgement-queue.ts';
import type { Connections } from './connections.ts';
import type { ErrorReport } from './error-report.ts';
import type { Gate } from './gate.ts';
import type { BrokerNotice } from './notice.ts';
import type { SessionStore } from './session-store.ts';

/** What became of a message; `refused` is the reason its device is told. */
export type Accepted = { refused: null } | { refused: string };

/**
 * Resolves when the message is stored and evaluated, so that it may be acknowledged. Rejects when our store is
 * failing: then it is not acknowledged and the connection is closed, so that the device sends it again.
 */
export type Accept = (
  deviceId: string,
  topic: string,
  payload: Buffer,
  /** The device marks it as one that it has tried to send before [MQTT-3.3.1-1]. */
  isRepeat: boolean,
) => Promise<Accepted>;

export interface UplinkOptions {
  accept: Accept;
  connections: Connections;
  sessions: SessionStore;
  report: ErrorReport;
  notice: (notice: BrokerNotice) => void;
  isStopping: () => boolean;
}

/** Aedes counts the packets it works on, and reads on when none is left. */
interface Reading {
  _parsingBatch: number;
}

const maxIncoming = 1_000;
const reserved: Accepted = { refused: 'Topics that begin with $ are reserved.' };
const foreign = 'This topic belongs to another device.';

/** Takes what devices publish; it is aedes' `authorizePublish`, the only hook that runs before PUBACK. */
export function createUplink(
  options: UplinkOptions,
): (gate: Gate, client: Client, packet: PublishPacket, acknowledge: Acknowledge) => void {
  const { accept, connections, sessions, report, notice, isStopping } = options;

  function submit(deviceId: string, { topic, payload, dup }: PublishPacket): Promise<Accepted> {
    if (topic.startsWith('$')) return Promise.resolve(reserved);
    try {
      const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
      return accept(deviceId, topic, bytes, dup);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  function stored(deviceId: string, topic: string, { refused }: Accepted): void {
    const reason = refused ?? (isOwnTopic(deviceId, topic) ? null : foreign);
    if (reason === null) return;
    notice({ kind: 'message-refused', deviceId, reason });
    report(deviceId, topic, reason);
  }

  function take(deviceId: string, packet: PublishPacket, place: Place): void {
    submit(deviceId, packet).then(
      (accepted) => {
        stored(deviceId, packet.topic, accepted);
        place.settle(null);
      },
      (cause: unknown) => {
        notice({ kind: 'not-stored', deviceId, cause });
        place.settle(new Error('The message was not stored.', { cause }));
      },
    );
  }

  /** A QoS 2 message is taken once, and its repetition waits for the same storing [MQTT-4.3.3-2] [MQTT-3.3.1-1]. */
  function takeOnce(
    deviceId: string,
    messageId: number,
    packet: PublishPacket,
    place: Place,
  ): void {
    const { incoming } = sessions.session(deviceId);
    const known = incoming.get(messageId);
    const digest = hash('sha256', `${packet.topic}\0${packet.payload.toString('base64')}`);
    let storing = packet.dup && known?.digest === digest ? known.storing : undefined;
    if (storing === undefined) {
      if (known === undefined && incoming.size >= maxIncoming) {
        const cause = new Error('Too many QoS 2 messages wait for PUBREL.');
        notice({ kind: 'not-stored', deviceId, cause });
        place.settle(cause);
        return;
      }
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      storing = promise;
      const message = { digest, storing };
      incoming.set(messageId, message);
      storing.catch(() => {
        if (incoming.get(messageId) === message) incoming.delete(messageId);
      });
      take(deviceId, packet, { settle: (error) => (error === null ? resolve() : reject(error)) });
    }
    storing.then(
      () => place.settle(null),
      (error: Error) => place.settle(error),
    );
  }

  function takeWill(gate: Gate, deviceId: string, packet: PublishPacket, place: Place): void {
    const isDue = !isStopping() && !gate.revoked && !connections.isSuperseded(gate);
    if (isDue) take(deviceId, packet, place);
    else place.settle(null);
  }

  return (gate, client, packet, acknowledge) => {
    const { deviceId } = gate;
    if (deviceId === null) {
      acknowledge(new Error('Nobody has authenticated.'));
      return;
    }
    if (client.closed) {
      // Aedes has ended the connection, so this is its will.
      takeWill(gate, deviceId, packet, { settle: acknowledge });
      return;
    }
    // Aedes reads on when its count is 0. The gate limits what is in flight, so that storing a message need not
    // wait for the storing of those before it.
    const reading = client as unknown as Reading;
    reading._parsingBatch -= 1;
    const place = gate.acknowledgements.reserve((error) => {
      reading._parsingBatch += 1;
      gate.explained ||= error !== null;
      if (!client.closed) acknowledge(error);
    });
    const { qos, messageId } = packet;
    if (qos === 2 && messageId !== undefined) takeOnce(deviceId, messageId, packet, place);
    else take(deviceId, packet, place);
  };
}
