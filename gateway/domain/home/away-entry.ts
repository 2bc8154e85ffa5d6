import type { LogEntry } from '../ledger.ts';
import type { Away } from './home-state.ts';

/**
 * The line of the log by which a home is told that it could not be heard, or still cannot. `wasDown`: because the gateway
 * did not run, so that nothing was judged until then.
 */
export function awayEntry(
  home: { id: string; municipalityId: string },
  { from, to, notedAt, wasDown }: Away & { wasDown: boolean },
  id: string,
): LogEntry {
  return {
    municipalityId: home.municipalityId,
    homeId: home.id,
    deviceId: null,
    id,
    type: 'gateway.away',
    at: notedAt,
    receivedAt: notedAt,
    data: { from, to, wasDown },
  };
}

export function awayOf({ receivedAt, data }: LogEntry): Away {
  const { from, to } = data;
  return {
    from: typeof from === 'number' ? from : receivedAt,
    to: typeof to === 'number' ? to : null,
    notedAt: receivedAt,
  };
}

/** Until when a home has been judged when the entry comes: a gateway that was down has judged nothing meanwhile. */
export function judgedUntil({ type, receivedAt, data }: LogEntry): number {
  if (type !== 'gateway.away') return receivedAt;
  const { from, wasDown } = data;
  return wasDown === true && typeof from === 'number' ? Math.min(from, receivedAt) : receivedAt;
}
