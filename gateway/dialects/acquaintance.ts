import type { Json } from '../domain/dialect.ts';
import { type EventType, isEventType } from '../protocol/catalogue.ts';
import { deriveProfile } from '../protocol/device/derive-profile.ts';
import type { DialectName } from '../protocol/device/device-profile.ts';
import type { ProfileId } from '../protocol/profile.ts';
import type { Draft } from './draft.ts';
import { field, listOf, textOf } from './loose-json.ts';

/** What a message shows of a device that never describes itself as a whole. */
export interface Glimpse {
  dialect: DialectName;
  address: string;
  label?: string | null;
  vendor?: string | null;
  model?: string | null;
  firmware?: string | null;
  power?: 'mains' | 'battery' | null;
  kind?: ProfileId;
  /** What it has shown that it can tell. */
  capabilities?: readonly EventType[];
  formerly?: string;
}

const told = ['label', 'vendor', 'model', 'firmware', 'power'] as const;

/** Puts together what a device shows of itself message by message, and says so whenever there is something new. */
export function glimpse(draft: Draft, seen: Glimpse): void {
  const key = `about ${seen.address}`;
  const before = draft.recall(key) ?? (seen.formerly && draft.recall(`about ${seen.formerly}`));
  const known = new Set([...capabilitiesIn(before), ...(seen.capabilities ?? [])]);
  const about: Record<string, Json> = { capabilities: [...known].toSorted() };
  for (const name of told) about[name] = seen[name] ?? textOf(field(before, name), 80);
  const isNew = JSON.stringify(before) !== JSON.stringify(about);
  if (!isNew && seen.formerly === undefined) return;
  draft.remember(key, about);
  if (seen.formerly !== undefined) moveMemory(draft, seen.formerly, seen.address);
  announce(draft, seen, about);
}

/** What was remembered of a device under its makeshift address is remembered of it under its own. */
function moveMemory(draft: Draft, from: string, to: string): void {
  draft.remember(`about ${from}`, null);
  for (const kind of ['states', 'online']) {
    const kept = draft.recall(`${kind} ${from}`);
    if (kept === undefined) continue;
    if (draft.recall(`${kind} ${to}`) === undefined) draft.remember(`${kind} ${to}`, kept);
    draft.remember(`${kind} ${from}`, null);
  }
}

function announce(draft: Draft, seen: Glimpse, about: Record<string, Json>): void {
  const text = (name: (typeof told)[number]): string | null => textOf(about[name], 80);
  const capabilities = capabilitiesIn(about);
  const power = text('power');
  const profile = deriveProfile({
    dialect: seen.dialect,
    vendor: text('vendor'),
    model: text('model'),
    title: null,
    capabilities,
    power: power === 'mains' || power === 'battery' ? power : null,
    ...(seen.kind === undefined ? {} : { kind: seen.kind }),
  });
  draft.found({
    address: seen.address,
    label: text('label') ?? seen.address,
    vendor: text('vendor'),
    model: text('model'),
    firmware: text('firmware'),
    profile: capabilities.length === 0 ? null : profile,
    ...(seen.formerly === undefined ? {} : { formerly: seen.formerly }),
  });
}

function capabilitiesIn(about: unknown): readonly EventType[] {
  return listOf(field(about, 'capabilities')).filter(
    (type): type is EventType => typeof type === 'string' && isEventType(type),
  );
}
