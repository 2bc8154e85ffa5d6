import type { ServerMessage } from '../protocol/stream.ts';

/** A message made ready once for all who are to have it. */
export type Frame = Buffer;

export function frameOf(message: ServerMessage): Frame {
  return Buffer.from(JSON.stringify(message));
}
