import { createPrivateKey, X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import {
  AuthorityView,
  CredentialList,
  CredentialView,
  NewCertificate,
  NewSecret,
  Reprovisioning,
} from '../../../gateway/protocol/device/identity.ts';
import { askOpenssl, makeRequest } from '../../support/certificate.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { openWorld, type World } from './world.ts';

const device = '/api/v1/devices/button-norr-1';
const hour = 3_600_000;
const day = 24 * hour;

async function asWhom(world: World, person: string) {
  const cookie = await world.cookieOf(person);
  return (method: string, path: string, body?: unknown) =>
    world.call(method, path, { cookie, body });
}

async function openAs(person: string) {
  const world = await openWorld();
  return { world, call: await asWhom(world, person) };
}

describe('what devices sign in with', () => {
  test.each([
    ['astrid', 'of a carer', 403],
    ['cilla', 'of a coordinator', 200],
    ['tore', 'of a technician', 200],
    ['adam', 'of an administrator', 200],
  ])('is renewed when %s asks (%s): %i', async (person, _, status) => {
    const { world, call } = await openAs(person);
    const renewed = await call('POST', `${device}/secret`);
    expect(renewed.status).toBe(status);
    expect((await call('GET', `${device}/credentials`)).status).toBe(status);
    expect((await call('PUT', `${device}/reprovisioning`)).status).toBe(status === 200 ? 409 : 403);
    if (status !== 200) return;
    const { secret, othersUntil } = NewSecret.parse(renewed.body);
    expect(othersUntil).toBeNull();
    const listed = await call('GET', `${device}/credentials`);
    expect(CredentialList.parse(listed.body).items).toHaveLength(2);
    expect(JSON.stringify([listed.body, world.logged])).not.toContain(secret);
  });

  test('of a device of another municipality does not exist', async () => {
    const { call } = await openAs('tore');
    const other = '/api/v1/devices/button-syd-1';
    const reason = 'Lost.';
    const asked: [string, string, object?][] = [
      ['GET', `${other}/credentials`],
      ['POST', `${other}/secret`],
      ['POST', `${other}/certificate`, {}],
      ['POST', `${other}/credentials/first-button-syd-1/revocation`, { reason }],
      ['PUT', `${other}/reprovisioning`],
      ['POST', `${device}/credentials/first-button-syd-1/revocation`, { reason }],
      ['POST', '/api/v1/devices/nobody/secret'],
    ];
    for (const [method, path, body] of asked) {
      expect({ path, status: (await call(method, path, body)).status }).toEqual({
        path,
        status: 404,
      });
    }
  });

  test.each([
    ['update device set decommissioned_at = 1', 'out of use'],
    ['update device set blocked_at = 1', 'blocked'],
    ["update device set hub_id = 'button-norr-2', address = 'x'", 'hub'],
  ])('is not renewed after "%s"', async (change, why) => {
    const { world, call } = await openAs('tore');
    world.sql(`${change} where id = 'button-norr-1'`);
    const refused = await call('POST', `${device}/secret`);
    expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringContaining(why) } });
  });

  test('is revoked for a reason, once, and the device is cut off', async () => {
    const { world, call } = await openAs('tore');
    const path = `${device}/credentials/first-button-norr-1/revocation`;
    expect((await call('POST', path, {})).status).toBe(400);
    const revoked = await call('POST', path, { reason: 'Lost on a bus.' });
    expect(CredentialView.parse(revoked.body)).toMatchObject({
      revokedAt: world.clock(),
      revokedWhy: 'Lost on a bus.',
    });
    expect(world.cutOff).toEqual(['button-norr-1']);
    world.pass(hour);
    const again = await call('POST', path, { reason: 'Found.' });
    expect(again.body).toEqual(revoked.body);
  });
});

describe('the authority', () => {
  test('is made by an administrator, once, and its key is never shown', async () => {
    const { world, call } = await openAs('adam');
    expect((await call('GET', '/api/v1/authority')).status).toBe(404);
    const tore = await asWhom(world, 'tore');
    expect((await tore('POST', '/api/v1/authority')).status).toBe(403);
    expect((await tore('POST', `${device}/certificate`, {})).status).toBe(409);
    const made = await call('POST', '/api/v1/authority');
    const authority = AuthorityView.parse(made.body);
    expect(made.body).toEqual(authority);
    expect(new X509Certificate(authority.certificate).fingerprint256).toBe(authority.fingerprint);
    expect(JSON.stringify([made.body, world.logged])).not.toContain('PRIVATE KEY');
    expect((await call('POST', '/api/v1/authority')).status).toBe(409);
    expect((await tore('GET', '/api/v1/authority')).body).toEqual(made.body);
    const astrid = await asWhom(world, 'astrid');
    expect((await astrid('GET', '/api/v1/authority')).status).toBe(403);
    expect((await astrid('GET', '/api/v1/authority/revocations')).status).toBe(403);
  });

  test('vouches as OpenSSL understands it, and says whom it vouches for no more', async () => {
    const { world, call } = await openAs('tore');
    await (
      await asWhom(world, 'adam')
    )('POST', '/api/v1/authority');
    const issued = await call('POST', `${device}/certificate`);
    const one = NewCertificate.parse(issued.body);
    const other = NewCertificate.parse((await call('POST', `${device}/certificate`)).body);
    expect(other.serial).not.toBe(one.serial);
    expect(one.serial).toMatch(/^[0-9A-F]{32}$/);
    expect(one.expiresAt).toBe(Math.floor((world.clock() + 365 * day) / 1_000) * 1_000);
    const certificate = new X509Certificate(one.certificate);
    expect(certificate).toMatchObject({ serialNumber: one.serial, subject: 'CN=button-norr-1' });

    const folder = await temporaryFolder();
    const file = async (name: string, text: string) => {
      await writeFile(join(folder, name), text);
      return join(folder, name);
    };
    const list = async () => (await call('GET', '/api/v1/authority/revocations')).body as string;
    const [ca, cert] = [
      await file('ca.pem', one.authority),
      await file('one.pem', one.certificate),
    ];
    const at = String(Math.floor(world.clock() / 1_000));
    const check = ['verify', '-CAfile', ca, '-purpose', 'sslclient', '-attime', at, '-crl_check'];
    const before = await file('before.pem', await list());
    expect(await askOpenssl([...check, '-CRLfile', before, cert])).toContain('one.pem: OK');

    const { items } = CredentialList.parse((await call('GET', `${device}/credentials`)).body);
    const { id = '' } = items.find(({ serial }) => serial === one.serial) ?? {};
    await call('POST', `${device}/credentials/${id}/revocation`, { reason: 'Lost.' });
    const after = await file('after.pem', await list());
    await expect(askOpenssl([...check, '-CRLfile', after, cert])).rejects.toThrow('revoked');
    const kept = await file('other.pem', other.certificate);
    expect(await askOpenssl([...check, '-CRLfile', after, kept])).toContain('other.pem: OK');
    expect((await call('GET', '/api/v1/authority')).body).toMatchObject({ revoked: 1 });
    expect(JSON.stringify(world.logged)).not.toMatch(/BEGIN/);
  });

  test('vouches for the key of a request, and believes nothing else that stands in it', async () => {
    const { world, call } = await openAs('tore');
    await (
      await asWhom(world, 'adam')
    )('POST', '/api/v1/authority');
    const { request, key } = await makeRequest('/CN=button-norr-2/O=Somebody');
    const { certificate, key: made } = NewCertificate.parse(
      (await call('POST', `${device}/certificate`, { request })).body,
    );
    expect(made).toBeNull();
    const issued = new X509Certificate(certificate);
    expect(issued.subject).toBe('CN=button-norr-1');
    expect(issued.checkPrivateKey(createPrivateKey(key))).toBe(true);
  });

  test.each([
    ['is none', async () => 'hello', 'PKCS #10'],
    [
      'is signed with another key',
      async () => {
        const { request } = await makeRequest('/CN=x');
        const der = Buffer.from(request.replaceAll(/-----.*-----|\s/g, ''), 'base64');
        // The last byte of the signature.
        der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
        return `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n-----END CERTIFICATE REQUEST-----`;
      },
      'not signed with its own key',
    ],
    [
      'has a key that is too weak',
      async () => (await makeRequest('/CN=x', ['-newkey', 'rsa:1024', '-nodes'])).request,
      'RSA 2048',
    ],
  ])('refuses a request that %s', async (_, make, why) => {
    const { world, call } = await openAs('tore');
    await (
      await asWhom(world, 'adam')
    )('POST', '/api/v1/authority');
    const refused = await call('POST', `${device}/certificate`, { request: await make() });
    expect(refused).toMatchObject({ status: 400, body: { detail: expect.stringContaining(why) } });
    expect((await call('GET', `${device}/credentials`)).body).toMatchObject({
      items: [{ kind: 'secret' }],
    });
  });
});

test('a device with a serial number may come again for an hour', async () => {
  const { world, call } = await openAs('tore');
  expect((await call('PUT', `${device}/reprovisioning`)).status).toBe(409);
  world.sql("update device set serial = 'A-1' where id = 'button-norr-1'");
  const { body } = await call('PUT', `${device}/reprovisioning`);
  expect(Reprovisioning.parse(body)).toEqual({
    deviceId: 'button-norr-1',
    until: world.clock() + hour,
  });
});
