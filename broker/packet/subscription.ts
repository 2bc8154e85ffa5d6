import { byteAt, checkTopicFilter, textEnd } from './text.ts';

/** The clause a SUBSCRIBE breaks, or null. */
export function checkSubscribe(bytes: Buffer, start: number, end: number): string | null {
  return checkFilters(bytes, start, end, 'MQTT-3.8.3-3', (at) => {
    if (at >= end) return 'MQTT-3.8.3-3';
    return byteAt(bytes, at) > 2 ? 'MQTT-3-8.3-4' : null;
  });
}

/** The clause an UNSUBSCRIBE breaks, or null. */
export function checkUnsubscribe(bytes: Buffer, start: number, end: number): string | null {
  return checkFilters(bytes, start, end, 'MQTT-3.10.3-2', null);
}

function checkFilters(
  bytes: Buffer,
  start: number,
  end: number,
  malformed: string,
  checkQos: ((at: number) => string | null) | null,
): string | null {
  if (start + 2 > end) return 'MQTT-2.3.1-1';
  if (byteAt(bytes, start) === 0 && byteAt(bytes, start + 1) === 0) return 'MQTT-2.3.1-1';
  let at = start + 2;
  if (at === end) return malformed;
  while (at < end) {
    const filterEnd = textEnd(bytes, at, end);
    if (filterEnd === -1) return malformed;
    const clause = checkTopicFilter(bytes, at + 2, filterEnd) ?? checkQos?.(filterEnd) ?? null;
    if (clause !== null) return clause;
    at = checkQos === null ? filterEnd : filterEnd + 1;
  }
  return null;
}
