import { describe, expect, test } from 'vitest';

import { openIdentityWorld, scopeOf, withSecret } from './identity-world.ts';
import { hour, minute } from './store/furnish.ts';

const device = 'button-n1';
const notAuthorized = 5;

describe('a new secret', () => {
  test('holds beside the one before it until it is first used, and then alone', async () => {
    const world = await openIdentityWorld();
    const { secret, othersUntil } = await world.identity.renewSecret(scopeOf(), device);
    expect(othersUntil).toBeNull();
    world.pass(hour);
    expect(await world.tryOut(device, withSecret(device))).toBe(0);
    expect(await world.tryOut(device, withSecret(device, secret))).toBe(0);
    expect(await world.tryOut(device, withSecret(device))).toBe(notAuthorized);
    expect(await world.tryOut(device, withSecret(device, secret))).toBe(0);
    const { items } = await world.identity.credentials(scopeOf(), device);
    expect(items).toMatchObject([
      { kind: 'secret', revokedAt: null, expiresAt: null },
      { id: `first-${device}`, revokedAt: world.clock(), revokedWhy: 'superseded' },
    ]);
    expect(JSON.stringify(world.logged)).not.toContain(secret);
  });

  test('that is never entered cuts nobody off, however long that takes', async () => {
    const world = await openIdentityWorld();
    const { secret } = await world.identity.renewSecret(scopeOf(), device);
    world.pass(31 * 24 * hour);
    expect(await world.tryOut(device, withSecret(device))).toBe(0);
    expect(await world.tryOut(device, withSecret(device, secret))).toBe(0);
    expect(await world.tryOut(device, withSecret(device))).toBe(notAuthorized);
  });

  test('takes the place of older ones only, however many there are', async () => {
    const world = await openIdentityWorld();
    // In the same millisecond, too.
    const second = await world.identity.renewSecret(scopeOf(), device);
    const third = await world.identity.renewSecret(scopeOf(), device);
    expect(await world.tryOut(device, withSecret(device, second.secret))).toBe(0);
    expect(await world.tryOut(device, withSecret(device))).toBe(notAuthorized);
    expect(await world.tryOut(device, withSecret(device, third.secret))).toBe(0);
    expect(await world.tryOut(device, withSecret(device, second.secret))).toBe(notAuthorized);
  });

  test('lets the one that was made before it, and never used, hold for a day', async () => {
    const world = await openIdentityWorld();
    const first = await world.identity.renewSecret(scopeOf(), device);
    world.pass(23 * hour);
    const second = await world.identity.renewSecret(scopeOf(), device);
    expect(second.othersUntil).toBe(world.clock() + 24 * hour);
    world.pass(24 * hour);
    expect(await world.tryOut(device, withSecret(device, first.secret))).toBe(notAuthorized);
    expect(await world.tryOut(device, withSecret(device))).toBe(0);
  });

  test('leaves certificates alone, and is the first where there was none', async () => {
    const world = await openIdentityWorld();
    await world.identity.makeAuthority(scopeOf('administrator'));
    const { certificate, key } = await world.identity.issueCertificate(scopeOf(), device, {});
    await world.identity.revoke(scopeOf(), device, `first-${device}`, 'Seen by others.');
    const { secret, othersUntil } = await world.identity.renewSecret(scopeOf(), device);
    expect(othersUntil).toBeNull();
    expect(await world.tryOut(device, withSecret(device, secret))).toBe(0);
    expect(await world.tryOut(device, { cert: certificate, key: key ?? '' })).toBe(0);
  });
});

describe('a secret that is revoked', () => {
  test('ends the connection that it has let in, and lets nobody in again', async () => {
    const world = await openIdentityWorld();
    const client = await world.connect(device, withSecret(device));
    const closed = new Promise((resolve) => {
      client.once('close', () => resolve(null));
    });
    await world.identity.revoke(scopeOf(), device, `first-${device}`, 'Lost.');
    await closed;
    expect(await world.tryOut(device, withSecret(device))).toBe(notAuthorized);
    expect(world.refusals()).toEqual(['bad-credentials']);
  });
});

test('a password without TLS is let in from this machine', async () => {
  const world = await openIdentityWorld();
  expect(await world.tryOut(device, { ...withSecret(device), plain: true })).toBe(0);
});

test('a secret of another device, or of nobody, is refused', async () => {
  const world = await openIdentityWorld();
  world.pass(minute);
  const stranger = withSecret(device, 'secret of button-n2');
  expect(await world.tryOut(device, stranger)).toBe(notAuthorized);
  expect(await world.tryOut('nobody', withSecret('nobody'))).toBe(notAuthorized);
});
