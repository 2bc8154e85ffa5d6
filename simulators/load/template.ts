import mqttPacket from 'mqtt-packet';

import type { EventType } from '../../gateway/protocol/catalogue.ts';
import { eventsTopic } from '../../gateway/protocol/topic.ts';

const digits = 10;
const noTime = new Date(0).toISOString();

/** A PUBLISH packet made once, in which only message id, sequence number and time are written for each event. */
export interface Template {
  type: EventType;
  bytes: Buffer;
  messageIdAt: number;
  sequenceAt: number;
  timeAt: number;
}

/** The id of the event with this number; unique for ever when `run` is. */
export function eventId(run: string, sequence: number): string {
  return `${run}-${String(sequence).padStart(digits, '0')}`;
}

export function createTemplate(
  deviceId: string,
  run: string,
  type: EventType,
  data?: Record<string, unknown>,
): Template {
  const topic = eventsTopic(deviceId);
  const id = eventId(run, 0);
  const payload = JSON.stringify({
    id,
    type,
    time: noTime,
    ...(data === undefined ? {} : { data }),
  });
  const bytes = mqttPacket.generate({
    cmd: 'publish',
    topic,
    payload,
    qos: 1,
    messageId: 1,
    dup: false,
    retain: false,
  });
  const payloadAt = bytes.length - Buffer.byteLength(payload);
  return {
    type,
    bytes,
    messageIdAt: payloadAt - 2,
    sequenceAt: payloadAt + payload.indexOf(id) + id.length - digits,
    timeAt: payloadAt + payload.indexOf(noTime),
  };
}

const dupFlag = 0x08;

/** Writes one event into `target` at `offset`, and gives the offset after it. */
export function writeEvent(
  target: Buffer,
  offset: number,
  template: Template,
  event: { messageId: number; sequence: number; time: Buffer; isRepeat: boolean },
): number {
  const { bytes, messageIdAt, sequenceAt, timeAt } = template;
  bytes.copy(target, offset);
  if (event.isRepeat) target[offset] = (bytes[0] ?? 0) | dupFlag;
  target[offset + messageIdAt] = event.messageId >> 8;
  target[offset + messageIdAt + 1] = event.messageId & 0xff;
  let rest = event.sequence;
  for (let place = digits - 1; place >= 0 && rest > 0; place -= 1) {
    const tenth = Math.floor(rest / 10);
    target[offset + sequenceAt + place] = 48 + rest - tenth * 10;
    rest = tenth;
  }
  event.time.copy(target, offset + timeAt);
  return offset + bytes.length;
}
