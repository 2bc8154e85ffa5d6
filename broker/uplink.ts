import type { Client, PublishPacket } from 'aedes';

import { isOwnTopic } from '../gateway/protocol/topic.ts';
import type { Acknowledge } from './acknowledgement-queue.ts';
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
export type Accept = (deviceId: string, topic: string, payload: Buffer) => Promise<Accepted>;

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
const stored: Promise<Accepted> = Promise.resolve({ refused: null });

/** Takes what devices publish; it is aedes' `authorizePublish`, the only hook that runs before PUBACK. */
export function createUplink(
  options: UplinkOptions,
): (gate: Gate, client: Client, packet: PublishPacket, acknowledge: Acknowledge) => void {
  const { accept, connections, sessions, report, notice, isStopping } = options;

  async function take(deviceId: string, topic: string, payload: Buffer): Promise<Accepted> {
    if (topic.startsWith('$'))
      return refuse(deviceId, topic, 'Topics that begin with $ are reserved.');
    const accepted = await accept(deviceId, topic, payload);
    if (accepted.refused !== null) return refuse(deviceId, topic, accepted.refused);
    if (isOwnTopic(deviceId, topic)) return accepted;
    return refuse(deviceId, topic, 'This topic belongs to another device.');
  }

  function refuse(deviceId: string, topic: string, reason: string): Accepted {
    notice({ kind: 'message-refused', deviceId, reason });
    report(deviceId, topic, reason);
    return { refused: reason };
  }

  function takeLogged(deviceId: string, packet: PublishPacket): Promise<Accepted> {
    const taking = take(deviceId, packet.topic, asBuffer(packet.payload));
    taking.catch((cause: unknown) => notice({ kind: 'not-stored', deviceId, cause }));
    return taking;
  }

  /** A QoS 2 message is taken once, and its repetition waits for the same storing [MQTT-4.3.3-2]. */
  function takeOnce(deviceId: string, packet: PublishPacket): Promise<unknown> {
    const { messageId } = packet;
    if (packet.qos !== 2 || messageId === undefined) return takeLogged(deviceId, packet);
    const { incoming } = sessions.session(deviceId);
    const earlier = incoming.get(messageId);
    if (earlier !== undefined) return earlier;
    if (incoming.size >= maxIncoming) {
      const cause = new Error('Too many QoS 2 messages wait for PUBREL.');
      notice({ kind: 'not-stored', deviceId, cause });
      return Promise.reject(cause);
    }
    const taking = takeLogged(deviceId, packet);
    incoming.set(messageId, taking);
    taking.catch(() => incoming.delete(messageId));
    return taking;
  }

  function takeWill(gate: Gate, deviceId: string, packet: PublishPacket): Promise<unknown> {
    const isDue = !isStopping() && !gate.revoked && !connections.isSuperseded(gate);
    return isDue ? takeLogged(deviceId, packet).catch(() => stored) : stored;
  }

  return (gate, client, packet, acknowledge) => {
    const { deviceId } = gate;
    if (deviceId === null) {
      acknowledge(new Error('Nobody has authenticated.'));
      return;
    }
    if (client.closed) {
      // Aedes has ended the connection, so this is its will.
      takeWill(gate, deviceId, packet).then(() => acknowledge(null), acknowledge);
      return;
    }
    // Aedes reads on when its count is 0. The gate limits what is in flight, so that storing a message need not
    // wait for the storing of those before it.
    const reading = client as unknown as Reading;
    reading._parsingBatch -= 1;
    gate.acknowledgements.add(takeOnce(deviceId, packet), (error) => {
      reading._parsingBatch += 1;
      gate.explained ||= error !== null;
      if (!client.closed) acknowledge(error);
    });
  };
}

function asBuffer(payload: string | Buffer): Buffer {
  return typeof payload === 'string' ? Buffer.from(payload) : payload;
}
