import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { eventsTopic } from '../../gateway/protocol/topic.ts';
import { pathOf } from '../support/program.ts';
import { type Ended, runProgram, runVaka } from '../support/run.ts';
import { openWorld, type World } from './world.ts';

interface Credentials {
  deviceId: string;
  secret: string;
}

/** Onboards a device with the command that people use, beside the running server. */
async function onboard(world: World): Promise<Credentials> {
  const { code, out, err } = await runVaka(
    ['device', 'add', '--home', 'skogsgatan', '--profile', 'call-button'],
    { environment: { VAKA_DATA_DIR: world.dataDir } },
  );
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as Credentials;
}

function wordsFor(world: World, { deviceId, secret }: Credentials): string[] {
  const place = ['-h', '127.0.0.1', '-p', String(world.at().mqttPort)];
  return [...place, '-V', 'mqttv311', '-q', '1', '-i', deviceId, '-u', deviceId, '-P', secret];
}

/** Publishes with Mosquitto's client, which ends with 0 once it has its PUBACK. */
function publish(
  world: World,
  device: Credentials,
  topic: string,
  ...what: string[]
): Promise<Ended> {
  const words = [...wordsFor(world, device), '-t', topic, ...what];
  return runProgram(pathOf('mosquitto_pub'), words);
}

/** Publishes, and waits for what the gateway answers on the device's `errors` topic. */
async function publishBadly(
  world: World,
  device: Credentials,
  topic: string,
  message: string,
): Promise<unknown> {
  const errors = `vaka/v1/${device.deviceId}/errors`;
  const words = [...wordsFor(world, device), '-t', topic, '-e', errors, '-m', message, '-W', '10'];
  const { code, out, err } = await runProgram(pathOf('mosquitto_rr'), words);
  expect({ code, err }, 'no answer on the errors topic').toEqual({ code: 0, err: '' });
  return JSON.parse(out);
}

test('somebody else’s client raises an alert, and the same message sent again raises none', async () => {
  const world = await openWorld();
  const device = await onboard(world);
  const message = JSON.stringify({ id: 'press-1', type: 'help.pressed' });
  const topic = eventsTopic(device.deviceId);

  expect(await publish(world, device, topic, '-m', message)).toMatchObject({ code: 0, err: '' });
  expect(await publish(world, device, topic, '-m', message)).toMatchObject({ code: 0, err: '' });

  expect(await world.alerts('amina', '?state=all')).toMatchObject([
    { device: { id: device.deviceId }, home: { id: 'skogsgatan' }, repeats: 0, step: 0 },
  ]);
});

test('a wrong secret is refused', async () => {
  const world = await openWorld();
  const device = { ...(await onboard(world)), secret: 'guessed' };
  const { code, err } = await publish(world, device, eventsTopic(device.deviceId), '-m', '{}');
  expect(code).not.toBe(0);
  expect(err).toContain('not authorised');
});

test('what a client does wrong is explained to it, and hurts nobody else', async () => {
  const world = await openWorld();
  const device = await onboard(world);
  const bystander = await world.connect('storgatan-motion-sensor');
  let losses = 0;
  bystander.on('close', () => {
    losses += 1;
  });
  const move = (id: string) =>
    bystander.publishAsync(
      eventsTopic('storgatan-motion-sensor'),
      JSON.stringify({ id, type: 'motion.detected' }),
      { qos: 1 },
    );

  const foreign = eventsTopic('storgatan-call-button');
  const help = JSON.stringify({ id: 'not-mine', type: 'help.pressed' });
  expect(await publishBadly(world, device, foreign, help)).toMatchObject({
    topic: foreign,
    reason: expect.stringContaining(device.deviceId),
  });
  await move('after a foreign topic');

  const own = eventsTopic(device.deviceId);
  expect(await publishBadly(world, device, own, 'helpp!')).toMatchObject({
    topic: own,
    reason: expect.stringContaining('JSON'),
  });
  await move('after a bad payload');

  const file = join(world.dataDir, 'big');
  await writeFile(file, Buffer.alloc(1024 * 1024, 'x'));
  expect((await publish(world, device, own, '-f', file)).code).not.toBe(0);
  await move('after a big payload');

  expect(losses).toBe(0);
  expect(await world.alerts('karin', '?state=all')).toEqual([]);
});
