import { join } from 'node:path';

import { onTestFinished } from 'vitest';

import type { LogEntry } from '../../../gateway/domain/ledger.ts';
import type { KeptDay } from '../../../gateway/domain/series/home-days.ts';
import { createRhythm } from '../../../gateway/services/rhythm.ts';
import { openSqliteRhythmSource } from '../../../gateway/store/sqlite-rhythm-source.ts';
import { createSqliteHomeBases } from '../../../gateway/telemetry/sqlite-home-bases.ts';
import { createSqliteHomeDays } from '../../../gateway/telemetry/sqlite-home-days.ts';
import { openTelemetryFile } from '../../../gateway/telemetry/telemetry-file.ts';
import { addDevice, addHome, addMunicipality } from '../store/furnish.ts';
import { createSqliteStorage } from '../store/sqlite-storage.ts';

export const midsummer = Date.parse('2026-06-01T00:00:00+02:00');
export const hour = 3_600_000;
export const dayMs = 24 * hour;

/** A home with a bed, a hall and a door since midnight of 1 June, in a real database; its days in a real file. */
export async function openRhythm({ consents = ['help', 'activity', 'statistics'] as const } = {}) {
  const storage = await createSqliteStorage();
  const store = await storage.open();
  await addMunicipality(store, 'norr');
  const unit = { id: 'norr-1', municipalityId: 'norr', name: 'Lag', at: midsummer };
  await store.registry.addUnit(unit);
  const place = { municipalityId: 'norr', unitId: 'norr-1', at: midsummer };
  await addHome(store, { ...place, id: 'home-1', consents: [...consents] });
  const kinds = { bed: 'bed-sensor', hall: 'motion-sensor', door: 'door-contact' };
  const placements = { bed: 'bed', hall: 'hall', door: 'entrance' };
  for (const id of ['bed', 'hall', 'door'] as const) {
    const device = { id, homeId: 'home-1', profile: kinds[id], placement: placements[id] };
    await addDevice(store, { ...device, name: id, at: midsummer });
  }
  const { source, close } = openSqliteRhythmSource(join(storage.folder, 'vaka.db'));
  const file = openTelemetryFile(join(storage.folder, 'telemetry.db'), { readOnly: false });
  onTestFinished(() => {
    close();
    file.close();
  });
  const homeDays = createSqliteHomeDays(file);
  const bases = createSqliteHomeBases(file);
  const create = (linesAtOnce?: number) =>
    createRhythm({ source, homeDays, bases, ...(linesAtOnce !== undefined && { linesAtOnce }) });
  let rhythm = create();

  return {
    store,
    storage,
    homeDays,
    file,
    append: (entries: readonly LogEntry[]) => store.transaction((ledger) => ledger.append(entries)),
    /** Works until nothing is left; answers in how many pieces. */
    settle: async (at: number): Promise<number> => {
      let pieces = 1;
      while ((await rhythm.run(at)).isMore) pieces += 1;
      return pieces;
    },
    /** As after a start of the process. */
    restart: (linesAtOnce?: number) => {
      rhythm = create(linesAtOnce);
    },
    days: (): Promise<readonly KeptDay[]> => homeDays.read('home-1', '2020-01-01', '2030-01-01'),
    day: async (day: string): Promise<KeptDay | null> =>
      (await homeDays.read('home-1', day, day))[0] ?? null,
    sql: (text: string) => storage.query(text),
  };
}

/** Told at this instant, `days` after 1 June at `time` of a summer's day. */
export function told(
  days: number,
  time: string,
  deviceId: string,
  type: LogEntry['type'],
): LogEntry {
  const at = midsummer + days * dayMs + (Date.parse(`2026-06-01T${time}:00+02:00`) - midsummer);
  const id = `${at} ${deviceId} ${type}`;
  const own = { municipalityId: 'norr', homeId: 'home-1' };
  return { ...own, deviceId, id, type, at, receivedAt: at, data: {} };
}

/** An ordinary night from the evening of one day to the morning of the next. */
export function nightFrom(days: number): LogEntry[] {
  return [
    told(days, '22:00', 'bed', 'bed.entered'),
    told(days + 1, '07:00', 'bed', 'bed.left'),
    told(days + 1, '07:05', 'hall', 'motion.detected'),
  ];
}
