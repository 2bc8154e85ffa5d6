import type { Text } from '../../protocol/text.ts';
import type { Picture, Watchdog } from './picture.ts';

const action: Text = {
  sv: 'Inga larm påverkas, och inget går förlorat: det skrivs när det går igen. Se under Telemetri vad som är fel.',
  en: 'No alert is affected and nothing is lost: it is written when that is possible again. See under Telemetry what is wrong.',
};

/** A sink that has been far behind for long without coming any nearer. One that catches up is left alone. */
export function watchHistory(): Watchdog {
  /** By sink: how far behind it was at the last look, and when it last came nearer. */
  const followed = new Map<string, { lagMs: number; nearerAt: number }>();
  return {
    ids: ['history-behind'],
    look: ({ at, history, arrangements }) =>
      history.sinks.flatMap(({ name, waitingSince }) => {
        const lagMs = waitingSince === null ? 0 : Math.max(0, at - waitingSince);
        const before = followed.get(name) ?? { lagMs: Infinity, nearerAt: at };
        const nearerAt = lagMs === 0 || lagMs < before.lagMs ? at : before.nearerAt;
        followed.set(name, { lagMs, nearerAt });
        const isBehind = lagMs > history.lagMs && at - nearerAt >= history.lagMs;
        return isBehind ? everywhere(arrangements, name, at - lagMs) : [];
      }),
  };
}

function everywhere({ municipalities }: Picture['arrangements'], name: string, since: number) {
  return [...municipalities.keys()].map((municipalityId) => ({
    municipalityId,
    need: `history-behind/${name}`,
    rule: {
      id: 'history-behind' as const,
      title: { sv: `Historiken skrivs inte: ${name}`, en: `History is not written: ${name}` },
      action,
    },
    unitId: null,
    since,
  }));
}
