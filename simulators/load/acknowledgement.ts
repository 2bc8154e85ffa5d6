const connack = 2;
const puback = 4;

/**
 * Walks over the whole packets in `bytes` and tells of each CONNACK and PUBACK; the number of bytes that were used is
 * returned, the rest is the beginning of a packet to come.
 */
export function forEachAck(
  bytes: Buffer,
  told: { connected: (code: number) => void; published: (messageId: number) => void },
): number {
  let at = 0;
  for (;;) {
    const header = readLength(bytes, at + 1);
    if (header === null || header.end + header.length > bytes.length) return at;
    const type = (bytes[at] ?? 0) >> 4;
    if (type === puback) told.published(bytes.readUInt16BE(header.end));
    else if (type === connack) told.connected(bytes[header.end + 1] ?? 0);
    at = header.end + header.length;
  }
}

/** The remaining length of a packet [MQTT 3.1.1, 2.2.3]; null while it is not all there. */
function readLength(bytes: Buffer, from: number): { length: number; end: number } | null {
  let length = 0;
  for (let index = 0; index < 4; index += 1) {
    const byte = bytes[from + index];
    if (byte === undefined) return null;
    length |= (byte & 0x7f) << (7 * index);
    if (byte < 0x80) return { length, end: from + index + 1 };
  }
  return { length, end: from + 4 };
}
