import { expect, test } from 'vitest';

import { shelly } from '../../../gateway/dialects/shelly.ts';
import { tasmota } from '../../../gateway/dialects/tasmota.ts';
import { zigbee2mqtt } from '../../../gateway/dialects/zigbee2mqtt.ts';
import type { Dialect, Json } from '../../../gateway/domain/dialect.ts';

/** What is read of a message, where whatever is looked up in memory is this. */
function read(dialect: Dialect, topic: string, payload: unknown, remembered?: Json) {
  const said = { topic, receivedAt: 0, timeZone: 'Europe/Stockholm' };
  const bytes = Buffer.from(JSON.stringify(payload));
  return dialect.read({ ...said, payload: bytes }, { get: () => remembered });
}

test('a word of a definition that is no word is passed over', () => {
  const values = ['single', { toString: null }];
  const action = { type: 'enum', name: 'action', property: 'action', access: 1, values };
  const definition = { vendor: 'A', model: 'B-1', description: 'Button', exposes: [action] };
  const device = { ieee_address: '0x00158d0001a2b3c4', type: 'EndDevice', definition };
  const { found } = read(zigbee2mqtt, 'zigbee2mqtt/bridge/devices', [device]);
  expect(found).toMatchObject([{ address: '0x00158d0001a2b3c4' }]);
});

test('an empty text that was remembered is nobody’s address', () => {
  const zigbee = { ZbReceived: { '0x2916': { Device: '0x2916', Occupancy: 1, LinkQuality: 90 } } };
  const heard = [
    read(tasmota, 'tasmota/tele/hall/SENSOR', zigbee, ''),
    read(shelly, 'shelly/shellyplusht-08b61fcb7f3c/online', true, ''),
  ];
  const sources = heard.flatMap(({ readings }) => readings.map(({ source }) => source));
  expect(sources.length).toBeGreaterThan(0);
  expect(sources).not.toContain('');
});
