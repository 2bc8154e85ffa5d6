import { describe, expect, test } from 'vitest';

import { openIdentityWorld, withSecret } from './identity-world.ts';

const key = 'k'.repeat(43);

describe('at start', () => {
  test.each([
    [
      'that MQTT without TLS is for this machine alone, where others could be meant',
      { VAKA_HOST: '0.0.0.0' },
      'MQTT without TLS listens on this machine only; devices elsewhere need TLS, or VAKA_PLAIN_MQTT_FOR=anyone',
    ],
    [
      'that passwords can be read on the way, where that is allowed',
      { VAKA_HOST: '0.0.0.0', VAKA_PLAIN_MQTT_FOR: 'anyone' },
      'MQTT without TLS is open: passwords of devices can be read on the way',
    ],
  ])('it is said %s', async (_, environment, msg) => {
    const { logged } = await openIdentityWorld(environment);
    expect(logged).toMatchObject([{ level: 40, msg }]);
  });

  test.each([{}, { VAKA_HOST: '::1' }, { VAKA_PLAIN_MQTT_FOR: 'anyone' }])(
    'nothing is said where nobody else can reach us (%o)',
    async (environment) => {
      expect((await openIdentityWorld(environment)).logged).toEqual([]);
    },
  );
});

test('a key that is of no use is answered no sooner than any other refusal, and counted by why', async () => {
  const { provisioning, registry, logged } = await openIdentityWorld();
  const from = performance.now();
  await expect(provisioning.provision({ key, serial: 'A-1' })).rejects.toMatchObject({
    code: 'unauthenticated',
  });
  expect(performance.now() - from).toBeGreaterThanOrEqual(499);
  expect(await registry.getSingleMetricAsString('vaka_provisioning_total')).toContain(
    '{result="unknown"} 1',
  );
  expect(logged).toMatchObject([{ msg: 'provisioning asked for', why: 'unknown' }]);
});

test('a refusal is logged with no more of the claimed id than an id may have', async () => {
  const world = await openIdentityWorld();
  const longest = 'x'.repeat(10_000);
  expect(await world.tryOut(longest, withSecret(longest))).toBe(2);
  expect(world.logged).toMatchObject([
    { reason: 'bad-client-id', deviceId: 'x'.repeat(64), why: expect.any(String) },
  ]);
});
