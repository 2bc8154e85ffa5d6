import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import type { NewEquipment } from '../../../gateway/domain/equipment.ts';
import type { Store } from '../../../gateway/domain/store.ts';
import type { ProfileId } from '../../../gateway/protocol/profile.ts';
import { createOnboarding } from '../../../gateway/services/onboarding.ts';

/** What stands behind the hub: a contact and a button. */
export const contact = { id: 'contact', address: '0x00158d0000000001', name: 'hallen' };
export const button = { id: 'button', address: '0x00158d0000000002', name: 'knappen' };

/** A home with a hub and two devices behind it, a carer of its unit, and a technician. */
export async function furnishHub(
  store: Store,
  { secrets, at }: { secrets: Map<string, string>; at: number },
): Promise<void> {
  const { registry } = store;
  const onboarding = createOnboarding({ registry, clock: () => at, random: randomBytes });
  const municipalityId = 'norr';
  const unit = { id: 'natt', municipalityId, name: 'Natt' };
  await onboarding.addMunicipality({ id: 'norr', name: 'Norr', timeZone: 'Europe/Stockholm' });
  await onboarding.addUnit(unit);
  await onboarding.addHome({
    id: 'home',
    municipalityId,
    unitId: unit.id,
    label: 'Skogsgatan 4',
    residents: ['Elsa B'],
    cohabitants: [],
    consents: ['help', 'activity'],
  });
  const hub = { id: 'hub', homeId: 'home', profile: 'hub' };
  secrets.set(hub.id, (await onboarding.addDevice(hub)).secret);
  await placeBehind(store, { ...contact, profile: 'door-contact', placement: 'entrance' }, at);
  await placeBehind(store, { ...button, profile: 'call-button', placement: 'worn' }, at);
  for (const [id, role, units] of [
    ['amina', 'carer', ['natt']],
    ['tore', 'technician', []],
  ] as const) {
    const email = `${id}@vaka.example`;
    const person = { id, municipalityId, email, name: id, role, units: [...units] };
    await registry.addUser({ ...person, passwordHash: null, at });
  }
}

interface Behind {
  id: string;
  address: string;
  name: string;
  profile: ProfileId;
  placement: string;
}

function placeBehind(store: Store, { placement, address, ...device }: Behind, at: number) {
  const added: NewEquipment = {
    ...device,
    municipalityId: 'norr',
    modelId: null,
    model: null,
    behind: { hubId: 'hub', address },
    serial: null,
    secretHash: null,
    at,
  };
  const { id: deviceId, name } = device;
  return store.transaction(async ({ equipment }) => {
    await equipment.add(added);
    await equipment.place({ deviceId, homeId: 'home', placement, name }, at);
  });
}

/** `bridge/devices` as zigbee2mqtt tells it of the two. */
export const bridgeDevices = JSON.stringify([
  { ieee_address: '0x00124b0000000000', type: 'Coordinator', friendly_name: 'Coordinator' },
  listed(contact, { type: 'binary', name: 'contact', value_on: false, value_off: true }),
  listed(button, { type: 'enum', name: 'action', values: ['emergency', 'disarm'] }),
]);

function listed({ address, name }: { address: string; name: string }, expose: object) {
  const property = 'name' in expose ? { property: expose.name } : {};
  return {
    ieee_address: address,
    type: 'EndDevice',
    friendly_name: name,
    power_source: 'Battery',
    interview_completed: true,
    definition: {
      model: 'M',
      vendor: 'V',
      description: 'D',
      exposes: [{ ...expose, ...property, access: 1, label: 'L' }],
    },
  };
}

/** Each event that a device has told, oldest first, as the log has it. */
export function eventsOf(dataDir: string, deviceId: string) {
  const db = new DatabaseSync(join(dataDir, 'vaka.db'), { readOnly: true, timeout: 5_000 });
  const rows = db
    .prepare(
      'select id, type, at, received_at as receivedAt from event where device_id = ? order by seq',
    )
    .all(deviceId);
  db.close();
  return rows.map(({ id, type, at, receivedAt }) => ({
    id: String(id),
    type: String(type),
    at: Number(at),
    receivedAt: Number(receivedAt),
  }));
}
