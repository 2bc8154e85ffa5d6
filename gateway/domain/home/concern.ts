import type { Event } from '../event.ts';
import type { HomeContext, HomeDevice } from './home-context.ts';
import type { CompiledRule } from './rule-set.ts';

/** Whether the rule speaks of this home, and of this device in it; null is the home as a whole. */
export function concerns(
  { appliesTo }: CompiledRule,
  home: HomeContext,
  device: HomeDevice | null,
): boolean {
  if (appliesTo === undefined) return true;
  const { flags, profiles, placements } = appliesTo;
  if (flags !== undefined && !flags.some((flag) => home.flags.includes(flag))) return false;
  if (device === null) return profiles === undefined && placements === undefined;
  if (profiles !== undefined && !profiles.includes(device.profile)) return false;
  return placements === undefined || placements.includes(device.placement);
}

/**
 * Whether the event is one that the rule begins with, its hours aside; null when its `where` could not tell.
 * An event of a device that is no longer placed here is judged by what is left of it.
 */
export function isMeant(
  rule: CompiledRule,
  home: HomeContext,
  event: Event,
  device: HomeDevice | null,
): boolean | null {
  if (!concerns(rule, home, device)) return false;
  return rule.matches === null ? true : rule.matches(event, device, home);
}
