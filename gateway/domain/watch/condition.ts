import type { Text } from '../../protocol/text.ts';

/** Something that is wrong with the service itself, in a municipality that it concerns. */
export interface Condition {
  municipalityId: string;
  /** Names the alert within the municipality; the same need is never two alerts. Begins with the rule's id. */
  need: string;
  /** `action` is what whoever is asked can do about it. */
  rule: { id: WatchId; title: Text; action: Text };
  /** The unit concerned, if it is one. */
  unitId: string | null;
  since: number;
}

/** What is watched, each in a file of its name. Also the ids of the rules that their alerts name. */
export const watchIds = [
  'homes-unreachable',
  'no-screen',
  'nobody-on-duty',
  'nobody-soon',
  'sweep-late',
  'outbox-stuck',
  'channel-failing',
  'disk-nearly-full',
  'clock-jumped',
  'hold-ends-soon',
  'rule-unusable',
  'alert-flood',
  'broker-unreachable',
  'broker-forgot',
  'history-behind',
] as const;
export type WatchId = (typeof watchIds)[number];

/** Those that are about people at work; the others are about equipment. */
export const staffingIds: ReadonlySet<WatchId> = new Set<WatchId>([
  'no-screen',
  'nobody-on-duty',
  'nobody-soon',
  'hold-ends-soon',
  'alert-flood',
]);
