import { expect, test } from 'vitest';

import { choicesOf, vendorAndModel } from '../../../dashboard/install/model-list.ts';
import { DeviceProfile } from '../../../gateway/protocol/device/device-profile.ts';
import { pictureOf } from '../../../gateway/protocol/device/kind-picture.ts';
import { profiles } from '../../../gateway/protocol/profile.ts';

const contact = DeviceProfile.parse({
  id: 'acme-door-1',
  kind: 'door-contact',
  vendor: 'Acme',
  model: 'D-1',
  title: { sv: 'Dörrkontakt', en: 'Door sensor' },
  dialect: 'zigbee2mqtt',
  aliases: [],
  capabilities: ['door.opened'],
  supervision: { class: 'event-only', everyMs: null, graceMs: 0 },
  battery: null,
  placements: ['entrance'],
  picture: 'contact',
  scaip: null,
  source: null,
});
const plug = DeviceProfile.parse({ ...contact, id: 'acme-plug', kind: 'plug', dialect: 'shelly' });

function ids({ models, throughHub }: ReturnType<typeof choicesOf>) {
  return [...models, ...throughHub].map(({ modelId }) => modelId);
}

test('offers every kind, and finds models by maker, kind or name', () => {
  expect(choicesOf([contact], '', 'sv').kinds).toHaveLength(Object.keys(profiles).length);
  const keysOf = (wanted: string) => ids(choicesOf([contact, plug], wanted, 'sv'));
  expect(keysOf('acme vägguttag')).toEqual(['acme-plug']);
  expect(keysOf('dörrsensor d-1')).toEqual(['acme-door-1']);
  expect(keysOf('nothing like it')).toEqual([]);
});

test('a model that only speaks through a hub cannot be given a secret of its own', () => {
  const { models, throughHub } = choicesOf([contact, plug], 'acme', 'en');
  expect(models.map(({ modelId }) => modelId)).toEqual(['acme-plug']);
  expect(throughHub).toMatchObject([{ modelId: 'acme-door-1', needsHub: true }]);
});

test('says what is known of maker and model', () => {
  expect(vendorAndModel(contact)).toBe('Acme D-1');
  expect(vendorAndModel({ vendor: null, model: 'D-1' })).toBe('D-1');
  expect(pictureOf('no-such-kind')).toBe('sensor');
});
