import type { z } from 'zod';

import type { Dialect, Interpretation, Reading } from '../domain/dialect.ts';
import { catalogue, gatewayTypes, isEventType } from '../protocol/catalogue.ts';
import { maxEventsPerMessage, WireEvent } from '../protocol/event.ts';

/** Our own language: CloudEvents 1.0 JSON, one event or an array of up to 100. */
export const native: Dialect = {
  name: 'native',
  speaks: (rest) => rest === 'events',
  read: ({ payload }) => read(payload),
};

const decoder = new TextDecoder('utf-8', { fatal: true });

function refuse(reason: string): Interpretation {
  return { readings: [], refused: [reason] };
}

function read(payload: Uint8Array): Interpretation {
  if (payload.length === 0) return refuse('The message is empty.');
  const json = parse(payload);
  if (json === undefined) return refuse('The message is no JSON in UTF-8.');
  const items: readonly unknown[] = Array.isArray(json) ? json : [json];
  if (items.length > maxEventsPerMessage) {
    return refuse(`Send at most ${maxEventsPerMessage} events in a message.`);
  }
  const readings: Reading[] = [];
  const refused: string[] = [];
  for (const item of items) {
    const reading = readEvent(item);
    if (typeof reading === 'string') refused.push(reading);
    else readings.push(reading);
  }
  return { readings, refused };
}

function parse(payload: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(payload));
  } catch {
    return undefined;
  }
}

/** A reading, or why there is none. */
function readEvent(item: unknown): Reading | string {
  const wire = WireEvent.safeParse(item);
  if (!wire.success) {
    return `An event needs a text \`id\` and a text \`type\` of 1 to 128 characters: ${firstIssue(wire.error)}`;
  }
  const { id, type, data } = wire.data;
  const time = readTime(wire.data.time);
  if (!isEventType(type)) {
    return { id, type: 'unknown', time, data: { ...objectOf(data), originalType: type } };
  }
  if (gatewayTypes.includes(type)) return `Only the gateway itself reports \`${type}\`.`;
  const known = catalogue[type].data.safeParse(data ?? {});
  if (known.success) return { id, type, time, data: known.data };
  // A call for help counts even if its details are wrong.
  if (catalogue[type].latched) return { id, type, time, data: {} };
  return `\`data\` of \`${type}\` is wrong: ${firstIssue(known.error)}`;
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? '' : [...issue.path, issue.message].join(' ');
}

function objectOf(data: unknown): Record<string, unknown> {
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? { ...data } : {};
}

/** RFC 3339 with a zone; a local time could be any, so it is none. */
const rfc3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

function readTime(time: unknown): number | null {
  if (typeof time !== 'string' || !rfc3339.test(time)) return null;
  const at = Date.parse(time);
  return Number.isFinite(at) ? at : null;
}
