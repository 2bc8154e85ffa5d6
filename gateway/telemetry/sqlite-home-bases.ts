import type { HomeBases } from '../domain/rhythm/rhythm-source.ts';
import type { TelemetryFile } from './telemetry-file.ts';

/** Keeps what homes were in `telemetry.db`, beside their days. */
export function createSqliteHomeBases(file: TelemetryFile): HomeBases {
  return {
    all: async () =>
      new Map(
        file
          .all<{ id: string; basis: string }>('select home_id as id, basis from home_basis')
          .map(({ id, basis }) => [id, basis]),
      ),
    save: async (homeId, basis) => {
      file.run('insert or replace into home_basis values (?, ?)', homeId, basis);
    },
    forget: async (homeId) => {
      file.run('delete from home_basis where home_id = ?', homeId);
    },
  };
}
