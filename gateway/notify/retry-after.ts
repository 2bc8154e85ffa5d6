/** How long a receiver asks us to wait (RFC 9110, 10.2.3), in milliseconds; undefined if it does not say. */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

/** A try again, not before the receiver wants it. */
export function retry(why: string, afterMs?: number) {
  return { result: 'retry' as const, why, ...(afterMs === undefined ? {} : { afterMs }) };
}
