import type { EventType } from '../../protocol/catalogue.ts';
import { capabilitiesOf } from '../../protocol/profile.ts';
import { purposeOf } from '../consent.ts';
import type { HomeHistory, Placed, Span } from '../history.ts';
import { unionOf } from '../roster/interval.ts';
import { consentedSince } from './consented-since.ts';

/** When the sensors of a home could tell what, one of a kind being enough. */
export interface Equipped {
  /** That somebody moves indoors. */
  movement: readonly Span[];
  /** By room. */
  rooms: ReadonlyMap<string, readonly Span[]>;
  bed: readonly Span[];
  entrance: readonly Span[];
  /** That the resident is somewhere else. */
  area: readonly Span[];
}

const moves: readonly EventType[] = ['motion.detected', 'presence.detected', 'person.seen'];
const doors: readonly EventType[] = ['door.opened', 'door.closed'];
const beds: readonly EventType[] = ['bed.entered', 'bed.left', 'person.out-of-bed'];
const rooms: Readonly<Record<string, string | null>> = {
  bed: 'bedroom',
  entrance: 'hall',
  worn: null,
  balcony: null,
};

/** In which room a device of this placement is; null: in none, as what is worn or looks out. */
export function roomOf(placement: string): string | null {
  const known = rooms[placement];
  return known === undefined ? placement : known;
}

/** What is placed from when it is until it is taken away, and only as far as what it tells is consented to. */
export function equippedOf(home: HomeHistory): Equipped {
  const spans = (tells: readonly EventType[], isMeant: (device: Placed) => boolean): Span[] =>
    unionOf(home.placed.filter(isMeant).flatMap((device) => spanOf(home, device, tells)));
  const movers = home.placed.filter((device) => isMover(device));
  const inRooms = Map.groupBy(movers, ({ placement }) => roomOf(placement));
  return {
    movement: spans([...moves, ...doors], isMover),
    rooms: new Map(
      [...inRooms].flatMap(([room, devices]) =>
        room === null
          ? []
          : [[room, unionOf(devices.flatMap((one) => spanOf(home, one, [...moves, ...doors])))]],
      ),
    ),
    bed: unionOf([
      ...spans(beds, () => true),
      ...spans(['presence.detected'], ({ placement }) => placement === 'bed'),
    ]),
    entrance: spans(doors, ({ placement }) => placement === 'entrance'),
    area: spans(['area.left'], () => true),
  };
}

/** A contact on the way out says nothing of what is inside, and a simple sensor there is taken for one. */
function isMover({ profile, model, placement }: Placed): boolean {
  if (placement === 'worn' || placement === 'bed') return false;
  const tells = capabilitiesOf(profile, model);
  const isDoor = doors.some((type) => tells.includes(type));
  if (placement === 'entrance' || placement === 'balcony') {
    return !isDoor && moves.some((type) => tells.includes(type));
  }
  return isDoor || moves.some((type) => tells.includes(type));
}

function spanOf(home: HomeHistory, device: Placed, wanted: readonly EventType[]): Span[] {
  const type = capabilitiesOf(device.profile, device.model).find((one) => wanted.includes(one));
  if (type === undefined) return [];
  const purpose = purposeOf(type, device.profile);
  const since = purpose === null ? -Infinity : consentedSince(home, purpose);
  if (since === null) return [];
  return [{ from: Math.max(device.from, since), to: device.until ?? Infinity }];
}
