import { createDice, type Dice, pick } from '../dice.ts';
import type { FleetHome } from '../fleet.ts';
import { isSensedBy, type Happening } from '../happening.ts';
import { placedBehind, profileOf, type RunningHub, startHub } from './running-hub.ts';
import type { HubMessage } from './virtual-hub.ts';

/** What a hub publishes, and when. */
export interface HubOccurrence {
  kind: 'message';
  at: number;
  homeId: string;
  hubId: string;
  message: HubMessage;
}

/** The hubs of one home: what happens there, carried to their devices. */
export interface HomeHubs {
  dueAt: () => number;
  tick: (at: number) => Iterable<HubOccurrence>;
  feel: (at: number, happening: Happening, only: string | null) => Iterable<HubOccurrence>;
  switchOn: (at: number, hubId: string) => Iterable<HubOccurrence>;
  reconnect: (at: number) => Iterable<HubOccurrence>;
  /** Lets somebody try a device that nobody has placed, or leave it alone. */
  handle: (
    at: number,
    device: { hubId: string; address: string },
    isTried: boolean,
  ) => Iterable<HubOccurrence>;
}

const pressedEveryMs = 60_000;
const otherEveryMs = 30_000;

/** The devices that nobody has placed, and how often somebody tries each when they do. */
export function spareDevices({
  hubs = [],
}: FleetHome): readonly { hubId: string; address: string; everyMs: number }[] {
  return hubs.flatMap((hub) =>
    hub.devices
      .filter(({ placement }) => placement === null)
      .map(({ address, model }) => {
        const isButton = profileOf(hub.speaks, model) === 'call-button';
        return { hubId: hub.id, address, everyMs: isButton ? pressedEveryMs : otherEveryMs };
      }),
  );
}

/** The one button that is pressed where there are several, by its id or address; null: whatever senses it does. */
export function pressedButton(
  { devices, hubs = [] }: FleetHome,
  happening: Happening,
  dice: Dice,
): string | null {
  if (hubs.length === 0 || !happening.what.endsWith('-press')) return null;
  const own = devices.filter((device) => isSensedBy(happening, device)).map(({ id }) => id);
  const behind = hubs
    .flatMap(placedBehind)
    .filter((device) => isSensedBy(happening, device))
    .map(({ address }) => address);
  return pick(dice, [...own, ...behind]) ?? null;
}

export function startHubs({ id: homeId, hubs = [] }: FleetHome, seed: string): HomeHubs {
  const running = hubs.map((hub) => startHub(hub, createDice(seed, homeId, hub.id)));

  function* say(at: number, { id: hubId }: RunningHub, messages: Iterable<HubMessage>) {
    for (const message of messages) {
      yield { kind: 'message', at, homeId, hubId, message } satisfies HubOccurrence;
    }
  }

  function* all(
    at: number,
    messagesOf: (hub: RunningHub) => Iterable<HubMessage>,
  ): Generator<HubOccurrence> {
    for (const hub of running) yield* say(at, hub, messagesOf(hub));
  }

  function* one(
    at: number,
    hubId: string,
    messagesOf: (hub: RunningHub) => Iterable<HubMessage>,
  ): Generator<HubOccurrence> {
    const hub = running.find(({ id }) => id === hubId);
    if (hub !== undefined) yield* say(at, hub, messagesOf(hub));
  }

  return {
    dueAt: () => Math.min(Infinity, ...running.map((hub) => hub.dueAt())),
    tick: (at) => all(at, (hub) => (hub.dueAt() <= at ? hub.tick(at) : [])),
    feel: (at, happening, only) => all(at, (hub) => hub.feel(at, happening, only)),
    switchOn: (at, hubId) => one(at, hubId, (hub) => hub.meet(at, { kind: 'start' })),
    reconnect: (at) => all(at, (hub) => hub.reconnect()),
    handle: (at, { hubId, address }, isTried) =>
      one(at, hubId, (hub) => hub.meet(at, { kind: isTried ? 'try' : 'rest', address })),
  };
}
