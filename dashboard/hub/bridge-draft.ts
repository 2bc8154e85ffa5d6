import { type DialectName, dialectNames } from '../../gateway/protocol/device/device-profile.ts';
import { BridgeInput } from '../../gateway/protocol/device/hub.ts';

export type Source = Exclude<DialectName, 'native' | 'senml'>;

/** What a hub's own software may publish and a bridge carry. */
export const sources: readonly Source[] = dialectNames.filter(isSource);

function isSource(dialect: DialectName): dialect is Source {
  return dialect !== 'native' && dialect !== 'senml';
}

export interface BridgeDraft {
  chosen: Source[];
  /** As it was typed; empty: the usual. */
  topics: Partial<Record<Source, string>>;
}

/** What the hub speaks already, or what most hubs do. */
export function firstDraft(dialects: readonly DialectName[]): BridgeDraft {
  const spoken = dialects.filter(isSource);
  return { chosen: spoken.length > 0 ? spoken : ['zigbee2mqtt'], topics: {} };
}

/** What is to be asked for; null while something is wrong, and for which sources it is. */
export function inputOf({ chosen, topics }: BridgeDraft): {
  input: BridgeInput | null;
  wrong: ReadonlySet<Source>;
} {
  const read = BridgeInput.safeParse({
    sources: chosen.map((dialect) => {
      const baseTopic = (topics[dialect] ?? '').trim();
      return baseTopic === '' ? { dialect } : { dialect, baseTopic };
    }),
  });
  if (read.success) return { input: read.data, wrong: new Set() };
  const places = read.error.issues.map(({ path }) => chosen[Number(path[1])]);
  return { input: null, wrong: new Set(places.filter((source) => source !== undefined)) };
}
