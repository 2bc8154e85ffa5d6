import type { Text } from '../../protocol/text.ts';
import type { Picture, Watchdog } from './picture.ts';

const action: Text = {
  sv: 'Inga larm påverkas, och inget går förlorat: det skrivs när det går igen. Se under Telemetri vad som är fel.',
  en: 'No alert is affected and nothing is lost: it is written when that is possible again. See under Telemetry what is wrong.',
};

/** A sink that is far behind, and no nearer than it was as long ago as it may be behind. One that catches up is left alone. */
export function watchHistory(): Watchdog {
  /** By sink: how far behind it was, oldest first, and no further back than is compared with. */
  const followed = new Map<string, readonly { at: number; lagMs: number }[]>();
  return {
    ids: ['history-behind'],
    look: ({ at, history, arrangements }) =>
      history.sinks.flatMap(({ name, waitingSince }) => {
        const lagMs = waitingSince === null ? 0 : Math.max(0, at - waitingSince);
        const seen = [...(followed.get(name) ?? []), { at, lagMs }];
        const then = seen.findLastIndex((one) => at - one.at >= history.lagMs);
        followed.set(name, seen.slice(Math.max(0, then)));
        const isNearer = lagMs < (seen[then]?.lagMs ?? Infinity);
        const isBehind = lagMs > history.lagMs && !isNearer;
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
