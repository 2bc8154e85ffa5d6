import { expect, test } from 'vitest';

import { createDeviceChannel } from '../../../gateway/notify/device-channel.ts';
import { Command } from '../../../gateway/protocol/command.ts';
import { briefOf, patient, waitingOf } from './brief.ts';

const reassure = waitingOf('device', 'button-1', { kind: 'reassure' });

test('a device hears on its own topic that somebody is on the way, and nothing about whom', async () => {
  const published: [string, string][] = [];
  const channel = createDeviceChannel({
    publish: async (topic, payload) => void published.push([topic, payload]),
    isConnected: (deviceId) => deviceId === 'button-1',
  });
  expect(await channel.send(reassure, briefOf(), patient)).toEqual({ result: 'delivered' });
  const [[topic, payload] = ['', '']] = published;
  expect(topic).toBe('vaka/v1/button-1/commands');
  expect(Command.parse(JSON.parse(payload))).toEqual({
    command: 'reassure',
    id: 'alert-1:1:device:asked:button-1',
    at: '2026-11-22T02:00:00.000Z',
  });
});

test('a device is told again when the broker could not take it', async () => {
  const channel = createDeviceChannel({
    publish: () => Promise.reject(new Error('The broker is stopping.')),
    isConnected: () => true,
  });
  expect(await channel.send(reassure, briefOf(), patient)).toEqual({
    result: 'retry',
    why: 'no connection',
  });
});

test('a device is only reassured, never asked', async () => {
  const channel = createDeviceChannel({
    publish: () => Promise.resolve(),
    isConnected: () => true,
  });
  const asked = waitingOf('device', 'button-1');
  expect(await channel.send(asked, briefOf(), patient)).toMatchObject({ result: 'refused' });
});

test('a device that is away has not heard it', async () => {
  const published: string[] = [];
  const channel = createDeviceChannel({
    publish: async (topic) => void published.push(topic),
    isConnected: () => false,
  });
  const sent = await channel.send(reassure, briefOf(), patient);
  expect(sent).toMatchObject({ result: 'retry', why: 'the device is not connected' });
  expect(published).toEqual([]);
});
