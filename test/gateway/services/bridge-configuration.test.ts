import { describe, expect, test, vi } from 'vitest';

import { AppError } from '../../../gateway/domain/errors.ts';
import type { BridgeInput } from '../../../gateway/protocol/device/hub.ts';
import { writeBridgeConfiguration } from '../../../gateway/services/bridge-configuration.ts';
import { createMosquitto } from '../../support/mosquitto.ts';
import { openFakeBroker } from '../bridge/fake-broker.ts';

vi.setConfig({ testTimeout: 60_000 });

type Source = BridgeInput['sources'][number];
const target = { hubId: 'hub-1', secret: 'geheim', host: '127.0.0.1', port: 8883, isTls: true };

function topicsOf(...sources: Source[]): string[] {
  const { text } = writeBridgeConfiguration(target, sources);
  return text.split('\n').filter((line) => line.startsWith('topic '));
}

describe('a bridge configuration', () => {
  test('says the same with explanations and without', () => {
    const { text, compact } = writeBridgeConfiguration(target, [{ dialect: 'zigbee2mqtt' }]);
    const said = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(`${said.join('\n')}\n`).toBe(compact);
    expect(said).toContain('address 127.0.0.1:8883');
    expect(said).toContain('bridge_insecure false');
    expect(said.slice(-1)).toEqual(['topic # out 1 zigbee2mqtt/ vaka/v1/hub-1/zigbee2mqtt/']);
  });

  test('without TLS names no authority, for Mosquitto would take that for TLS', () => {
    const { compact } = writeBridgeConfiguration({ ...target, isTls: false }, [
      { dialect: 'zigbee2mqtt' },
    ]);
    expect(compact).not.toMatch(/bridge_(ca|insecure)/);
  });

  test('takes a base topic as it is called, but for slashes at its end', () => {
    expect(topicsOf({ dialect: 'zigbee2mqtt', baseTopic: 'hem/åkern/' })).toEqual([
      'topic # out 1 hem/åkern/ vaka/v1/hub-1/zigbee2mqtt/',
    ]);
    expect(topicsOf({ dialect: 'homeassistant', baseTopic: 'esphome' })).toEqual([
      'topic homeassistant/# out 1 "" vaka/v1/hub-1/homeassistant/',
      'topic esphome/# out 1 "" vaka/v1/hub-1/homeassistant/',
    ]);
  });

  test.each(['hem nod', '$SYS', '/', 'a\u00a0b', '\u200b', '\ud800'])(
    'refuses %j, which Mosquitto cannot name',
    (baseTopic) => {
      expect(() => topicsOf({ dialect: 'homie', baseTopic })).toThrow(AppError);
    },
  );
});

test('Mosquitto sends what it names under the hub, and no pictures, speech or commands', async () => {
  const remote = await openFakeBroker();
  const { text } = writeBridgeConfiguration({ ...target, isTls: false, port: remote.port }, [
    { dialect: 'zigbee2mqtt', baseTopic: '/hem/[å]' },
    { dialect: 'frigate' },
    { dialect: 'tasmota' },
    { dialect: 'shelly' },
    { dialect: 'homeassistant', baseTopic: 'esphome' },
    { dialect: 'homie' },
    { dialect: 'chirpstack' },
    { dialect: 'tts' },
  ]);
  const mosquitto = await createMosquitto({ files: { 'vaka.conf': text } });
  await vi.waitFor(() => expect(remote.connects()).toHaveLength(1), { timeout: 30_000 });
  expect(remote.connects()).toMatchObject([
    { clientId: 'hub-1', username: 'hub-1', password: Buffer.from('geheim'), clean: false },
  ]);
  const sent = {
    '/hem/[å]/kök/dörr': 'zigbee2mqtt/kök/dörr',
    '/hem/[å]/bridge/devices': 'zigbee2mqtt/bridge/devices',
    'frigate/events': 'frigate/events',
    'frigate/hall/person/snapshot': null,
    'frigate/hall/audio/transcription': null,
    'frigate/hall/audio/scream': 'frigate/hall/audio/scream',
    'frigate/hall/status/detect': 'frigate/hall/status/detect',
    'tele/plug/SENSOR': 'tasmota/tele/plug/SENSOR',
    'cmnd/plug/POWER': null,
    'shellyplus1-1/events/rpc': 'shelly/shellyplus1-1/events/rpc',
    'shellyplus1-1/rpc': null,
    'homeassistant/binary_sensor/x/config': 'homeassistant/homeassistant/binary_sensor/x/config',
    'esphome/x/state': 'homeassistant/esphome/x/state',
    'homie/x/$state': 'homie/x/$state',
    'application/a/device/e/event/up': 'chirpstack/application/a/device/e/event/up',
    'application/a/device/e/command/down': null,
    'v3/app@tenant/devices/d/up': 'tts/v3/app@tenant/devices/d/up',
    'something/else': null,
    'frigate/available': 'frigate/available',
  };
  for (const topic of Object.keys(sent)) await mosquitto.publish(topic, ['x'], ['-q', '0']);
  const got = () =>
    remote.got.flatMap((packet) => (packet.cmd === 'publish' ? [[packet.topic, packet.qos]] : []));
  const wanted = Object.values(sent).filter((topic) => topic !== null);
  await vi.waitFor(() => expect(got()).toHaveLength(wanted.length), { timeout: 20_000 });
  expect(got()).toEqual(wanted.map((topic) => [`vaka/v1/hub-1/${topic}`, 1]));
});
