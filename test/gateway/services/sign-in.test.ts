import { argon2Sync, randomBytes } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { createPasswords } from '../../../gateway/services/password.ts';
import { openWorld } from '../http/world.ts';

const passwords = createPasswords(randomBytes);

describe('a password', () => {
  test('is kept as an argon2id PHC string of its own, at the cost that OWASP asks', async () => {
    const stored = await passwords.hash('en häst');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(await passwords.hash('en häst')).not.toBe(stored);
    const [salt, tag] = stored.split('$').slice(4);
    const derived = argon2Sync('argon2id', {
      message: 'en häst',
      nonce: Buffer.from(salt ?? '', 'base64'),
      memory: 19_456,
      passes: 2,
      parallelism: 1,
      tagLength: 32,
    });
    expect(Buffer.from(tag ?? '', 'base64')).toEqual(derived);
  });

  test('matches itself, also as another keyboard writes it, and nothing else', async () => {
    const stored = await passwords.hash('å'.normalize('NFC'));
    expect(await passwords.matches('å'.normalize('NFD'), stored)).toBe(true);
    expect(await passwords.matches('a', stored)).toBe(false);
    expect(await passwords.matches('', stored)).toBe(false);
  });

  test('is judged by the cost it was stored with', async () => {
    const stored = cheapHash('x');
    expect(await passwords.matches('x', stored)).toBe(true);
    expect(await passwords.matches('y', stored)).toBe(false);
  });

  test('of somebody who has none takes as long, and never matches', async () => {
    const stored = await passwords.hash('x');
    const timed = async (against: string | null) => {
      const began = performance.now();
      expect(await passwords.matches('y', against)).toBe(false);
      return performance.now() - began;
    };
    const times = [[], []] as [number[], number[]];
    for (let round = 0; round < 5; round += 1) {
      times[0].push(await timed(stored));
      times[1].push(await timed(null));
    }
    expect(Math.min(...times[1])).toBeGreaterThan(Math.min(...times[0]) / 2);
  });

  test('is refused rather than waited for when very many sign in at once', async () => {
    const stored = cheapHash('x');
    const many = Array.from({ length: 80 }, () => passwords.matches('x', stored));
    const settled = await Promise.allSettled(many);
    const refused = settled.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(80 - 2 - 64);
    expect(refused[0]).toMatchObject({ reason: { code: 'too-many' } });
    expect(await passwords.matches('x', stored)).toBe(true);
  });
});

describe('a link', () => {
  test('lasts a quarter of an hour unless told', async () => {
    const { signIn, pass } = await openWorld();
    const short = await signIn.createLink('astrid');
    const long = await signIn.createLink('astrid', 24 * 3_600_000);
    pass(15 * 60_000);
    await expect(signIn.withLink(short.token)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(signIn.withLink(long.token)).resolves.toMatchObject({
      account: { me: { id: 'astrid' } },
    });
  });

  test('and a session are not in the database as they are', async () => {
    const world = await openWorld();
    const link = await world.signIn.createLink('astrid');
    const session = await world.signIn.withLink(link.token);
    const kept = world.tokenHashes(['sign_in_link', 'session']);
    for (const { token } of [link, session]) {
      expect(kept.some((bytes) => bytes.includes(token))).toBe(false);
      expect(kept.some((bytes) => bytes.equals(Buffer.from(token, 'base64url')))).toBe(false);
    }
    expect(kept).toHaveLength(2);
  });
});

function cheapHash(password: string): string {
  const nonce = Buffer.alloc(16, 7);
  const weak = { memory: 64, passes: 1, parallelism: 2, tagLength: 16 };
  const tag = argon2Sync('argon2id', { message: password, nonce, ...weak });
  const text = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
  return `$argon2id$v=19$m=64,t=1,p=2$${text(nonce)}$${text(tag)}`;
}
