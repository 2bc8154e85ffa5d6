import { z } from 'zod';

import type { Json } from '../domain/dialect.ts';
import { type EventType, isEventType } from '../protocol/catalogue.ts';
import { memoryKey } from './address.ts';
import type { Draft } from './draft.ts';
import { Role } from './homeassistant-role.ts';

/** What one message on a topic means for one device. */
const Listener = z.object({
  address: z.string(),
  /** The discovery message that said so; empty for what is of the device as a whole. */
  config: z.string(),
  role: Role,
});
export type Listener = z.infer<typeof Listener>;

const Part = z.object({
  natures: z.array(z.enum(['button', 'aside', 'other'])),
  capabilities: z.array(
    z.custom<EventType>((type) => typeof type === 'string' && isEventType(type)),
  ),
});
export type Part = z.infer<typeof Part>;

const Config = z.object({ address: z.string(), topics: z.array(z.string()), digest: z.string() });
export type Config = z.infer<typeof Config>;

const Device = z.object({
  /** What each of its discovery messages adds, by a digest of that message's topic. */
  parts: z.record(z.string(), Part),
  /** Where it says whether it can be reached. */
  available: z.array(z.string()),
});
export type Device = z.infer<typeof Device>;

/** What is remembered of a home's discovery messages: what each topic means, and what each device is made of. */
export interface DiscoveryMemory {
  listeners: (topic: string) => readonly Listener[];
  listen: (topic: string, listeners: readonly Listener[]) => void;
  config: (topic: string) => Config | null;
  keepConfig: (topic: string, config: Config | null) => void;
  device: (address: string) => Device;
  keepDevice: (address: string, device: Device | null) => void;
}

export function discoveryMemory(draft: Draft): DiscoveryMemory {
  const keep = (kind: string, name: string, value: unknown): void =>
    draft.remember(memoryKey(kind, name), value as Json);
  const recall = (kind: string, name: string): Json | undefined =>
    draft.recall(memoryKey(kind, name));
  return {
    listeners: (topic) => {
      const kept = recall('topic', topic);
      if (!Array.isArray(kept)) return [];
      return kept.flatMap((one: unknown) => Listener.safeParse(one).data ?? []);
    },
    listen: (topic, listeners) => keep('topic', topic, listeners.length === 0 ? null : listeners),
    config: (topic) => Config.safeParse(recall('config', topic)).data ?? null,
    keepConfig: (topic, config) => keep('config', topic, config),
    device: (address) =>
      Device.safeParse(recall('device', address)).data ?? { parts: {}, available: [] },
    keepDevice: (address, device) => keep('device', address, device),
  };
}
