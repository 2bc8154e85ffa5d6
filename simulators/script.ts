import { between, createDice, pick, type Dice } from './dice.ts';
import type { FleetHome } from './fleet.ts';
import { isSensedBy, type Happening } from './happening.ts';
import { placedBehind } from './hub/running-hub.ts';
import { wander, type Doing } from './resident.ts';
import type { Line, Scenario, ScriptLine } from './scenario.ts';
import { nextWallClock } from './wall-clock.ts';

/** What the script wants of one home at one time. */
export type Cue =
  | { kind: 'doing'; at: number; happening: Happening }
  /** What the resident would do anyway, unless something keeps them still. */
  | { kind: 'routine'; at: number; happening: Happening }
  | { kind: 'power-on'; at: number; deviceId: string }
  /** Somebody may try a device that a hub has found and nobody has placed: whether they do is asked first. */
  | { kind: 'ask' | 'try'; at: number; hubId: string; address: string }
  /** The resident does nothing of their own for so long. */
  | { kind: 'still'; at: number; forMs: number }
  /** Nothing keeps them still any longer: they go to bed if it is time. */
  | { kind: 'settle'; at: number }
  | { kind: 'offline'; at: number; forMs: number }
  | { kind: 'online'; at: number }
  /** Time to plan what comes after. */
  | { kind: 'plan'; at: number; plan: () => Cue[] };

/** One performance of a scenario. */
export interface Play {
  scenario: Scenario;
  seed: string;
  startAt: number;
  /** Whether somebody is trying this device behind a hub, which nobody has placed here; without it nobody ever is. */
  isTried?: (hubId: string, address: string) => boolean;
}

const lastsMs = 3_600_000;

/** Whether anything in the home notices when this line is played. */
export function canPlay(home: FleetHome, line: Line): boolean {
  const { what } = line;
  if (what === 'still' || what === 'wander' || what === 'offline') return true;
  return [...home.devices, ...(home.hubs ?? []).flatMap(placedBehind)].some((device) =>
    isSensedBy({ ...line, what }, device),
  );
}

/** The homes in an order in which those that can play most of the script come first. */
export function castHomes(homes: readonly FleetHome[], scenario: Scenario): FleetHome[] {
  const ability = (home: FleetHome) => scenario.script.filter((line) => canPlay(home, line)).length;
  return homes
    .toSorted((one, other) => ability(other) - ability(one))
    .slice(0, scenario.homes ?? homes.length);
}

/** What the script has for one of the homes. */
export function scriptFor(
  home: FleetHome,
  homes: readonly FleetHome[],
  { scenario, seed, startAt }: Play,
): Cue[] {
  return scenario.script.flatMap((line, index) => {
    const dice = createDice(seed, 'script', index);
    if (!playersOf(line, homes, dice).includes(home)) return [];
    const at = line.at === undefined ? startAt : nextWallClock(startAt, home.timeZone, line.at);
    return playLine(line, at, createDice(seed, 'script', index, home.id));
  });
}

function playersOf(
  line: ScriptLine,
  homes: readonly FleetHome[],
  dice: Dice,
): readonly FleetHome[] {
  if (line.home === 'all') return homes;
  if (line.home === 'any') {
    const chosen = pick(
      dice,
      homes.filter((home) => canPlay(home, line)),
    );
    return chosen === undefined ? [] : [chosen];
  }
  const start = (line.home - 1) % Math.max(homes.length, 1);
  return homes.slice(start, start + 1);
}

/** The calls that come to one of the homes: each tells a story, or nothing here, and plans the next. */
export function callsFor(home: FleetHome, homes: readonly FleetHome[], play: Play): Cue[] {
  const { calls } = play.scenario;
  if (calls === undefined) return [];
  const dice = createDice(play.seed, 'calls');

  const { stories, every, firstAfter } = calls;
  const castOf = (story: readonly Line[]) =>
    homes.filter((each) => story.every((line) => canPlay(each, line)));
  const playable = stories.filter((story) => castOf(story).length > 0);

  function call(at: number, count: number): Cue {
    return {
      kind: 'plan',
      at,
      plan: () => {
        const story = playable[count % playable.length] ?? [];
        const chosen = pick(dice, castOf(story));
        const pause = between(dice, ...every);
        const own = createDice(play.seed, 'calls', count);
        const told = chosen === home ? story.flatMap((line) => playLine(line, at, own)) : [];
        return [...told, call(Math.round(at + pause), count + 1)];
      },
    };
  }
  return [call(play.startAt + firstAfter, 0)];
}

function playLine(line: Line, from: number, dice: Dice): Cue[] {
  return Array.from({ length: line.times }, () => {
    const at = Math.round(from + line.after + dice() * line.spread);
    return toCues(line, at, dice);
  }).flat();
}

function toCues(line: Line, at: number, dice: Dice): Cue[] {
  const { what, where, profile, value, for: forMs = lastsMs } = line;
  if (what === 'still' || what === 'offline') return [{ kind: what, at, forMs }];
  if (what !== 'wander') return [{ kind: 'doing', at, happening: { what, where, profile, value } }];
  const walk = wander(at, forMs, dice).map((doing) => toCue('doing', doing));
  return [{ kind: 'still', at, forMs }, ...walk];
}

export function toCue(kind: 'doing' | 'routine', { at, ...happening }: Doing): Cue {
  return { kind, at, happening };
}
