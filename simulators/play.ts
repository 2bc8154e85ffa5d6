import { createDice, hash } from './dice.ts';
import type { FleetHome } from './fleet.ts';
import { liveHome, type Occurrence } from './home.ts';
import { disturb, type Sending } from './misbehave.ts';
import type { Scenario } from './scenario.ts';
import { castHomes, type Play } from './script.ts';
import { mergeByTime } from './stream.ts';
import { lastWallClock } from './wall-clock.ts';

const dayMs = 24 * 3_600_000;

/** All that happens in the homes from the start to the end of the scenario, in order of time. */
export function* occurrences(homes: readonly FleetHome[], play: Play): Generator<Occurrence> {
  const cast = castHomes(homes, play.scenario);
  const run = runName(cast, play);
  const until = play.startAt + (play.scenario.duration ?? Infinity);
  for (const occurrence of mergeByTime(cast.map((home) => liveHome(home, cast, play, run)))) {
    if (occurrence.at > until) return;
    if (occurrence.kind !== 'idle' || occurrence.at >= play.startAt) yield occurrence;
  }
}

/** What the devices put on the wire, with the scenario's misbehaviour. */
export function sendings(homes: readonly FleetHome[], play: Play): Generator<Sending> {
  const deviceIds = homes.flatMap((home) => home.devices.map(({ id }) => id));
  return disturb(
    occurrences(homes, play),
    play.scenario.misbehaviour,
    createDice(play.seed, 'misbehaviour'),
    deviceIds,
  );
}

/** Names a performance in its event ids: the same for the same homes, scenario, seed and start, and for no other. */
function runName(homes: readonly FleetHome[], { scenario, seed, startAt }: Play): string {
  const told = hash(JSON.stringify([homes.map(({ id }) => id), scenario, seed]));
  return `${startAt.toString(36)}-${told.toString(36)}`;
}

/**
 * When, in virtual time, a performance that begins now has to start: so early that it reaches the present as it
 * ends, and at the scenario's wall-clock time, if it has one.
 */
export function startOf(
  scenario: Scenario,
  homes: readonly FleetHome[],
  now: number,
  speed: number,
): number {
  const duration = scenario.duration ?? (speed > 1 ? dayMs : 0);
  const latest = Math.round(now - duration * Math.max(0, 1 - 1 / speed));
  if (scenario.start === 'now') return latest;
  const timeZone = homes[0]?.timeZone ?? 'UTC';
  return lastWallClock(latest, timeZone, scenario.start);
}
