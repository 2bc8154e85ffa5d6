import { Agenda } from './agenda.ts';
import type { DeviceEvent } from './device.ts';
import { startDevice, type RunningDevice } from './device/running-device.ts';
import { createDice } from './dice.ts';
import type { FleetHome } from './fleet.ts';
import { isSensedBy, type Happening } from './happening.ts';
import { type HubOccurrence, pressedButton, spareDevices, startHubs } from './hub/home-hub.ts';
import { planDay } from './resident.ts';
import { callsFor, scriptFor, toCue, type Cue, type Play } from './script.ts';

/** What comes out of a virtual home; `idle` only lets time pass. */
export type Occurrence =
  | { kind: 'event'; at: number; homeId: string; deviceId: string; event: DeviceEvent }
  | { kind: 'network'; at: number; homeId: string; isUp: boolean }
  | { kind: 'death'; at: number; homeId: string; deviceId: string }
  | HubOccurrence
  /** Whether somebody tries a device that nobody has placed is asked as soon as this has been taken. */
  | { kind: 'ask'; at: number; homeId: string; hubId: string; address: string }
  | { kind: 'idle'; at: number; homeId: string };

const powerOn: Happening = { what: 'power-on' };
const powerOnWithinMs = 5_000;
/** Whoever has been up in the night or has sat still past their bedtime goes to bed so long after. */
const settlesAfterMs = 120_000;

/**
 * Lives in the home from the start of the play, for ever, in order of time. It has been lived in since midnight
 * before the start, unheard, so that doors and beds are as they would be.
 */
export function* liveHome(
  home: FleetHome,
  homes: readonly FleetHome[],
  play: Play,
  run: string,
): Generator<Occurrence> {
  const devices = home.devices.map(({ id, profile, placement, battery }) =>
    startDevice(
      { id, profile, placement, battery, timeZone: home.timeZone, run },
      createDice(play.seed, home.id, id),
    ),
  );
  const hubs = startHubs(home, play.seed);
  const pressDice = createDice(play.seed, home.id, 'press');
  const spare = spareDevices(home);
  const agenda = new Agenda<Cue>(openingCues(home, homes, play));
  let stillUntil = -Infinity;
  let isInBed = false;
  /** By the plan of the day, whatever comes between. */
  let isBedtime = false;
  let now = agenda.first()?.at ?? play.startAt;

  function* hear(deviceId: string, events: DeviceEvent[]): Generator<Occurrence> {
    for (const event of events) {
      if (event.at >= play.startAt)
        yield { kind: 'event', at: event.at, homeId: home.id, deviceId, event };
    }
  }

  function* overhear(messages: Iterable<HubOccurrence>): Generator<Occurrence> {
    for (const message of messages) if (message.at >= play.startAt) yield message;
  }

  function* befall(at: number, happening: Happening): Generator<Occurrence> {
    const only = pressedButton(home, happening, pressDice);
    for (const each of devices) {
      if (only === null || only === each.id) yield* hear(each.id, each.feel(at, happening));
    }
    yield* overhear(hubs.feel(at, happening, only));
  }

  function* live(at: number, happening: Happening): Generator<Occurrence> {
    if (happening.what === 'bed-enter') isInBed = true;
    if (happening.what === 'bed-leave') isInBed = false;
    yield* befall(at, happening);
  }

  /** What the resident would do anyway, up and about only once out of bed. */
  function* followPlan(at: number, happening: Happening): Generator<Occurrence> {
    const { what, where } = happening;
    if (what === 'bed-enter') isBedtime = true;
    if (what === 'bed-leave') isBedtime = false;
    if (at < stillUntil) return;
    const isUp = (what === 'movement' || what === 'door-open') && where !== 'bedroom';
    if (isInBed && isUp) yield* live(at, { what: 'bed-leave' });
    yield* live(at, happening);
  }

  function* enact(cue: Cue): Generator<Occurrence> {
    switch (cue.kind) {
      case 'plan':
        return agenda.add(cue.plan());
      case 'still':
        stillUntil = cue.at + cue.forMs;
        return agenda.add([{ kind: 'settle', at: stillUntil + settlesAfterMs }]);
      case 'settle':
        if (isBedtime && !isInBed && cue.at >= stillUntil) {
          yield* live(cue.at, { what: 'bed-enter' });
        }
        return;
      case 'offline':
        yield { kind: 'network', at: cue.at, homeId: home.id, isUp: false };
        return agenda.add([{ kind: 'online', at: cue.at + cue.forMs }]);
      case 'online':
        yield { kind: 'network', at: cue.at, homeId: home.id, isUp: true };
        return yield* overhear(hubs.reconnect(cue.at));
      case 'ask': {
        const { at, hubId, address } = cue;
        yield { kind: 'ask', at, homeId: home.id, hubId, address };
        const everyMs = spare.find((one) => one.address === address)?.everyMs ?? Infinity;
        return agenda.add([
          { ...cue, kind: 'try' },
          { ...cue, at: at + everyMs },
        ]);
      }
      case 'try': {
        const isTried = play.isTried?.(cue.hubId, cue.address) === true;
        return yield* overhear(hubs.handle(cue.at, cue, isTried));
      }
      case 'power-on': {
        yield* overhear(hubs.switchOn(cue.at, cue.deviceId));
        const device = devices.find(({ id }) => id === cue.deviceId);
        return yield* hear(cue.deviceId, device?.feel(cue.at, powerOn) ?? []);
      }
      case 'routine':
        return yield* followPlan(cue.at, cue.happening);
      case 'doing':
        yield* live(cue.at, cue.happening);
        if (cue.happening.what === 'death') yield* deathsOf(home, cue.happening, cue.at);
    }
  }

  for (;;) {
    const device = soonest(devices);
    const cue = agenda.first();
    if (cue === undefined) return;
    if (hubs.dueAt() <= Math.min(cue.at, device?.dueAt() ?? Infinity)) {
      now = Math.max(now, hubs.dueAt());
      yield* overhear(hubs.tick(now));
    } else if (device !== undefined && device.dueAt() <= cue.at) {
      now = Math.max(now, device.dueAt());
      yield* hear(device.id, device.tick(now));
    } else {
      now = cue.at;
      agenda.shift();
      yield* enact(cue);
      yield { kind: 'idle', at: now, homeId: home.id };
    }
  }
}

function* deathsOf(home: FleetHome, happening: Happening, at: number): Generator<Occurrence> {
  for (const device of home.devices) {
    if (isSensedBy(happening, device))
      yield { kind: 'death', at, homeId: home.id, deviceId: device.id };
  }
}

function soonest(devices: readonly RunningDevice[]): RunningDevice | undefined {
  let first: RunningDevice | undefined;
  for (const device of devices) {
    if (device.dueAt() < (first?.dueAt() ?? Infinity)) first = device;
  }
  return first;
}

function openingCues(home: FleetHome, homes: readonly FleetHome[], play: Play): Cue[] {
  const dice = createDice(play.seed, home.id);
  const today = Temporal.Instant.fromEpochMilliseconds(play.startAt)
    .toZonedDateTimeISO(home.timeZone)
    .toPlainDate();
  const midnight = today.toZonedDateTime(home.timeZone).epochMilliseconds;
  return [
    { kind: 'routine', at: midnight, happening: { what: 'bed-enter' } },
    dayAfterDay(home, today, play),
    ...[...home.devices, ...(home.hubs ?? [])].map(({ id }) => ({
      kind: 'power-on' as const,
      at: play.startAt + Math.round(dice() * powerOnWithinMs),
      deviceId: id,
    })),
    ...spareDevices(home).map(({ hubId, address, everyMs }) => ({
      kind: 'ask' as const,
      at: play.startAt + powerOnWithinMs + Math.round(everyMs / 4),
      hubId,
      address,
    })),
    ...scriptFor(home, homes, play),
    ...callsFor(home, homes, play),
  ];
}

/** Plans a day when it begins, and then the day after. */
function dayAfterDay(home: FleetHome, date: Temporal.PlainDate, play: Play): Cue {
  return {
    kind: 'plan',
    at: date.toZonedDateTime(home.timeZone).epochMilliseconds,
    plan: () => {
      const dice = createDice(play.seed, home.id, date.toString());
      const doings = planDay(date, home.timeZone, play.scenario.habits, dice);
      return [
        ...doings.map((doing) => toCue('routine', doing)),
        dayAfterDay(home, date.add({ days: 1 }), play),
      ];
    },
  };
}
