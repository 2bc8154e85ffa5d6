import { byteAt, checkTopicName, textEnd } from './text.ts';

/** The clause a PUBLISH breaks, or null; its payload is not looked at. */
export function checkPublish(
  bytes: Buffer,
  flags: number,
  start: number,
  end: number,
): string | null {
  const topicEnd = textEnd(bytes, start, end);
  if (topicEnd === -1) return 'MQTT-3.3.2-1';
  const clause = checkTopicName(bytes, start + 2, topicEnd);
  if (clause !== null) return clause;
  if ((flags & 0b0110) === 0) return null;
  if (topicEnd + 2 > end) return 'MQTT-2.3.1-1';
  const packetId = (byteAt(bytes, topicEnd) << 8) | byteAt(bytes, topicEnd + 1);
  return packetId === 0 ? 'MQTT-2.3.1-1' : null;
}
