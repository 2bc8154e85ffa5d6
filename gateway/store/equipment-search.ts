import type { Kysely } from 'kysely';

import type { EquipmentRegister, Equipped } from '../domain/equipment.ts';
import type { DeviceProfile } from '../protocol/device/device-profile.ts';
import { modelOf } from './device-model.ts';
import type { Tables } from './tables.ts';

/** What is in the register, as this connection sees it. */
export function createEquipmentRegister(db: Kysely<Tables>): EquipmentRegister {
  return {
    device: async (id) => {
      const row = await equipped(db).where('device.id', '=', id).executeTakeFirst();
      return row === undefined ? null : present(row);
    },
    behind: async (hubId) => {
      const rows = await equipped(db)
        .where('hub_id', '=', hubId)
        .where('decommissioned_at', 'is', null)
        .orderBy('device.name')
        .execute();
      return rows.map(present);
    },
    search: async (municipalityId, { ids, serials, addresses }) => {
      const rows = await equipped(db)
        .where('device.municipality_id', '=', municipalityId)
        .where((eb) =>
          eb.or([
            eb('device.id', 'in', oneAtLeast(ids)),
            eb.and([
              eb('decommissioned_at', 'is', null),
              eb.or([
                eb('serial', 'in', oneAtLeast(serials)),
                eb('address', 'in', oneAtLeast(addresses)),
              ]),
            ]),
          ]),
        )
        .orderBy('device.created_at', 'desc')
        .execute();
      return rows.map(present);
    },
    found: async (municipalityId, addresses) => {
      const rows = await db
        .selectFrom('found')
        .innerJoin('device', 'device.id', 'found.hub_id')
        .select(['found.hub_id', 'found.address', 'found.label', 'found.profile'])
        .where('found.municipality_id', '=', municipalityId)
        .where('found.address', 'in', oneAtLeast(addresses))
        .where('found.gone_at', 'is', null)
        .where('device.decommissioned_at', 'is', null)
        .orderBy('found.last_seen_at', 'desc')
        .execute();
      return rows.map(({ hub_id, address, label, profile }) => ({
        hubId: hub_id,
        municipalityId,
        address,
        label,
        profile: profile === null ? null : (JSON.parse(profile) as DeviceProfile),
      }));
    },
  };
}

function equipped(db: Kysely<Tables>) {
  return db
    .selectFrom('device')
    .leftJoin('binding', (join) =>
      join.onRef('binding.device_id', '=', 'device.id').on('binding.until_at', 'is', null),
    )
    .select(['device.id', 'device.municipality_id', 'device.name', 'profile', 'serial'])
    .select(['model_id', 'model', 'hub_id', 'address', 'decommissioned_at'])
    .select(['binding.home_id', 'binding.placement', 'binding.from_at']);
}

type Row = Awaited<ReturnType<ReturnType<typeof equipped>['execute']>>[number];

function present(row: Row): Equipped {
  const { hub_id: hubId, address, home_id: homeId, placement, from_at: since } = row;
  return {
    id: row.id,
    municipalityId: row.municipality_id,
    name: row.name,
    profile: row.profile,
    model: modelOf(row),
    behind: hubId === null || address === null ? null : { hubId, address },
    serial: row.serial,
    place:
      homeId === null || placement === null || since === null ? null : { homeId, placement, since },
    decommissionedAt: row.decommissioned_at,
  };
}

/** SQL has no empty list; nothing is called by the empty name. */
function oneAtLeast(wanted: readonly string[]): readonly string[] {
  return wanted.length > 0 ? wanted : [''];
}
