import type { Kysely } from 'kysely';

import { mayBeKnown } from '../domain/consent.ts';
import type { Credential, DeviceFile, Directory, HomeFile } from '../domain/directory.ts';
import type { HomeContext } from '../domain/home/home-context.ts';
import { capabilitiesOf, silentAfterMs } from '../protocol/profile.ts';
import { ResidentFlag } from '../protocol/resident-flag.ts';
import { modelOf } from './device-model.ts';
import type { Tables } from './tables.ts';

/** How many of each the directory remembers before it forgets the oldest. */
const filesKept = 50_000;

export interface CachedDirectory extends Directory {
  forget: () => void;
  /** Another one whenever what people have entered may have changed, also through another process. */
  stamp: () => number;
}

/**
 * Remembers what it has read until somebody changes it.
 * `isStale` answers, and resets, whether another process has written since the last call.
 */
export function createDirectory(db: Kysely<Tables>, isStale: () => boolean): CachedDirectory {
  const devices = new Map<string, DeviceFile>();
  const homes = new Map<string, HomeFile>();
  const people = new Map<string, string>();
  const named = new Map<string, Named>();
  const credentials = new Map<string, readonly Credential[]>();
  const behind = new Map<string, ReadonlyMap<string, string>>();
  const caches: readonly Map<string, unknown>[] = [
    devices,
    homes,
    people,
    named,
    credentials,
    behind,
  ];
  let timesForgotten = 0;

  function forget(): void {
    timesForgotten += 1;
    for (const cache of caches) cache.clear();
  }

  return {
    forget,
    stamp: () => {
      if (isStale()) forget();
      return timesForgotten;
    },
    devices: async (ids) => remembered(devices, ids, (missing) => readDevices(db, missing)),
    homes: async (ids) => remembered(homes, ids, (missing) => readHomes(db, missing)),
    people: async (ids) => remembered(people, ids, (missing) => readNames(db, 'person', missing)),
    names: async (ids) => {
      const found = await remembered(named, ids, (missing) => readNamed(db, missing));
      return {
        units: namesIn(found, 'unit'),
        municipalities: namesIn(found, 'municipality'),
        endpoints: namesIn(found, 'endpoint'),
      };
    },
    credentials: async (id) =>
      (await remembered(credentials, [id], (missing) => readCredentials(db, missing))).get(id) ??
      [],
    behind: async (ids) => remembered(behind, ids, (missing) => readBehind(db, missing)),
  };

  async function remembered<File>(
    cache: Map<string, File>,
    ids: readonly string[],
    read: (missing: readonly string[]) => Promise<ReadonlyMap<string, File>>,
  ): Promise<ReadonlyMap<string, File>> {
    if (isStale()) forget();
    const found = new Map<string, File>();
    const missing: string[] = [];
    for (const id of ids) {
      const file = cache.get(id);
      if (file === undefined) missing.push(id);
      else found.set(id, file);
    }
    if (missing.length === 0) return found;
    if (cache.size > filesKept) cache.clear();
    const before = timesForgotten;
    for (const [id, file] of await read(missing)) {
      // What was changed while it was read is not to be remembered.
      if (timesForgotten === before) cache.set(id, file);
      found.set(id, file);
    }
    return found;
  }
}

async function readDevices(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, DeviceFile>> {
  const rows = await db.selectFrom('device').selectAll().where('id', 'in', ids).execute();
  const bindings = await db
    .selectFrom('binding')
    .selectAll()
    .where('device_id', 'in', ids)
    .orderBy('from_at', 'desc')
    .execute();
  const byDevice = Map.groupBy(bindings, ({ device_id }) => device_id);
  return new Map(
    rows.map(({ id, municipality_id, name, profile, hub_id, address, ...row }) => [
      id,
      {
        id,
        municipalityId: municipality_id,
        name,
        profile,
        model: modelOf(row),
        behind: hub_id === null || address === null ? null : { hubId: hub_id, address },
        bindings: (byDevice.get(id) ?? []).map((binding) => ({
          homeId: binding.home_id,
          placement: binding.placement,
          from: binding.from_at,
          until: binding.until_at,
        })),
      },
    ]),
  );
}

async function readHomes(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, HomeFile>> {
  const rows = await db.selectFrom('home').selectAll().where('id', 'in', ids).execute();
  const placed = await db
    .selectFrom('binding')
    .innerJoin('device', 'device.id', 'binding.device_id')
    .select(['home_id', 'device.id', 'name', 'profile', 'placement', 'from_at'])
    .select(['model_id', 'model', 'armed_at'])
    .where('home_id', 'in', ids)
    .where('until_at', 'is', null)
    .orderBy('from_at')
    .execute();
  const residents = await db
    .selectFrom('resident')
    .select(['home_id', 'id', 'name', 'flags'])
    .where('home_id', 'in', ids)
    .orderBy('cohabitant')
    .execute();
  const consents = await db
    .selectFrom('consent')
    .innerJoin('resident', 'resident.id', 'consent.resident_id')
    .select(['home_id', 'resident_id', 'purpose', 'from_at', 'until_at'])
    .where('home_id', 'in', ids)
    .execute();
  const devicesOf = Map.groupBy(placed, ({ home_id }) => home_id);
  const residentsOf = Map.groupBy(residents, ({ home_id }) => home_id);
  const consentsOf = Map.groupBy(consents, ({ home_id }) => home_id);
  const agreementOf = (homeId: string) => ({
    residents: (residentsOf.get(homeId) ?? []).map(({ id, name }) => ({ id, name })),
    consents: (consentsOf.get(homeId) ?? []).map((consent) => ({
      purpose: consent.purpose,
      residentId: consent.resident_id,
      from: consent.from_at,
      until: consent.until_at,
    })),
  });
  return new Map(
    rows.map((home): [string, HomeFile] => {
      const agreement = agreementOf(home.id);
      const context: HomeContext = {
        id: home.id,
        municipalityId: home.municipality_id,
        unitId: home.unit_id,
        timeZone: home.time_zone,
        flags: flagsOf(residentsOf.get(home.id) ?? []),
        devices: (devicesOf.get(home.id) ?? []).map((device) => {
          const { profile } = device;
          const model = modelOf(device);
          return {
            id: device.id,
            name: device.name,
            profile,
            placement: device.placement,
            placedAt: device.from_at,
            tells: capabilitiesOf(profile, model).filter((type) =>
              mayBeKnown(type, profile, agreement, 'now'),
            ),
            silentAfterMs: silentAfterMs(profile, model),
            ...(device.armed_at === null ? {} : { armedAt: device.armed_at }),
          };
        }),
      };
      return [home.id, { label: home.label, ...agreement, context }];
    }),
  );
}

/** What anybody of them needs; what a newer release may have entered is passed over. */
function flagsOf(residents: readonly { flags: string }[]): readonly ResidentFlag[] {
  const flags = residents.flatMap((resident) => JSON.parse(resident.flags) as readonly string[]);
  return ResidentFlag.options.filter((flag) => flags.includes(flag));
}

type PlaceKind = 'unit' | 'municipality' | 'endpoint';

/** What is called by one id, of each kind; null: no such thing, which is worth remembering too. */
type Named = Readonly<Record<PlaceKind, string | null>>;

async function readNamed(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Named>> {
  const unit = await readNames(db, 'unit', ids);
  const municipality = await readNames(db, 'municipality', ids);
  const endpoint = await readNames(db, 'endpoint', ids);
  return new Map(
    ids.map((id) => [
      id,
      {
        unit: unit.get(id) ?? null,
        municipality: municipality.get(id) ?? null,
        endpoint: endpoint.get(id) ?? null,
      },
    ]),
  );
}

function namesIn(found: ReadonlyMap<string, Named>, kind: PlaceKind): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [id, { [kind]: name }] of found) if (name !== null) names.set(id, name);
  return names;
}

async function readNames(
  db: Kysely<Tables>,
  table: 'person' | PlaceKind,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom(table).select(['id', 'name']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

async function readCredentials(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly Credential[]>> {
  const rows = await db
    .selectFrom('credential')
    .innerJoin('device', 'device.id', 'credential.device_id')
    .select(['device_id', 'credential.id', 'kind', 'hash', 'expires_at'])
    .select('credential.created_at')
    .where('device_id', 'in', ids)
    .where('revoked_at', 'is', null)
    .where('blocked_at', 'is', null)
    .where('decommissioned_at', 'is', null)
    .orderBy('credential.created_at', 'desc')
    .execute();
  const byDevice = Map.groupBy(rows, ({ device_id }) => device_id);
  return new Map(
    [...byDevice].map(([deviceId, of]) => [
      deviceId,
      of.map((row) => ({
        id: row.id,
        kind: row.kind,
        hash: Buffer.from(row.hash),
        createdAt: row.created_at,
        expiresAt: row.expires_at,
      })),
    ]),
  );
}

async function readBehind(
  db: Kysely<Tables>,
  hubIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const rows = await db
    .selectFrom('device')
    .select(['id', 'hub_id', 'address'])
    .where('hub_id', 'in', hubIds)
    .where('decommissioned_at', 'is', null)
    .execute();
  const byHub = Map.groupBy(rows, ({ hub_id }) => hub_id);
  return new Map(
    hubIds.map((hubId) => [
      hubId,
      new Map((byHub.get(hubId) ?? []).map(({ id, address }) => [address ?? '', id])),
    ]),
  );
}
