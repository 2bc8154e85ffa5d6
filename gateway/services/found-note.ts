import type { Reading } from '../domain/dialect.ts';
import type { DeviceFile } from '../domain/directory.ts';
import type { FoundNote } from '../domain/hub-notes.ts';
import type { DialectName } from '../protocol/device/device-profile.ts';
import type { Understood } from './message.ts';

/**
 * What messages tell of the devices behind hubs, placed or not: one note for each that was mentioned. What kind of thing
 * one told last is only for finding it: of one that is placed the log alone tells, and consent says what is in it.
 */
export function foundNotes(
  understood: readonly Understood[],
  devices: ReadonlyMap<string, DeviceFile>,
  isPlaced: (hubId: string, address: string) => boolean,
): readonly FoundNote[] {
  return understood.flatMap((one) => {
    const hub = devices.get(one.message.deviceId);
    return hub === undefined || one.dialect === null
      ? []
      : notesOf(one, hub, one.dialect, isPlaced);
  });
}

function notesOf(
  one: Understood,
  hub: DeviceFile,
  dialect: DialectName,
  isPlaced: (hubId: string, address: string) => boolean,
): readonly FoundNote[] {
  const notes = new Map<string, FoundNote>();
  const noteOf = (address: string): FoundNote => {
    const note = notes.get(address) ?? {
      hubId: hub.id,
      municipalityId: hub.municipalityId,
      address,
      dialect,
      at: one.message.receivedAt,
      described: null,
      messages: 0,
    };
    notes.set(address, note);
    return note;
  };
  for (const described of one.found) {
    Object.assign(noteOf(described.address), { described, isGone: false });
  }
  for (const reading of one.readings) {
    if (reading.source === undefined) continue;
    const note = noteOf(reading.source);
    note.messages = 1;
    Object.assign(note, measured(reading));
    if (isPlaced(hub.id, reading.source)) note.lastType = null;
  }
  for (const address of one.gone) noteOf(address).isGone = true;
  return [...notes.values()];
}

/** What says nothing to whoever stands before six alike buttons and presses one. */
const hardlyTelling: ReadonlySet<Reading['type']> = new Set([
  'device.heartbeat',
  'device.connected',
  'device.disconnected',
  'reach.lost',
  'reach.restored',
  'link.measured',
  'battery.measured',
  'illuminance.measured',
  'power.measured',
]);

function measured({ type, data }: Reading): Partial<FoundNote> {
  const { percent, rssiDbm, lqi } = data;
  return {
    ...(hardlyTelling.has(type) ? {} : { lastType: type }),
    ...(type.startsWith('battery.') && typeof percent === 'number'
      ? { batteryPercent: percent }
      : {}),
    ...(type === 'link.measured' && typeof rssiDbm === 'number' ? { rssiDbm } : {}),
    ...(type === 'link.measured' && typeof lqi === 'number' ? { lqi } : {}),
  };
}
