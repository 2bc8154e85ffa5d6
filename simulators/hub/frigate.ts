import { between, type Dice, wholeBetween } from '../dice.ts';
import type { Happening } from '../happening.ts';
import type { BehindHub, FleetHub } from './fleet-hub.ts';
import {
  eventOf,
  type FrigateCamera,
  newObject,
  type Seen,
  statsOf,
  whatIsSeen,
} from './frigate-camera.ts';
import { type HubMessage, published, type Stimulus, type VirtualHub } from './virtual-hub.ts';

export interface FrigateState {
  isStarted: boolean;
  statsAt: number;
  /** By name. */
  cameras: ReadonlyMap<string, FrigateCamera>;
}

interface Watched {
  camera: FrigateCamera;
  messages: readonly HubMessage[];
}

const statsEveryMs = 60_000;
const updateEveryMs = 5_000;
/** After so long without anything new the object is gone, and the sound has ended. */
const seenMs = 20_000;
const soundLastsMs = 30_000;
const kept = { retain: true } as const;

const dark: FrigateCamera = { isLive: true, seen: null, quietAt: Infinity, sound: '' };

/** Frigate 0.16; the address of a camera is its name. https://docs.frigate.video/integrations/mqtt */
export function frigate({ devices }: FleetHub): VirtualHub<FrigateState> {
  const names = devices.map(({ address }) => address);
  const placed = new Map(devices.map((one) => [one.address, one]));

  function start(state: FrigateState): readonly HubMessage[] {
    return [
      published('frigate/available', 'online', kept),
      ...names.flatMap((name) => [
        published(`frigate/${name}/detect/state`, 'ON', kept),
        published(
          `frigate/${name}/status/detect`,
          state.cameras.get(name)?.isLive === false ? 'offline' : 'online',
        ),
      ]),
    ];
  }

  function react(camera: FrigateCamera, stimulus: Stimulus, at: number, dice: Dice): Watched {
    if (stimulus.kind === 'start') return { camera, messages: [] };
    const { address } = stimulus;
    switch (stimulus.kind) {
      case 'happening':
        return watch(placed.get(address), camera, stimulus.happening, at, dice);
      case 'try':
        return watch(placed.get(address), camera, { what: 'movement' }, at, dice);
      case 'rest':
        return { camera, messages: [] };
      case 'leave':
        return blind(address, camera);
    }
  }

  return {
    initial: {
      isStarted: false,
      statsAt: Infinity,
      cameras: new Map(names.map((name) => [name, dark])),
    },
    dueAt: ({ statsAt, cameras }) => Math.min(statsAt, ...cameras.values().map(nextOf)),
    step: (before, at, dice, stimulus) => {
      const messages: HubMessage[] = [];
      const cameras = new Map(before.cameras);
      const keep = (name: string, watched: Watched): void => {
        cameras.set(name, watched.camera);
        messages.push(...watched.messages);
      };
      for (const [name, camera] of before.cameras) {
        if (nextOf(camera) <= at) keep(name, pass(name, camera, at, dice));
      }
      let { isStarted, statsAt } = before;
      if (stimulus?.kind === 'start') {
        isStarted = true;
        statsAt = at + 1_000;
        messages.push(...start({ ...before, cameras }));
      } else if (stimulus !== undefined) {
        const camera = cameras.get(stimulus.address);
        if (camera !== undefined) keep(stimulus.address, react(camera, stimulus, at, dice));
      }
      if (statsAt <= at) {
        statsAt = at + statsEveryMs;
        messages.push(published('frigate/stats', statsOf(cameras, at)));
      }
      return { state: { isStarted, statsAt, cameras }, messages };
    },
  };
}

function nextOf({ seen, quietAt }: FrigateCamera): number {
  return Math.min(quietAt, seen?.nextAt ?? Infinity);
}

/** The same object is told again every few seconds, until it has been gone for a while. */
function pass(name: string, camera: FrigateCamera, at: number, dice: Dice): Watched {
  if (camera.quietAt <= at) {
    const over = published(`frigate/${name}/audio/${camera.sound}`, 'OFF');
    return { camera: { ...camera, quietAt: Infinity }, messages: [over] };
  }
  const { seen } = camera;
  if (seen === null) return { camera, messages: [] };
  if (at >= seen.goneAt) {
    const messages = [
      published('frigate/events', eventOf('end', name, seen, { ...seen, endAt: at })),
      published(`frigate/${name}/person`, '0', kept),
      published(`frigate/${name}/person/snapshot`, whatIsSeen(seen), kept),
    ];
    return { camera: { ...camera, seen: null }, messages };
  }
  const [zone, ...ahead] = seen.ahead;
  const after: Seen = {
    ...seen,
    frameAt: at,
    nextAt: Math.min(seen.goneAt, at + updateEveryMs),
    score: Math.min(0.98, seen.score + between(dice, 0, 0.04)),
    zones: zone === undefined ? seen.zones : [...seen.zones, zone],
    ahead,
  };
  const update = published('frigate/events', eventOf('update', name, seen, after));
  return { camera: { ...camera, seen: after }, messages: [update] };
}

function watch(
  placed: BehindHub | undefined,
  camera: FrigateCamera,
  { what, value }: Happening,
  at: number,
  dice: Dice,
): Watched {
  if (placed === undefined || !camera.isLive) return { camera, messages: [] };
  const { address: name } = placed;
  if (what === 'death') return blind(name, camera);
  if (what === 'loud-sound') return hear(name, camera, value ?? 85, at, dice);
  if (what !== 'movement' && what !== 'bed-leave' && what !== 'room-leave') {
    return { camera, messages: [] };
  }
  const { seen } = camera;
  if (seen !== null) {
    const goneAt = at + seenMs;
    return { camera: { ...camera, seen: { ...seen, goneAt } }, messages: [] };
  }
  const began = newObject(at, dice, {
    ahead: what === 'bed-leave' ? ['bed', 'floor'] : ['floor'],
    nextAt: at + updateEveryMs,
    goneAt: at + seenMs,
  });
  const messages = [
    published('frigate/events', eventOf('new', name, began, began)),
    published(`frigate/${name}/person`, '1', kept),
    published(`frigate/${name}/person/snapshot`, whatIsSeen(began), kept),
  ];
  return { camera: { ...camera, seen: began }, messages };
}

function hear(
  name: string,
  camera: FrigateCamera,
  levelDb: number,
  at: number,
  dice: Dice,
): Watched {
  const sound = wholeBetween(dice, 0, 1) === 0 ? 'scream' : 'yell';
  const messages = [
    published(`frigate/${name}/audio/dBFS`, (levelDb - 120).toFixed(1)),
    published(`frigate/${name}/audio/${sound}`, 'ON'),
  ];
  return { camera: { ...camera, sound, quietAt: at + soundLastsMs }, messages };
}

/** The camera gives no pictures any more, and whatever was seen is lost from sight. */
function blind(name: string, camera: FrigateCamera): Watched {
  if (!camera.isLive) return { camera, messages: [] };
  const messages = [published(`frigate/${name}/status/detect`, 'offline')];
  return { camera: { ...camera, isLive: false, seen: null, quietAt: Infinity }, messages };
}
