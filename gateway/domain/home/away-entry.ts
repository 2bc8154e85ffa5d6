import type { LogEntry } from '../ledger.ts';
import type { Away } from './home-state.ts';

/** The line of the log by which a home is told that it could not be heard, or still cannot. */
export function awayEntry(
  home: { id: string; municipalityId: string },
  { from, to, notedAt }: Away,
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
    data: { from, to },
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
